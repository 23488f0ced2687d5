const KEY = 'posthouse.phone-number'

/** Keeps what was typed, in this tab only, while the person is away at the identity provider; read once. */
export const numberDraft = {
  keep: (number: string) => sessionStorage.setItem(KEY, number),
  take: () => {
    const number = sessionStorage.getItem(KEY)
    sessionStorage.removeItem(KEY)
    return number
  },
}
