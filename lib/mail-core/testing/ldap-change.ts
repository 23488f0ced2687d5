import { BerReader, ProtocolOperation } from 'ldapts'

/** Whether an LDAP message (RFC 4511 4.1.1) is a modification, or a password modification (RFC 3062). */
export function isLdapChange(message: Buffer): boolean {
  const reader = new BerReader(message)
  reader.readSequence()
  reader.readInt()
  const operation = reader.peek()
  return operation === ProtocolOperation.LDAP_REQ_MODIFY || operation === ProtocolOperation.LDAP_REQ_EXTENSION
}
