import { z } from 'zod'
import { operation } from '#lib/platform/operation.ts'
import { mayPost, mayReadHelp, mayWriteToHelpdesk } from './policy.ts'
import * as schema from './schema.ts'
import * as service from './service.ts'

export const searchHelpOperation = operation({
  name: 'help.search',
  summary: 'Articles that fit what somebody types, best first, in the language asked for; without words all of them',
  method: 'GET',
  path: '/help/articles',
  input: schema.SearchHelp,
  output: schema.FoundArticles,
  anonymous: true,
  policy: mayReadHelp,
  audit: () => ({}),
  run: service.searchHelp,
})

export const readArticleOperation = operation({
  name: 'help.read',
  summary: 'One article, in the language asked for',
  method: 'GET',
  path: '/help/articles/{slug}',
  input: schema.OneArticle,
  output: schema.HelpArticle,
  anonymous: true,
  policy: mayReadHelp,
  audit: () => ({}),
  run: service.readArticle,
})

export const showContactsOperation = operation({
  name: 'help.show-contacts',
  summary: 'Whom a person may ask, and when',
  method: 'GET',
  path: '/help/contacts',
  input: schema.ShowContacts,
  output: schema.SiteContacts,
  anonymous: true,
  policy: mayReadHelp,
  audit: () => ({}),
  run: service.showContacts,
})

export const setContactsOperation = operation({
  name: 'help.set-contacts',
  summary: 'Set whom a person may ask, and when; what is left out the site does not have',
  method: 'POST',
  path: '/help/contacts',
  input: schema.SetContacts,
  output: schema.SiteContacts,
  policy: mayPost,
  // Whoever exchanges the hotline has every caller.
  stepUp: true,
  audit: ({ hotlineZh = '', hotlineEn = '', hoursZh = '', hoursEn = '', mobile = '', mail = '' }) => ({
    ...{ hotline: hotlineZh, hotlineEn, hours: hoursZh, hoursEn, mobile, mail },
  }),
  run: service.setContacts,
})

export const listIncidentsOperation = operation({
  name: 'help.list-incidents',
  summary: 'What is out of order or announced just now, the most pressing first',
  method: 'GET',
  path: '/help/incidents',
  input: schema.ListIncidents,
  output: schema.RunningIncidents,
  anonymous: true,
  policy: mayReadHelp,
  audit: () => ({}),
  run: service.listIncidents,
})

export const listAnnouncementsOperation = operation({
  name: 'help.list-announcements',
  summary: 'What is announced, running, or over since a month, the latest first',
  method: 'GET',
  path: '/help/announcements',
  input: schema.ListAnnouncements,
  output: schema.AnnouncementList,
  policy: mayPost,
  audit: () => ({}),
  run: service.listAnnouncements,
})

export const putIncidentOperation = operation({
  name: 'help.put-incident',
  summary: 'Announce an incident from its start to its end, or until it is ended, or change one',
  method: 'POST',
  path: '/help/incidents',
  input: schema.PutIncident,
  output: z.object({ id: z.uuid() }),
  policy: mayPost,
  audit: ({ kind, titleZh, startsAt, endsAt }) => ({
    kind,
    name: titleZh,
    from: startsAt.toISOString(),
    until: endsAt?.toISOString() ?? null,
  }),
  run: service.putIncident,
})

export const endIncidentOperation = operation({
  name: 'help.end-incident',
  summary: 'End an incident now',
  method: 'DELETE',
  path: '/help/incidents/{id}',
  input: schema.EndIncident,
  output: z.object({}),
  policy: mayPost,
  audit: ({ id }) => ({ id }),
  run: service.endIncident,
})

export const prepareMessageOperation = operation({
  name: 'help.prepare',
  summary: 'What could go along with a message to the helpdesk',
  method: 'GET',
  path: '/mailboxes/{mailbox}/help',
  input: schema.PrepareMessage,
  output: schema.MessageFacts,
  policy: mayWriteToHelpdesk,
  audit: () => ({}),
  run: service.prepareMessage,
})

export const writeMessageOperation = operation({
  name: 'help.write',
  summary: 'Write to the helpdesk, with the number of what went wrong',
  method: 'POST',
  path: '/mailboxes/{mailbox}/help',
  input: schema.WriteMessage,
  output: z.object({ reference: z.string(), at: z.date() }),
  policy: mayWriteToHelpdesk,
  limits: ({ mailbox }) => [{ key: `help.write:${mailbox}`, limit: 5, per: '1 hour' }],
  audit: ({ topic, about = null }) => ({ topic, about }),
  run: service.writeMessage,
})
