/** Of `host:port`, as env.ts has let it in; an IPv6 address stands in brackets. */
export function hostAndPort(text: string): { host: string; port: number } {
  const at = text.lastIndexOf(':')
  return { host: text.slice(0, at).replace(/^\[|\]$/g, ''), port: Number(text.slice(at + 1)) }
}
