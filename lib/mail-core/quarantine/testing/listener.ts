import postgres from 'postgres'
import { embeddedDelivery } from '../../delivery/embedded.ts'
import { postfixQuarantine } from '../postfix.ts'

// A worker with nothing but the listener, for tests that kill it. Prints its port once it listens.
const [databaseUrl = '', port = '0'] = process.argv.slice(2)
const sql = postgres(databaseUrl, { max: 4, onnotice: () => {} })
const listen = { host: '127.0.0.1', port: Number(port) }
const intake = await postfixQuarantine({ sql, listen, delivery: embeddedDelivery(sql), heldDays: 30 }).listen()
console.log(intake.port)
