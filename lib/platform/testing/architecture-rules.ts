import { basename } from 'node:path/posix'
import type { Source } from './sources.ts'

/** Given all sources, one sentence for each breach, which says where the code belongs instead. */
export type Rule = (sources: Source[]) => string[]

const isTest = (path: string) =>
  /\.test\.tsx?$|\/testing\/|(^|\/)contract\.ts$|naughty-strings\.ts$|^db\/(testing|factories)\.ts$/.test(path)
const isCode = ({ path }: Source) => !isTest(path) && /^(app|components|db|lib)\/|^[^/]+$/.test(path)
const isOurs = (target: string) => /^(app|components|db|lib|e2e|deploy)\//.test(target)
const featureOf = (path: string) => /^lib\/features\/([^/]+)\//.exec(path)?.[1]
const componentOf = (path: string) => /^components\/([^/]+)\//.exec(path)?.[1]

const COMPOSITION_ROOT = /^(lib\/[^/]+\.ts|[^/]+\.(ts|mjs))$/
/** Of platform, what a browser may get: the words, the rules for passwords, and types that are gone at run time. */
const BROWSER_SAFE = /^lib\/platform\/(i18n\/|password-rules\/rules\.ts$)/

/** Undefined when this import is right, otherwise where the code belongs. */
function misplaced(path: string, target: string, typeOnly: boolean): string | undefined {
  const [feature, component] = [featureOf(path), componentOf(path)]
  if (isTest(target)) return 'only tests import what is made for tests'
  if (COMPOSITION_ROOT.test(path)) return undefined
  if (path.startsWith('db/') && !target.startsWith('db/'))
    return 'db imports npm packages only; what needs it stands in lib/platform or a store.ts'
  if (path.startsWith('lib/mail-core/') && !target.startsWith('lib/mail-core/'))
    return 'the mail core can be lifted out: it imports npm packages only, the rest comes in through createMailCore(config)'
  if (path.startsWith('lib/platform/') && !/^(lib\/platform|lib\/mail-core|db)\//.test(target))
    return 'platform knows no capability; what it needs is handed in'
  if (feature) return misplacedInFeature(path, target, feature)
  if (component) return misplacedInComponent(target, component, typeOnly)
  if (path.startsWith('app/')) return misplacedInApp(target, typeOnly)
  return undefined
}

function misplacedInFeature(path: string, target: string, feature: string): string | undefined {
  const other = featureOf(target)
  if (other && other !== feature) return `what ${feature} and ${other} share moves down into lib/platform or the mail core`
  if (target.startsWith('db/') && basename(path) !== 'store.ts') return `SQL stands in lib/features/${feature}/store.ts alone`
  if (/^(app|components)\//.test(target)) return 'a feature knows no page and no component; the page hands over what is needed'
  return undefined
}

function misplacedInComponent(target: string, component: string, typeOnly: boolean): string | undefined {
  const own = new RegExp(`^(components/(${component}|ui)/|lib/features/${component}/(schema|actions|queries)\\.ts$)`)
  if (own.test(target) || BROWSER_SAFE.test(target) || (typeOnly && target.startsWith('lib/platform/'))) return undefined
  if (target.startsWith('components/')) return 'what two capabilities show alike moves into components/ui'
  if (featureOf(target))
    return `a component imports schema.ts, actions.ts and queries.ts of its own feature; the page loads and hands over the rest`
  return 'a component gets its data from the page; of platform it imports the words, the password rules and types'
}

function misplacedInApp(target: string, typeOnly: boolean): string | undefined {
  const allowed = /^(app|components|lib\/platform)\/|^lib\/features\/[^/]+\/(loaders|actions|operations)\.ts$/
  if (allowed.test(target) || (typeOnly && /\/schema\.ts$/.test(target))) return undefined
  return 'a page gates, loads and renders: reads go through loaders.ts, changes through actions.ts or operations.ts'
}

export const importsPointOneWay: Rule = (sources) =>
  sources.filter(isCode).flatMap(({ path, imports }) =>
    imports
      .filter(({ target }) => isOurs(target))
      .flatMap(({ target, typeOnly }) => {
        const belongs = misplaced(path, target, typeOnly)
        return belongs ? [`${path} imports ${target}: ${belongs}.`] : []
      }),
  )

/** Imports that are gone at run time, or happen later, make no circle. */
export const noCycles: Rule = (sources) => {
  const graph = new Map(
    sources.map(({ path, imports }) => [path, imports.filter(({ typeOnly, later }) => !typeOnly && !later).map(({ target }) => target)]),
  )
  const done = new Set<string>()
  const cycles: string[] = []
  const visit = (path: string, trail: string[]) => {
    if (trail.includes(path)) {
      const names = [...trail.slice(trail.indexOf(path)), path]
      cycles.push(`${names.join(' > ')} is a circle: what they share moves into a file of its own that imports neither.`)
      return
    }
    if (done.has(path)) return
    for (const target of graph.get(path) ?? []) visit(target, [...trail, path])
    done.add(path)
  }
  for (const path of graph.keys()) visit(path, [])
  return cycles
}

const FEATURE_FILES = ['schema', 'policy', 'service', 'store', 'operations', 'loaders', 'actions', 'queries', 'jobs']

export const knownFileNames: Rule = (sources) => {
  const right = new RegExp(`^(${FEATURE_FILES.join('|')})(\\.[a-z-]+)?(\\.test)?\\.ts$`)
  return sources.flatMap(({ path }) => {
    const feature = featureOf(path)
    const name = path.slice(`lib/features/${feature}/`.length)
    const known = right.test(name) && (name.endsWith('.test.ts') || !name.slice(0, -3).includes('.'))
    return feature && !known ? [`${path}: a feature's folder holds ${FEATURE_FILES.join(', ')} and their tests, nothing else.`] : []
  })
}

/** Kebab-case, but for what Next and tools demand. */
export const kebabCase: Rule = (sources) =>
  sources
    .filter(({ path }) => !path.split('/').every((part) => /^[a-z0-9]+([-.][a-z0-9]+)*$|^\((\w+)\)$|^\[(\.{3})?\w+\]$/.test(part)))
    .map(({ path }) => `${path}: names are in kebab-case.`)

/** Routes that are no face of an operation, and why. */
const NO_OPERATION: [pattern: RegExp, reason: string][] = [
  [/^app\/api\/(health|ready|metrics)\/route\.ts$/, 'say how the process is, nothing of anybody'],
  [/^app\/api\/hooks\//, 'are called by a provider, let in by its signature'],
  [/^app\/api\/auth\//, 'turn the word of the identity provider into a session, by the operation of sso'],
  [/^app\/api\/preferences\/route\.ts$/, 'keeps language and theme in cookies of this browser'],
  [/^app\/api\/v1\/openapi\.json\/route\.ts$/, 'describes the operations'],
]

const FACE =
  /\brestHandler\(|\bload[A-Z]\w*\(|\bOperation\.(execute|load|loadPublic|watch|action)\b|\b\w+Operation\.(execute|load|loadPublic|watch|action)\b/

export const everyRouteIsAnOperation: Rule = (sources) =>
  sources
    .filter(({ path }) => /^app\/.*route\.tsx?$/.test(path) && !NO_OPERATION.some(([pattern]) => pattern.test(path)))
    .filter(({ text }) => !FACE.test(text))
    .map(({ path }) => `${path}: a route answers by an operation: define it in operations.ts of its feature and call its face.`)

export const everyActionIsAnOperation: Rule = (sources) =>
  sources
    .filter((source) => isCode(source) && /^\s*['"]use server['"]/m.test(source.text))
    .flatMap(({ path, text, imports }) => {
      if (featureOf(path)) {
        const exported = [...text.matchAll(/^export (.*)$/gm)].map(([, rest]) => rest as string)
        const strange = exported.filter((rest) => !/^const \w+Action = \w+Operation\.action$/.test(rest))
        return strange.map(
          (rest) => `${path}: "${rest}" is no face of an operation; actions.ts holds \`export const xAction = xOperation.action\`.`,
        )
      }
      const byFeature = imports.some(({ target }) => /^lib\/features\/[^/]+\/actions\.ts$/.test(target))
      return byFeature ? [] : [`${path}: a server action calls the action of a feature, so that it passes through operation().`]
    })

/** Whoever imports a service has gone round the door. */
export const servicesBehindTheDoor: Rule = (sources) =>
  sources.filter(isCode).flatMap(({ path, imports }) =>
    imports.flatMap(({ target, typeOnly }) => {
      const [, file] = /^lib\/features\/[^/]+\/(service|store)\.ts$/.exec(target) ?? []
      const by = file === 'service' ? ['operations.ts'] : ['service.ts', 'jobs.ts']
      return !file || typeOnly || by.includes(basename(path))
        ? []
        : [`${path} imports ${target}: ${file}.ts is called by ${by.join(' and ')} alone.`]
    }),
  )

export const noFrameworkInServices: Rule = (sources) =>
  sources
    .filter(({ path }) => featureOf(path) && /^(schema|policy|service|store|operations|jobs)\.ts$/.test(basename(path)))
    .flatMap(({ path, imports }) =>
      imports
        .filter(({ target }) => /^(next|react|react-dom)(\/|$)/.test(target))
        .map(({ target }) => `${path} imports ${target}: the request and the page belong to faces, loaders.ts and app.`),
    )

/** Who may look at the process's environment; the rest asks env(). */
const READS_ENVIRONMENT = ['lib/platform/env.ts', 'lib/platform/log.ts', 'lib/check-config.ts', 'db/migrate.ts', 'next.config.mjs']

export const oneEnvironment: Rule = (sources) =>
  sources
    .filter(({ path }) => !/^(deploy|e2e)\/|\.test\.tsx?$|\/testing\//.test(path) && !READS_ENVIRONMENT.includes(path))
    // Next replaces these two when it builds.
    .filter(({ text }) => /process\.env(?!\.(NODE_ENV|NEXT_RUNTIME)\b)/.test(text))
    .map(({ path }) => `${path} reads process.env: a setting is declared in lib/platform/env.ts and read by env().`)

const MOST_LINES = 300

export const shortFiles: Rule = (sources) =>
  sources
    .filter(({ text }) => text.trimEnd().split('\n').length > MOST_LINES)
    .map(({ path }) => `${path} has over ${MOST_LINES} lines: it is two files.`)

/** A capability that has not all five addresses, and why. */
const EXCEPTIONS: Record<string, string> = {
  'demo-phone': 'a door of the demo: its page is /demo/phone, and every errand reads its code there',
}

export const oneNameFiveAddresses: Rule = (sources) => {
  const paths = sources.map(({ path }) => path)
  const features = new Set(paths.map(featureOf).filter((name) => name !== undefined))
  return [...features]
    .filter((name) => !(name in EXCEPTIONS))
    .flatMap((name) => {
      const wanted: [what: string, pattern: RegExp][] = [
        [`e2e/${name}.spec.ts`, new RegExp(`^e2e/${name}\\.spec\\.ts$`)],
        [`components/${name}/`, new RegExp(`^components/${name}/`)],
        [`app/(portal)/${name}/page.tsx`, new RegExp(`^app/\\([a-z]+\\)/(desk/)?${name}/page\\.tsx$`)],
      ]
      return wanted
        .filter(([, pattern]) => !paths.some((path) => pattern.test(path)))
        .map(([what]) => `${name} is a capability: ${what} is missing.`)
    })
}
