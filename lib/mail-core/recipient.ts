/** The mailbox that a recipient address leads to: lower case, without the `+detail` of Postfix's recipient_delimiter (RFC 5233). */
export function mailboxOf(recipient: string): string {
  const address = recipient.toLowerCase()
  const at = address.lastIndexOf('@')
  const plus = address.indexOf('+')
  return plus > 0 && plus < at ? address.slice(0, plus) + address.slice(at) : address
}

// RFC 5321 4.1.2, Dot-string of ASCII: nothing that a server could read as more than one address.
const ADDRESS = /^[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[a-z0-9.-]{1,253}$/i

/** Whether mail servers of every kind take this for an address, and for one. */
export const isAddress = (text: string): boolean => ADDRESS.test(text)
