import { z } from 'zod'
import { ARTICLE_GROUPS } from '#lib/platform/help-articles/contents.ts'
import { HELP_TOPICS, type HelpTopic } from '#lib/platform/help-topics.ts'
import { SearchWords } from '#lib/platform/mail-id.ts'
import { MailboxAddress } from '#lib/platform/mailbox-address.ts'

export const INCIDENT_KINDS = ['stop', 'hold', 'wait'] as const
/** Of a message. */
export const MOST_LETTERS = 2_000

/** The number by which something is found again: of an entry of the audit, of a request, or of a page that crashed. */
export const Reference = z.string().regex(/^[\w@-]{4,40}$/)
const Line = (most: number) =>
  z
    .string()
    .max(most)
    .transform((text) => text.normalize('NFC').trim())
    .pipe(z.string().regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+$/u))
/** What is pasted may hold line breaks of other kinds and signs that steer a terminal or turn the letters round: nobody could see what to mend. */
const visible = (text: string) =>
  text.replace(/\r\n?|[\v\f\x85\u2028\u2029]/g, '\n').replace(/[^\P{Cc}\n\t\0]|[\u202a-\u202e\u2066-\u2069]/gu, '')
const Text = z
  .string()
  .max(MOST_LETTERS)
  .transform((text) => visible(text).normalize('NFC').trim())
  .pipe(z.string().regex(/^[^\0\p{Cs}]+$/u))
const LocalText = z.object({ zh: z.string(), en: z.string() })

export const SearchHelp = z.object({ text: SearchWords.optional() })
export const OneArticle = z.object({ slug: z.string().regex(/^[a-z][a-z-]{1,40}$/) })
export const ShowContacts = z.object({})
export const ListIncidents = z.object({})
export const ListAnnouncements = z.object({})
export const PrepareMessage = z.object({ mailbox: MailboxAddress })
export const WriteMessage = z.object({
  mailbox: MailboxAddress,
  topic: z.enum(HELP_TOPICS),
  text: Text,
  /** The number of what went wrong. */
  about: Reference.optional(),
  /** What else may go along: the page that it was on, whose address holds no secret, and the numbers of what was refused or failed shortly before. */
  page: z
    .string()
    .regex(/^\/(?!\/|link\/|client-setup\/profile\/)[\w\-./]{0,200}$/)
    .optional(),
  recent: z.array(Reference).min(1).max(5).optional(),
  /** Name and system of the browser that asks. */
  browser: z.boolean().default(false),
})
/** What is left out the site does not have. */
export const SetContacts = z.object({
  hotlineZh: Line(80).optional(),
  hotlineEn: Line(80).optional(),
  hoursZh: Line(80).optional(),
  hoursEn: Line(80).optional(),
  mobile: Line(40).optional(),
  mail: MailboxAddress.optional(),
})
const Instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text))
export const PutIncident = z
  .object({
    /** Of one that is to be changed. */
    id: z.uuid().optional(),
    kind: z.enum(INCIDENT_KINDS),
    titleZh: Line(100),
    titleEn: Line(100),
    bodyZh: Line(500).optional(),
    bodyEn: Line(500).optional(),
    startsAt: Instant,
    /** Left out while nobody knows: then it stands until it is ended. */
    endsAt: Instant.optional(),
  })
  .refine(({ startsAt, endsAt }) => !endsAt || startsAt < endsAt, { path: ['endsAt'] })
export const EndIncident = z.object({ id: z.uuid() })

const Part = z.object({
  text: z.string(),
  strong: z.literal(true).optional(),
  code: z.literal(true).optional(),
  href: z.string().optional(),
})
const Block = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('paragraph'), parts: z.array(Part) }),
  z.object({ kind: z.literal('heading'), id: z.string(), text: z.string() }),
  z.object({ kind: z.literal('list'), start: z.number().int().nullable(), items: z.array(z.array(Part)) }),
])
export const FoundArticles = z.object({
  articles: z.array(z.object({ slug: z.string(), group: z.enum(ARTICLE_GROUPS), title: z.string(), summary: z.string() })),
})
export const HelpArticle = z.object({
  slug: z.string(),
  title: z.string(),
  /** The pages of the portal that it explains. */
  pages: z.array(z.string()),
  blocks: z.array(Block),
})
export const SiteContacts = z.object({ hotline: LocalText, hours: LocalText, mobile: z.string(), mail: z.string() })
const Incident = z.object({
  id: z.uuid(),
  kind: z.enum(INCIDENT_KINDS),
  title: LocalText,
  body: LocalText,
  startsAt: z.date(),
  /** Null: nobody knows yet. */
  endsAt: z.date().nullable(),
})
export const RunningIncidents = z.object({
  /** Changes whenever something about them does. */
  version: z.string(),
  incidents: z.array(Incident),
})
export const AnnouncementList = z.object({
  /** `state` by the clock of the database. */
  announcements: z.array(Incident.extend({ state: z.enum(['planned', 'running', 'over']) })),
})
/** What could go along with a message. */
export const MessageFacts = z.object({
  address: z.string(),
  /** Empty where it cannot be told. */
  browser: z.string(),
  recent: z.array(z.object({ reference: z.string(), at: z.date(), operation: z.string() })),
  /** False: the site has named no address that messages could go to. */
  open: z.boolean(),
})

export type IncidentKind = (typeof INCIDENT_KINDS)[number]
export type Announced = z.infer<typeof AnnouncementList>['announcements'][number]
export type SiteContacts = z.infer<typeof SiteContacts>
export type Topic = HelpTopic
export type MessageFacts = z.infer<typeof MessageFacts>
export type FoundArticle = z.infer<typeof FoundArticles>['articles'][number]
export type HelpArticle = z.infer<typeof HelpArticle>
