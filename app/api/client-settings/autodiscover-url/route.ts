import { autodiscoverUrlOperation } from '#lib/features/client-setup/operations.ts'
import { answerClient, clientCaller } from '#lib/platform/client-settings/answer.ts'

/** Outlook of today asks here first, with the address in the query or at the end of the path (MS-OXDISCO). */
export async function GET(request: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url)
  const query = Object.fromEntries([...searchParams].map(([name, value]) => [name.toLowerCase(), value]))
  const input = { address: lastPartOf(pathname) ?? query.email, protocol: query.protocol }
  return answerClient(await autodiscoverUrlOperation.execute(clientCaller(request), input), 'application/json')
}

function lastPartOf(path: string): string | undefined {
  const [, part] = /\/v1\.0\/([^/]+)$/i.exec(path) ?? []
  try {
    return part && decodeURIComponent(part)
  } catch {
    return part
  }
}
