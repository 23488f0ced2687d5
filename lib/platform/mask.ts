/** As much of a person as tells two of them apart, and no more, until the caller is verified. */

/** `林*`, `E***`. */
export const maskName = (name: string): string => {
  const [first = '', ...rest] = [...name]
  return first + '*'.repeat(Math.min(3, Math.max(1, rest.length)))
}

/** `l***e@yunling.example`. */
export const maskAddress = (address: string): string => {
  const at = address.lastIndexOf('@')
  const local = address.slice(0, at)
  return `${local.slice(0, 1)}***${local.length > 2 ? local.slice(-1) : ''}${address.slice(at)}`
}

/** `2014****87`; of a short one only the end. */
export const maskNumber = (number: string): string => `${number.length > 7 ? number.slice(0, 4) : ''}****${number.slice(-2)}`

/** The last digits of a telephone number: `31`. */
export const endingOf = (phone: string): string => phone.replace(/\D/g, '').slice(-2)
