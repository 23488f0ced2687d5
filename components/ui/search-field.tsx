import Search from 'lucide-react/icons/search'
import { type ComponentProps, useId } from 'react'

interface Props extends Omit<ComponentProps<'input'>, 'type' | 'style' | 'className' | 'placeholder'> {
  label: string
}

/** A line to search by. Its label is a real one that stands inside while the line is empty. */
export function SearchField({ label, id, ...rest }: Props) {
  const own = useId()
  return (
    <div className="ui-search">
      <Search />
      <input {...rest} id={id ?? own} type="search" placeholder=" " className="ui-input" />
      <label htmlFor={id ?? own}>{label}</label>
    </div>
  )
}
