/** When the chain was last verified; null: never, or the verdict is not the portal's. Throws when the portal does not answer. */
export async function verifiedAt(): Promise<number | null> {
  const response = await fetch('/api/v1/audit-chain')
  if (!response.ok) throw new Error(String(response.status))
  const { verdict }: { verdict: { at: string } | null } = await response.json()
  return verdict && Date.parse(verdict.at)
}
