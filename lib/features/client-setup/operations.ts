import { operation } from '#lib/platform/operation.ts'
import { mayAskForSettings, mayCheckDns, mayFollowLink, maySetUpClients } from './policy.ts'
import {
  AskAutoconfig,
  AskAutodiscover,
  AskAutodiscoverUrl,
  AskPacc,
  CheckAppPassword,
  CheckedAppPassword,
  ClientSetup,
  DnsRecords,
  Document,
  OfferedProfile,
  OfferProfile,
  Profile,
  ShowClientSetup,
  ShowDns,
  TakeOwnProfile,
  TakeProfile,
} from './schema.ts'
import {
  autoconfig,
  autodiscover,
  autodiscoverUrl,
  checkAppPassword,
  offerProfile,
  pacc,
  showClientSetup,
  showDns,
  takeOwnProfile,
  takeProfile,
} from './service.ts'

export const showClientSetupOperation = operation({
  name: 'client-setup.show',
  summary: 'The servers that a mail client of this mailbox signs in to',
  method: 'GET',
  path: '/mailboxes/{mailbox}/client-setup',
  input: ShowClientSetup,
  output: ClientSetup,
  policy: maySetUpClients,
  audit: () => ({}),
  run: showClientSetup,
})

export const checkAppPasswordOperation = operation({
  name: 'client-setup.check',
  summary: 'Sign in at each mail server with an app password, and say what is wrong with it',
  method: 'POST',
  path: '/mailboxes/{mailbox}/client-setup/check',
  input: CheckAppPassword,
  output: CheckedAppPassword,
  policy: maySetUpClients,
  limits: ({ mailbox }) => [
    { key: `client-setup-check:${mailbox}`, limit: 5, per: '1 minute' },
    { key: `client-setup-check-hour:${mailbox}`, limit: 20, per: '1 hour' },
  ],
  audit: () => ({}),
  run: checkAppPassword,
})

export const takeOwnProfileOperation = operation({
  name: 'client-setup.profile',
  summary: 'An Apple configuration profile of this mailbox, without a password inside',
  method: 'GET',
  path: '/mailboxes/{mailbox}/client-setup/profile',
  input: TakeOwnProfile,
  output: Profile,
  policy: maySetUpClients,
  audit: () => ({}),
  run: takeOwnProfile,
})

export const offerProfileOperation = operation({
  name: 'client-setup.offer-profile',
  summary: 'A link that once, and for ten minutes, gives an Apple profile with a fresh app password inside',
  method: 'POST',
  path: '/mailboxes/{mailbox}/client-setup/profile',
  input: OfferProfile,
  output: OfferedProfile,
  policy: maySetUpClients,
  stepUp: true,
  audit: ({ name, days }) => ({ name, days }),
  run: offerProfile,
})

/** It makes an app password, so it is a change, also where a phone asks for it with GET. */
export const takeProfileOperation = operation({
  name: 'client-setup.take-profile',
  summary: 'The profile that a link offers, once',
  method: 'POST',
  input: TakeProfile,
  output: Profile,
  anonymous: true,
  policy: mayFollowLink,
  audit: () => ({}),
  run: takeProfile,
})

export const autoconfigOperation = operation({
  name: 'client-setup.autoconfig',
  summary: 'The servers, as Thunderbird asks for them',
  method: 'GET',
  input: AskAutoconfig,
  output: Document,
  anonymous: true,
  policy: mayAskForSettings,
  audit: () => ({}),
  run: autoconfig,
})

export const autodiscoverOperation = operation({
  name: 'client-setup.autodiscover',
  summary: 'The servers, as Outlook asks for them',
  method: 'GET',
  input: AskAutodiscover,
  output: Document,
  anonymous: true,
  policy: mayAskForSettings,
  audit: () => ({}),
  run: autodiscover,
})

export const autodiscoverUrlOperation = operation({
  name: 'client-setup.autodiscover-url',
  summary: 'Where Outlook may ask for the servers',
  method: 'GET',
  input: AskAutodiscoverUrl,
  output: Document,
  anonymous: true,
  policy: mayAskForSettings,
  audit: () => ({}),
  run: autodiscoverUrl,
})

export const paccOperation = operation({
  name: 'client-setup.pacc',
  summary: 'The servers, as clients ask for them that know the draft of the IETF',
  method: 'GET',
  input: AskPacc,
  output: Document,
  anonymous: true,
  policy: mayAskForSettings,
  audit: () => ({}),
  run: pacc,
})

export const showDnsOperation = operation({
  name: 'client-setup.dns',
  summary: 'The DNS records by which mail clients find the servers, and what of them is published',
  method: 'GET',
  path: '/client-setup/dns',
  input: ShowDns,
  output: DnsRecords,
  policy: mayCheckDns,
  audit: ({ domain }) => ({ domain: domain ?? null }),
  run: showDns,
})
