import { showOverviewOperation } from './operations.ts'

export const loadOverview = () => showOverviewOperation.load()
