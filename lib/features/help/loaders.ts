import {
  listAnnouncementsOperation,
  prepareMessageOperation,
  readArticleOperation,
  searchHelpOperation,
  showContactsOperation,
} from './operations.ts'

export const loadArticles = (text?: string) => searchHelpOperation.loadPublic({ text })
export const loadArticle = (slug: string) => readArticleOperation.loadPublic({ slug })
export const loadContacts = () => showContactsOperation.load()
export const loadAnnouncements = () => listAnnouncementsOperation.load()
/** Null when nobody is signed in. */
export const loadMessageFacts = async () => {
  const result = await prepareMessageOperation.loadPublic({})
  return result.ok || result.code !== 'unauthenticated' ? result : null
}
