import { problems } from './platform/env.ts'

const found = problems(process.env)
for (const sentence of found) console.log(`- ${sentence}`)
console.log(found.length === 0 ? 'The settings are complete.' : `${found.length} to put right.`)
process.exitCode = found.length === 0 ? 0 : 1
