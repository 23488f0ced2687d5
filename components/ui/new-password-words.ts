import { getTranslations } from '#lib/platform/i18n/server.ts'
import type { NewPasswordWords } from './new-password.tsx'

/** Stand for what changes while a person types. */
const NOW = '{now}'
const MISSING = '{missing}'

export async function newPasswordWords({ least, most }: { least: number; most: number }): Promise<NewPasswordWords> {
  const t = await getTranslations('new-password')
  const either = (line: 'kinds' | 'personal' | 'plain') => ({ met: t(line), open: t(line) })
  return {
    label: t('label'),
    again: t('again'),
    eye: { show: t('show'), hide: t('hide') },
    missing: t('missing'),
    differ: t('differ'),
    list: t('list'),
    said: { met: t('met'), open: t('open') },
    lines: {
      length: { met: t('length', { least, now: NOW }), open: t('short', { least, missing: MISSING }) },
      kinds: either('kinds'),
      personal: either('personal'),
      plain: either('plain'),
    },
    atLeast: t('least', { least }),
    tooLong: t('long', { most }),
    atSave: t('atSave'),
    kept: t('kept', { met: '{met}', all: '{all}' }),
    strength: { label: t('strength'), levels: [t('levels.weak'), t('levels.fair'), t('levels.strong'), t('levels.veryStrong')] },
  }
}
