/** A value with its middle taken out on the server; the whole one is never in the page. */
export function Masked({ value, note }: { value: string; note: string }) {
  return (
    <span className="whitespace-nowrap tabular-nums">
      {value}
      <span className="sr-only"> {note}</span>
    </span>
  )
}
