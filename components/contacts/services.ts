/** What a service is called, by its name in a contact. */
const NAMES: Record<string, string> = {
  qq: 'QQ',
  wechat: '微信 WeChat',
  skype: 'Skype',
  msn: 'MSN',
  icq: 'ICQ',
  xmpp: 'XMPP',
  matrix: 'Matrix',
}

export const SERVICES = Object.keys(NAMES)

export const serviceName = (service: string): string => NAMES[service.toLowerCase()] ?? service
