/** The mailbox that a recipient address leads to: lower case, without the `+detail` of Postfix's recipient_delimiter (RFC 5233). */
export function mailboxOf(recipient: string): string {
  const address = recipient.toLowerCase()
  const at = address.lastIndexOf('@')
  const plus = address.indexOf('+')
  return plus > 0 && plus < at ? address.slice(0, plus) + address.slice(at) : address
}
