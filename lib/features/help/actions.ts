'use server'
import { endIncidentOperation, putIncidentOperation, setContactsOperation, writeMessageOperation } from './operations.ts'

export const setContactsAction = setContactsOperation.action
export const putIncidentAction = putIncidentOperation.action
export const endIncidentAction = endIncidentOperation.action
export const writeMessageAction = writeMessageOperation.action
