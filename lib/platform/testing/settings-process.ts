import { connect } from '#db/client.ts'
import { env } from '../env.ts'
import { followSiteSettings } from '../site-settings.ts'

// A process of its own that follows what the site sets, as the portal and the worker do, and prints the name of the site whenever it is another.
await followSiteSettings(connect(env().DATABASE_URL, { max: 2 }))
let said = ''
setInterval(() => {
  const { SITE_NAME_EN: name } = env()
  if (name !== said) process.stdout.write(`${name}\n`)
  said = name
}, 20)
