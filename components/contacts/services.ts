/** What a service is called, by its name in a contact. A map, since a contact may well say `__proto__`, which every object has. */
const NAMES = new Map([
  ['qq', 'QQ'],
  ['wechat', '微信 WeChat'],
  ['skype', 'Skype'],
  ['msn', 'MSN'],
  ['icq', 'ICQ'],
  ['xmpp', 'XMPP'],
  ['matrix', 'Matrix'],
])

export const SERVICES = [...NAMES.keys()]

export const serviceName = (service: string): string => NAMES.get(service.toLowerCase()) ?? service
