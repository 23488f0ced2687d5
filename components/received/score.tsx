import { useTranslations } from 'next-intl'
import type { Points } from './signs.ts'

const signed = (tenths: number) => `${tenths < 0 ? '−' : '+'}${(Math.abs(tenths) / 10).toFixed(1)}`

/** Why the filter gave this many points. */
export function Score({ points, total }: { points: Points[]; total: number }) {
  const t = useTranslations('received.trip')
  const reason = useTranslations('filter-reasons')
  return (
    <table className="ui-score">
      <caption className="sr-only">{t('scoreLabel')}</caption>
      <tbody>
        {points.map(({ sign, tenths }) => (
          <tr key={sign}>
            <th scope="row">{reason(sign)}</th>
            <td>{signed(tenths)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('total')}</th>
          <td>{total.toFixed(1).replace('-', '−')}</td>
        </tr>
      </tfoot>
    </table>
  )
}
