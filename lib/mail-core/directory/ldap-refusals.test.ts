import { expect, test } from 'vitest'
import { adPasswordRefusal } from './active-directory-passwords.ts'
import { adRefusal } from './ldap-bind.ts'

// As Samba 4.17 answers.
const answer = (data: string) => `80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data ${data}, v1db1 Code: 0x31`
const restriction = (text: string) => `0000052D: Constraint violation - check_password_restrictions: ${text}! Code: 0x13`

test.each([
  ['52e', 'wrong_password'],
  ['525', 'wrong_password'],
  ['533', 'disabled'],
  ['701', 'disabled'],
  ['775', 'locked'],
  ['532', 'expired'],
  ['773', 'must_change'],
])('Active Directory’s refusal %s means %s', (data, reason) => {
  expect(adRefusal(answer(data))).toBe(reason)
})

test('A refusal without a reason is a wrong password', () => {
  expect(adRefusal('Invalid credentials')).toBe('wrong_password')
})

test.each([
  [restriction('password is too young to change'), 'too_young'],
  [restriction('the password is too short. It should be equal or longer than 7 characters'), 'too_short'],
  [restriction('the password does not meet the complexity criteria'), 'too_simple'],
  [restriction('the password was already used (in history)'), 'reused'],
  [restriction('the password was already used (previous password)'), 'reused'],
  // As Windows answers: which rule it was, it does not say.
  ['0000052D: SvcErr: DSID-031A12D2, problem 5003 (WILL_NOT_PERFORM), data 0', 'rejected'],
  ['00000056: Constraint violation - check_password_restrictions: The old password specified doesn’t match! Code: 0x13', 'wrong_password'],
  ['00000775: AtrErr: the account is locked', 'locked'],
  ['00000533: AtrErr: the account is disabled', 'disabled'],
])('Active Directory’s “%s” means %s', (message, reason) => {
  expect(adPasswordRefusal(message)).toBe(reason)
})

test('What is about something else than a password is no reason for a person', () => {
  expect(adPasswordRefusal('0000202F: setup_io: it’s not allowed to set the NT hash password directly’ Code: 0x13')).toBeNull()
  expect(adPasswordRefusal('error in module acl: insufficient access rights during LDB_MODIFY (50) Code: 0x32')).toBeNull()
})
