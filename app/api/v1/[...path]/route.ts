import { getTranslations } from 'next-intl/server'
import { restHandler, type Sentence } from '#lib/platform/faces/rest.ts'
import { negotiateLocale } from '#lib/platform/i18n/locale.ts'
import { OPERATIONS } from '../operations.ts'

const sentence: Sentence = async (acceptLanguage, code, values) => {
  const locale = negotiateLocale(undefined, acceptLanguage)
  const t = await getTranslations({ locale, namespace: 'errors' })
  return { locale, sentence: t(code, values as never) }
}

const handle = restHandler(OPERATIONS, sentence)

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT }
