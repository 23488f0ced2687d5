/** The process runs and answers; says nothing of what it stands on. */
export const dynamic = 'force-dynamic'

export const GET = (): Response => Response.json({ status: 'ok' }, { headers: { 'cache-control': 'no-store' } })
