/** A long one breaks at its @. */
export function Address({ children: address }: { children: string }) {
  const at = address.lastIndexOf('@')
  return (
    <span className="break-words">
      {address.slice(0, at)}
      <wbr />
      {address.slice(at)}
    </span>
  )
}
