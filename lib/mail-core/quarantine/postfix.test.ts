import { describeQuarantine } from './contract.ts'
import { postfixHarness } from './testing/harness.ts'

describeQuarantine('postfix', postfixHarness)
