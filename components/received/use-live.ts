'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useChanges } from '#components/ui/use-changes.ts'

/** Hears from the server that something of the mailbox's mail has changed, and has what is shown read anew. */
export function useLive(on: boolean): void {
  const client = useQueryClient()
  useChanges('/received/live', on, () => {
    void client.invalidateQueries({ queryKey: ['received', 'list'] })
    void client.invalidateQueries({ queryKey: ['received', 'one'] })
  })
}
