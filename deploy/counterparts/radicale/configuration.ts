export interface RadicaleConf {
  home: string
  port: number
  /** Null: whoever asks is who the header X-Remote-User says, as behind a proxy that signs people in. */
  users: string | null
}

export const radicaleConf = ({ home, port, users }: RadicaleConf): string => `[server]
hosts = 127.0.0.1:${port}
max_connections = 50
[auth]
${users === null ? 'type = http_x_remote_user' : `type = htpasswd\nhtpasswd_filename = ${users}\nhtpasswd_encryption = plain`}
delay = 0
[rights]
type = from_file
file = ${home}/rights
[storage]
filesystem_folder = ${home}/collections
[web]
type = none
[logging]
level = warning
`

/** Each has the own books; the portal’s account has all. */
export const rights = (service: string): string => `[root]
user: .+
collection:
permissions: R
[portal]
user: ${service}
collection: .*
permissions: RrWw
[principal]
user: .+
collection: {user}
permissions: RW
[own]
user: .+
collection: {user}/[^/]+
permissions: rw
`
