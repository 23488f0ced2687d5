import { connection } from 'next/server'
import { env } from '#lib/platform/env.ts'
import { openApi } from '#lib/platform/faces/openapi.ts'
import { OPERATIONS } from '../operations.ts'

export async function GET(): Promise<Response> {
  await connection()
  return Response.json(openApi(OPERATIONS, env().PUBLIC_URL))
}
