import { z } from 'zod'
import { sha256 } from '#lib/platform/crypto.ts'
import { operation } from '#lib/platform/operation.ts'
import { mayChooseDigest, mayFollowLink } from './policy.ts'
import { CheckedLink, DigestState, FollowedLink, FollowLink, SetDigest, ShowDigest } from './schema.ts'
import { checkLink, followLink, setDigest, showDigest, unsubscribe } from './service.ts'

const perLink = ({ token }: z.output<typeof FollowLink>) => [
  { key: `digest.link:${Buffer.from(sha256(token)).toString('hex')}`, limit: 60, per: '1 minute' },
]

export const showDigestOperation = operation({
  name: 'digest.show',
  summary: 'When the mailbox is told by mail of what the filter holds back',
  method: 'GET',
  path: '/mailboxes/{mailbox}/digest',
  input: ShowDigest,
  output: DigestState,
  policy: mayChooseDigest,
  audit: () => ({}),
  run: showDigest,
})

export const setDigestOperation = operation({
  name: 'digest.set',
  summary: 'Choose when to be told of held mail: never, at once, daily or weekly at an hour of the site’s clock',
  method: 'POST',
  path: '/mailboxes/{mailbox}/digest',
  input: SetDigest,
  output: DigestState,
  policy: mayChooseDigest,
  audit: ({ frequency, hour, weekday }) => ({ frequency, hour, weekday }),
  run: setDigest,
})

export const checkLinkOperation = operation({
  name: 'digest.check-link',
  summary: 'What a link from a digest would do; changes nothing',
  method: 'GET',
  input: FollowLink,
  output: CheckedLink,
  anonymous: true,
  policy: mayFollowLink,
  audit: () => ({}),
  run: checkLink,
})

export const followLinkOperation = operation({
  name: 'digest.follow-link',
  summary: 'Release or delete the held mail that a link from a digest is for',
  method: 'POST',
  path: '/links/digest',
  input: FollowLink,
  output: FollowedLink,
  anonymous: true,
  policy: mayFollowLink,
  limits: perLink,
  audit: () => ({}),
  run: followLink,
})

export const unsubscribeOperation = operation({
  name: 'digest.unsubscribe',
  summary: 'Stop digests with the link from one of them',
  method: 'POST',
  path: '/links/digest/unsubscribe',
  input: FollowLink,
  output: z.object({}),
  anonymous: true,
  policy: mayFollowLink,
  limits: perLink,
  audit: () => ({}),
  run: unsubscribe,
})
