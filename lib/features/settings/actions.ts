'use server'
import { decideRoleOperation, proposeRoleOperation, revokeRoleOperation, setSettingsOperation } from './operations.ts'

export const setSettingsAction = setSettingsOperation.action
export const proposeRoleAction = proposeRoleOperation.action
export const decideRoleAction = decideRoleOperation.action
export const revokeRoleAction = revokeRoleOperation.action
