import { queryOptions } from '@tanstack/react-query'
import type { Delivery } from './schema.ts'

/** As JSON has it: instants are ISO 8601 text. */
type Wire = Omit<Delivery, 'createdAt' | 'triedAt'> & { createdAt: string; triedAt: string | null }

const toDelivery = ({ createdAt, triedAt, ...rest }: Wire): Delivery => ({
  ...rest,
  createdAt: new Date(createdAt),
  triedAt: triedAt === null ? null : new Date(triedAt),
})

export const deliveriesQuery = (id: string) =>
  queryOptions({
    queryKey: ['webhook-deliveries', id],
    queryFn: async ({ signal }) => {
      const response = await fetch(`/api/v1/webhooks/${id}/deliveries`, { signal })
      if (!response.ok) throw new Error(`refused with ${response.status}`)
      const { deliveries } = (await response.json()) as { deliveries: Wire[] }
      return deliveries.map(toDelivery)
    },
    retry: 1,
  })
