'use client'
import { useTranslations } from 'next-intl'

const KNOWN = ['inbox', 'junk', 'trash', 'drafts', 'sent', 'archive'] as const

/** The folders that every mailbox has are named in the person's language (RFC 6154); others by their own name. */
export function Folder({ name }: { name: string }) {
  const t = useTranslations('restore.folder')
  const known = KNOWN.find((each) => each === name.toLowerCase())
  return known ? t(known) : <bdi>{name}</bdi>
}
