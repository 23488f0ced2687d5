export interface SmbConf {
  home: string
  address: string
  domain: string
  /** Paths. */
  certificate: string
  key: string
}

/** A domain controller of which nothing but LDAP is open. */
export const smbConf = ({ home, address, domain, certificate, key }: SmbConf): string => `[global]
netbios name = DC1
workgroup = ${domain.split('.')[1]?.toUpperCase()}
realm = ${domain.toUpperCase()}
server role = active directory domain controller
server services = ldap
interfaces = ${address}/8
bind interfaces only = yes
private dir = ${home}/private
state directory = ${home}/state
cache directory = ${home}/cache
lock directory = ${home}
binddns dir = ${home}/bind-dns
pid directory = ${home}/run
ncalrpc dir = ${home}/ncalrpc
winbindd socket directory = ${home}/run/winbindd
ntp signd socket directory = ${home}/run/ntp_signd
usershare path =
log level = 1
tls enabled = yes
tls keyfile = ${key}
tls certfile = ${certificate}
tls cafile =
ldap server require strong auth = yes
# The previous password is dead at once, as the portal promises; an hour without this.
old password allowed period = 0
# For demo and tests: a power cut may cost the domain, which is then made again.
ldb:nosync = true
`
