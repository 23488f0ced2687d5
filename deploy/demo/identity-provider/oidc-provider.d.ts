/** What is used here of oidc-provider 9, which ships no types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, Server, ServerResponse } from 'node:http'

  export interface KoaContext {
    req: IncomingMessage
    res: ServerResponse
    method: string
    path: string
    status: number
    type: string
    body: string
    query: Record<string, string | string[] | undefined>
    get(header: string): string
    set(header: string, value: string): void
    redirect(url: string): void
    cookies: { set(name: string, value: null, options: object): void }
    oidc?: {
      route?: string
      params?: Record<string, string | undefined>
      session?: {
        accountId?: string
        destroy(): Promise<void>
        grantIdFor(clientId: string): string | undefined
      }
      entities: { Client?: { clientId: string }; IdTokenHint?: { payload: { sub: string } } }
      result?: { consent?: { grantId?: string } }
      client?: { clientId: string }
      provider: Provider
    }
  }

  export interface Interaction {
    uid: string
    params: Record<string, string | undefined>
    session?: { accountId: string }
  }

  export interface Grant {
    addOIDCScope(scope: string): void
    save(): Promise<string>
  }

  export class Provider {
    constructor(issuer: string, configuration: object)
    Grant: {
      new (of: { clientId: string; accountId: string }): Grant
      find(id: string): Promise<Grant | undefined>
    }
    cookieName(of: 'session'): string
    use(middleware: (ctx: KoaContext, next: () => Promise<void>) => Promise<void>): void
    listen(port: number, host: string, listening: () => void): Server
    on(event: 'server_error', listener: (ctx: KoaContext, error: Error) => void): void
    interactionDetails(req: IncomingMessage, res: ServerResponse): Promise<Interaction>
    interactionResult(req: IncomingMessage, res: ServerResponse, result: object): Promise<string>
  }

  export const errors: { SessionNotFound: new () => Error }
}
