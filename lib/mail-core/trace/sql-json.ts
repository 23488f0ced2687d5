/**
 * As one parameter of a set-based statement. Text of strangers stands in it, of which Postgres takes neither NUL nor half of a
 * surrogate pair, and a list shows no control character.
 */
export const asJson = (rows: unknown): string =>
  JSON.stringify(rows).replace(/\\(["\\])|\\(?:u[0-9a-f]{4}|.)|\u007f/g, (text, kept?: string) => (kept ? text : ' '))
