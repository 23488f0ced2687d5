import { describeFilter } from './contract.ts'
import { embeddedFilter } from './embedded.ts'

describeFilter('embedded', async () => ({ filter: embeddedFilter() }))
