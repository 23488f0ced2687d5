import { drillOperation, exportFiguresOperation, showFiguresOperation, watchFiguresOperation } from './operations.ts'

/** `query` as it stands in the address of the page. */
export const loadFigures = (query: Record<string, string>) => showFiguresOperation.load(query)
export const loadDrill = (query: Record<string, string>) => drillOperation.load(query)
export const loadFigureExport = (query: Record<string, string>) => exportFiguresOperation.load(query)
export const loadWatched = () => watchFiguresOperation.watch()
