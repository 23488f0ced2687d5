'use client'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { SearchField } from '#components/ui/search-field.tsx'

const TYPING_MS = 300

/** Looks while somebody types, a moment after the last letter. */
export function Search({ value, onChange }: { value: string; onChange: (search: string | undefined) => void }) {
  const t = useTranslations('sent')
  const [text, setText] = useState(value)
  const [known, setKnown] = useState(value)
  if (known !== value) {
    setKnown(value)
    setText(value)
  }
  const wanted = text.trim()
  const send = () => {
    setKnown(wanted)
    onChange(wanted || undefined)
  }
  useEffect(() => {
    if (wanted === known) return
    const timer = setTimeout(send, TYPING_MS)
    return () => clearTimeout(timer)
  }, [wanted])
  return (
    <SearchField
      label={t('search')}
      value={text}
      maxLength={100}
      autoComplete="off"
      onChange={({ target }) => setText(target.value)}
      onKeyDown={({ key }) => key === 'Enter' && wanted !== known && send()}
    />
  )
}
