import type { Figures } from './schema.ts'

/** As JSON has it: instants are ISO 8601 text. */
type Wire<T> = T extends Date ? string : T extends object ? { [K in keyof T]: Wire<T[K]> } : T

const date = (text: string | null) => (text === null ? null : new Date(text))

/** What the stream of live figures carries. */
export function readFigures(text: string): Figures {
  const { from, to, before, comparedTo, asOf, chart, ...rest } = JSON.parse(text) as Wire<Figures>
  return {
    ...rest,
    ...{ from: new Date(from), to: new Date(to), comparedTo: date(comparedTo), asOf: date(asOf) },
    before: { from: new Date(before.from), to: new Date(before.to) },
    chart: { ...chart, points: chart.points.map((point) => ({ ...point, at: new Date(point.at) })) },
  }
}
