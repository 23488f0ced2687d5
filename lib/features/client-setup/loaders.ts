import { showClientSetupOperation, showDnsOperation, takeOwnProfileOperation } from './operations.ts'

export const loadClientSetup = () => showClientSetupOperation.load()
export const loadOwnProfile = () => takeOwnProfileOperation.load()
export const loadDns = (domain?: string) => showDnsOperation.load({ domain })
