import { listRolesOperation, showSettingsOperation } from './operations.ts'

export const loadSettings = () => showSettingsOperation.load()
export const loadRoles = () => listRolesOperation.load()
