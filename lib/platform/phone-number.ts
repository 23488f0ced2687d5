import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { env } from './env.ts'
import { AppError } from './errors.ts'

export interface PhoneNumber {
  /** E.164. */
  number: string
  /** ISO 3166-1 alpha-2. */
  country: string
}

/** @throws AppError phone_invalid, phone_not_mobile, phone_country_not_allowed */
export function parsePhoneNumber(text: string): PhoneNumber {
  const parsed = parsePhoneNumberFromString(text.normalize('NFKC'), env().DEFAULT_COUNTRY as CountryCode)
  if (!parsed?.isValid() || !parsed.country || parsed.ext) throw new AppError('phone_invalid', { fields: ['number'] })
  const type = parsed.getType()
  if (type !== 'MOBILE' && type !== 'FIXED_LINE_OR_MOBILE') throw new AppError('phone_not_mobile', { fields: ['number'] })
  if (!env().SMS_COUNTRIES.includes(parsed.country)) throw new AppError('phone_country_not_allowed', { fields: ['number'] })
  return { number: parsed.number, country: parsed.country }
}

/** `138****8000`; abroad `+852 ****1234`. */
export function maskPhone(number: string): string {
  const parsed = parsePhoneNumberFromString(number)
  if (parsed?.country === 'CN') return `${parsed.nationalNumber.slice(0, 3)}****${parsed.nationalNumber.slice(-4)}`
  return `+${parsed?.countryCallingCode ?? ''} ****${number.slice(-4)}`
}
