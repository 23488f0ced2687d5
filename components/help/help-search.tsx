'use client'
import { useRouter, useSearchParams } from 'next/navigation'
import { SearchWhileTyping } from '#components/ui/search-while-typing.tsx'

/** Looks while somebody types; without JavaScript the form asks for the page of what was typed. */
export function HelpSearch({ text, label }: { text: string; label: string }) {
  const router = useRouter()
  const query = useSearchParams()
  const look = (search: string | undefined) => {
    const next = new URLSearchParams(query)
    if (search) next.set('q', search)
    else next.delete('q')
    router.replace(next.size > 0 ? `/help?${next}` : '/help', { scroll: false })
  }
  return (
    <search>
      <form action="/help" onSubmit={(event) => event.preventDefault()} className="max-w-120">
        <SearchWhileTyping name="q" label={label} value={text} onChange={look} />
      </form>
    </search>
  )
}
