const LONGEST = 200

/** What somebody types to find mail, as one line of a reasonable length. */
export const searchText = (text = ''): string =>
  text
    .slice(0, LONGEST)
    .replace(/[\u0000-\u001f\u007f]+/g, ' ')
    .trim()
