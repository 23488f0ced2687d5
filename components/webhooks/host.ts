/** An address in short: what follows may be long, and is nobody’s on the screen beside. */
export const hostOf = ({ url }: { url: string }): string => new URL(url).host
