'use client'
import { useTranslations } from 'next-intl'
import { NotRead } from '#components/ui/not-read.tsx'

export function ContactsNotRead({ signedOut, onAgain }: { signedOut: boolean; onAgain: () => void }) {
  const t = useTranslations('contacts.failing')
  return <NotRead title={t('title')} text={t('text')} signedOut={signedOut} onAgain={onAgain} />
}
