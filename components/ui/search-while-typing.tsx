'use client'
import { useEffect, useState } from 'react'
import { SearchField } from './search-field.tsx'

const TYPING_MS = 300

interface Props {
  id?: string
  /** For a form that is sent without JavaScript. */
  name?: string
  label: string
  value: string
  onChange: (search: string | undefined) => void
}

/** Looks while somebody types, a moment after the last letter; Enter looks at once. */
export function SearchWhileTyping({ id, name, label, value, onChange }: Props) {
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
      id={id}
      name={name}
      label={label}
      value={text}
      maxLength={100}
      autoComplete="off"
      onChange={({ target }) => setText(target.value)}
      onKeyDown={({ key }) => key === 'Enter' && wanted !== known && send()}
    />
  )
}
