import { autodiscoverUrlOperation } from '#lib/features/client-setup/operations.ts'
import { answerClient, clientCaller } from '#lib/platform/client-settings/answer.ts'

export async function GET(request: Request): Promise<Response> {
  console.log('URL', request.url)
  const { searchParams } = new URL(request.url)
  return Response.json(Object.fromEntries(searchParams))
}
