/** `li***@yunling.example`: enough to recognise somebody whom one knows already. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@')
  const name = [...(at < 0 ? address : address.slice(0, at))]
  return `${name.slice(0, name.length > 3 ? 2 : 1).join('')}***${at < 0 ? '' : address.slice(at)}`
}
