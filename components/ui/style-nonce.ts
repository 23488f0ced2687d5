import { setNonce } from 'get-nonce'

/** Radix locks the page behind a dialog with a style element; the content security policy asks that it carry the nonce of the page. */
export function allowInjectedStyle() {
  const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce
  if (nonce) setNonce(nonce)
}
