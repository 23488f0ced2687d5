import { z } from 'zod'
import { operation } from '#lib/platform/operation.ts'
import { mayDrill, mayExportFigures, mayShowFigures, mayWatchFigures } from './policy.ts'
import { Drill, DrillPage, ExportedFigures, ExportFigures, Figures, ShowFigures, Watched } from './schema.ts'
import { drill, exportFigures, showFigures, watchFigures } from './service.ts'

export const showFiguresOperation = operation({
  name: 'dashboard.show',
  summary: 'How much and how well in an hour, a day or a week, beside the one before',
  method: 'GET',
  path: '/figures',
  input: ShowFigures,
  output: Figures,
  policy: mayShowFigures,
  scope: 'figures',
  audit: () => ({}),
  run: showFigures,
})

export const drillOperation = operation({
  name: 'dashboard.drill',
  summary: 'What is behind a number: its parts, and the list, with people masked',
  method: 'GET',
  path: '/figures/{figure}',
  input: Drill,
  output: DrillPage,
  policy: mayDrill,
  scope: 'figures',
  audit: ({ figure }) => ({ figure }),
  run: drill,
})

export const exportFiguresOperation = operation({
  name: 'dashboard.export',
  summary: 'The figures of each hour, for a file',
  method: 'GET',
  path: '/hourly-figures',
  input: ExportFigures,
  output: ExportedFigures,
  policy: mayExportFigures,
  scope: 'figures',
  audit: () => ({}),
  run: exportFigures,
})

export const watchFiguresOperation = operation({
  name: 'dashboard.watch',
  summary: 'Be told of new figures as they are counted',
  method: 'GET',
  input: z.object({}),
  output: Watched,
  policy: mayWatchFigures,
  audit: () => ({}),
  run: watchFigures,
})
