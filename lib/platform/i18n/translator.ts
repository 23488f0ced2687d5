import { readFileSync } from 'node:fs'
import { createTranslator } from 'use-intl/core'
import type { Locale } from './locale.ts'
import type { Messages, Namespace } from './namespaces.ts'

const cache = new Map<string, Messages[Namespace]>()

function read(locale: Locale, namespace: Namespace): Messages[Namespace] {
  const file = `${import.meta.dirname}/messages/${locale}/${namespace}.json`
  const messages = cache.get(file) ?? JSON.parse(readFileSync(file, 'utf8'))
  cache.set(file, messages)
  return messages
}

/**
 * The words of one capability outside a page: mails and SMS, written by the worker.
 * Not for code that Next bundles: there the messages are compiled, and `server.ts` has them.
 */
export function translator<N extends Namespace>(locale: Locale, namespace: N) {
  return createTranslator<Messages, N>({
    locale,
    namespace,
    messages: { [namespace]: read(locale, namespace) } as unknown as Messages,
    onError: (error) => {
      throw error
    },
  })
}
