import type postgres from 'postgres'

type Payload = Record<string, unknown> & { grantId?: string; uid?: string }

/** What oidc-provider asks of its storage: https://github.com/panva/node-oidc-provider/blob/v9.x/example/my_adapter.js */
export interface Store {
  upsert(id: string, payload: Payload, expiresIn?: number): Promise<void>
  find(id: string): Promise<Payload | undefined>
  findByUid(uid: string): Promise<Payload | undefined>
  findByUserCode(): Promise<undefined>
  consume(id: string): Promise<void>
  destroy(id: string): Promise<void>
  revokeByGrantId(grantId: string): Promise<void>
}

/** Sessions, grants and codes in Postgres, so that a restart signs nobody out. */
export async function createStore(sql: postgres.Sql): Promise<(model: string) => Store> {
  await sql`create schema if not exists demo`
  await sql`create table if not exists demo.oidc_state (
    model text, id text, payload jsonb not null, expires_at timestamptz, primary key (model, id))`
  await sql`create index if not exists oidc_state_grant on demo.oidc_state ((payload ->> 'grantId'))`
  await sql`delete from demo.oidc_state where expires_at < now()`

  return (model) => ({
    async upsert(id, payload, expiresIn) {
      const json = sql.json(payload as postgres.JSONValue)
      const expiry = expiresIn === undefined ? null : `${expiresIn} seconds`
      await sql`insert into demo.oidc_state values (${model}, ${id}, ${json}, now() + ${expiry}::interval)
        on conflict (model, id) do update set payload = excluded.payload, expires_at = excluded.expires_at`
    },
    async find(id) {
      const [row] = await sql`select payload from demo.oidc_state
        where model = ${model} and id = ${id} and expires_at > now() is not false`
      return row?.payload
    },
    async findByUid(uid) {
      const [row] = await sql`select payload from demo.oidc_state
        where model = ${model} and payload ->> 'uid' = ${uid} and expires_at > now() is not false`
      return row?.payload
    },
    async findByUserCode() {
      return undefined
    },
    async consume(id) {
      await sql`update demo.oidc_state
        set payload = payload || jsonb_build_object('consumed', extract(epoch from now())::int)
        where model = ${model} and id = ${id}`
    },
    async destroy(id) {
      await sql`delete from demo.oidc_state where model = ${model} and id = ${id}`
    },
    async revokeByGrantId(grantId) {
      await sql`delete from demo.oidc_state where model = ${model} and payload ->> 'grantId' = ${grantId}`
    },
  })
}
