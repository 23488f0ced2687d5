import { type RedisConfig, redisCalls } from '../redis.ts'
import type { SenderRules, SenderVerdict } from './port.ts'

const LETTERS = { allow: 'a', block: 'd' } as const satisfies Record<SenderVerdict, string>
const keyOf = (mailbox: string) => `posthouse:senders:${mailbox.toLowerCase()}`
const domainOf = (sender: string) => sender.slice(sender.lastIndexOf('@'))

/** One Redis hash a mailbox, which a rule in Rspamd reads for every mail: field a sender, value `a` or `d`. */
export function rspamdSenderRules(config: RedisConfig): SenderRules {
  const call = redisCalls(config)
  return {
    replace: (mailbox, rules) =>
      call(async (redis) => {
        const key = keyOf(mailbox)
        const change = redis.multi().del(key)
        if (rules.size > 0) change.hSet(key, new Map([...rules].map(([sender, verdict]) => [sender, LETTERS[verdict]])))
        await change.exec()
      }),
    verdictOf: (mailbox, sender) =>
      call(async (redis) => {
        const [ofAddress, ofDomain] = await redis.hmGet(keyOf(mailbox), [sender, domainOf(sender)])
        const letter = ofAddress ?? ofDomain
        return letter === LETTERS.allow ? 'allow' : letter === LETTERS.block ? 'block' : null
      }),
    check: () => call(async (redis) => void (await redis.ping())),
  }
}
