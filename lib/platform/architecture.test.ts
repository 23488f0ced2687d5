import { describe, expect, test } from 'vitest'
import * as rules from './testing/architecture-rules.ts'
import { importsOf, readSources, type Source } from './testing/sources.ts'

const sources = readSources()

const source = (path: string, text: string): Source => ({ path, text, imports: importsOf(path, text) })

interface Case {
  rule: rules.Rule
  /** Sources that break it, each once, and what is said of it. */
  breaches: [path: string, text: string, said: RegExp][]
}

const CASES: Record<string, Case> = {
  'Imports point one way': {
    rule: rules.importsPointOneWay,
    breaches: [
      ['db/x.ts', `import { env } from '#lib/platform/env.ts'`, /db imports npm packages only/],
      ['lib/mail-core/x.ts', `import type { Env } from '../platform/env.ts'`, /can be lifted out/],
      ['lib/platform/x.ts', `import { listPhones } from '#lib/features/phone/service.ts'`, /knows no capability/],
      ['lib/platform/x.ts', `const { x } = await import('#components/ui/button.tsx')`, /knows no capability/],
      ['lib/features/phone/service.ts', `import { y } from '../sso/schema.ts'`, /phone and sso share moves down/],
      ['lib/features/phone/service.ts', `import {\n  phones,\n} from '#db/schema/phone.ts'`, /store\.ts alone/],
      ['lib/features/phone/loaders.ts', `import { X } from '#components/phone/x.tsx'`, /knows no page and no component/],
      ['components/phone/x.tsx', `import { Y } from '../sso/y.tsx'`, /moves into components\/ui/],
      ['components/phone/x.tsx', `import { y } from '#lib/features/phone/service.ts'`, /schema\.ts, actions\.ts and queries\.ts/],
      ['components/phone/x.tsx', `import { y } from '#lib/features/sso/schema.ts'`, /of its own feature/],
      ['components/phone/x.tsx', `import { env } from '#lib/platform/env.ts'`, /gets its data from the page/],
      ['components/ui/x.tsx', `import { db } from '#db/client.ts'`, /gets its data from the page/],
      ['app/(portal)/phone/page.tsx', `import { showPhone } from '#lib/features/phone/service.ts'`, /gates, loads and renders/],
      ['app/(portal)/phone/page.tsx', `import { connect } from '#db/client.ts'`, /gates, loads and renders/],
      ['app/(portal)/phone/page.tsx', `import { x } from '#lib/platform/testing/house.ts'`, /only tests/],
      ['lib/worker.ts', `import { insertAccount } from '#db/factories.ts'`, /only tests/],
    ],
  },
  'Imports make no circle': {
    rule: rules.noCycles,
    breaches: [['lib/a.ts', `import { b } from './a.ts'`, /lib\/a\.ts > lib\/a\.ts is a circle/]],
  },
  'A feature’s folder holds known names': {
    rule: rules.knownFileNames,
    breaches: [
      ['lib/features/phone/utils.ts', '', /nothing else/],
      ['lib/features/phone/service.extra.ts', '', /nothing else/],
      ['lib/features/phone/sub/service.ts', '', /nothing else/],
      ['lib/features/phone/helpers.test.ts', '', /nothing else/],
    ],
  },
  'Names are in kebab-case': {
    rule: rules.kebabCase,
    breaches: [
      ['components/ui/DataTable.tsx', '', /kebab-case/],
      ['lib/platform/rate_limit.ts', '', /kebab-case/],
    ],
  },
  'T46 every route is a face of an operation': {
    rule: rules.everyRouteIsAnOperation,
    breaches: [['app/api/extra/route.ts', 'export const GET = () => Response.json({})', /answers by an operation/]],
  },
  'T46 every server action is a face of an operation': {
    rule: rules.everyActionIsAnOperation,
    breaches: [
      ['lib/features/phone/actions.ts', `'use server'\nexport async function bind() {}`, /no face of an operation/],
      ['app/(portal)/phone/act.ts', `'use server'\nexport async function act() {}`, /calls the action of a feature/],
      ['app/(portal)/phone/page.tsx', `async function act() {\n  'use server'\n}`, /calls the action of a feature/],
    ],
  },
  'T46 nothing goes round the door to a service': {
    rule: rules.servicesBehindTheDoor,
    breaches: [
      ['lib/features/phone/loaders.ts', `import { showPhone } from './service.ts'`, /operations\.ts alone/],
      ['lib/features/phone/operations.ts', `import * as store from './store.ts'`, /service\.ts and jobs\.ts alone/],
      ['lib/worker.ts', `import { x } from './features/phone/store.ts'`, /service\.ts and jobs\.ts alone/],
    ],
  },
  'A service knows no framework': {
    rule: rules.noFrameworkInServices,
    breaches: [
      ['lib/features/phone/service.ts', `import { cookies } from 'next/headers'`, /belong to faces/],
      ['lib/features/phone/policy.ts', `import { cache } from 'react'`, /belong to faces/],
    ],
  },
  'Settings are read in one place': {
    rule: rules.oneEnvironment,
    breaches: [
      ['lib/platform/x.ts', 'const url = process.env.PUBLIC_URL', /declared in lib\/platform\/env\.ts/],
      ['app/page.tsx', 'const { PORT } = process.env', /declared in lib\/platform\/env\.ts/],
    ],
  },
  'No file is longer than 300 lines': {
    rule: rules.shortFiles,
    breaches: [['lib/platform/x.ts', 'x\n'.repeat(301), /two files/]],
  },
  'One name, five addresses': {
    rule: rules.oneNameFiveAddresses,
    breaches: [
      ['lib/features/contacts/schema.ts', '', /e2e\/contacts\.spec\.ts is missing/],
      ['lib/features/contacts/schema.ts', '', /components\/contacts\/ is missing/],
      ['lib/features/contacts/schema.ts', '', /app\/\(portal\)\/contacts\/page\.tsx is missing/],
    ],
  },
}

test('The sources are found', () => {
  const paths = sources.map(({ path }) => path)
  expect(paths).toEqual(
    expect.arrayContaining(['proxy.ts', 'lib/platform/operation.ts', 'app/layout.tsx', 'components/ui/button.tsx', 'db/client.ts']),
  )
  const operation = sources.find(({ path }) => path === 'lib/platform/operation.ts')
  expect(operation?.imports).toEqual(
    expect.arrayContaining([
      { target: 'db/schema/platform.ts', typeOnly: false, later: false },
      { target: 'drizzle-orm', typeOnly: false, later: false },
      { target: 'lib/platform/faces/action.ts', typeOnly: false, later: true },
    ]),
  )
})

test('Every rule is used', () => {
  expect(new Set(Object.values(CASES).map(({ rule }) => rule))).toEqual(new Set(Object.values(rules)))
})

describe.each(Object.entries(CASES))('%s', (_, { rule, breaches }) => {
  test('in every source', () => {
    expect(rule(sources)).toEqual([])
  })

  test.each(breaches)('and %s is told when it does not: %j', (path, text, said) => {
    expect(rule([source(path, text)])).toEqual(expect.arrayContaining([expect.stringMatching(said)]))
  })
})
