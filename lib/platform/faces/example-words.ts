const TOKEN = 'Zk3v9QmT2yXw7LrB5nHc8PfJ1sDg6VaE4uKo0iRtYzM'
const QUEUE_ID = '4dG70k0sf8z4k3'
const DAY = '1985-06-09'
const NUMBER = '+8613800138000'

/** What a text or a number of this name looks like, where its schema does not say so. */
export const EXAMPLE_WORDS: Record<string, string | number> = {
  ...{ account: 'acct_AmsxRk9q', actor: 'lin.yue@yunling.example', address: 'lin.yue@yunling.example', agent: 'chen.jing@yunling.example' },
  ...{ about: 'ph_7f3qk2mxw4', add: 'colleagues', anniversary: DAY, birthday: DAY, browser: 'Firefox', by: 'chen.jing@yunling.example' },
  ...{
    bodyEn: 'Mail still arrives.',
    bodyZh: '来信不受影响。',
    city: 'Kunming',
    code: '123456',
    codes: 'k4tq7hzam2xw',
    component: 'directory',
  },
  ...{ country: 'CN', currency: 'CNY', current: 'the password until now', decidedBy: 'chen.jing@yunling.example', department: 'Library' },
  ...{ dimension: 'CN', digits: '481 902', domain: 'yunling.example', domains: 'yunling.example', en: '6120 on campus', ending: '4821' },
  ...{
    familyName: 'Lin',
    fileName: 'contacts.vcf',
    firstBy: 'chen.jing@yunling.example',
    folder: 'INBOX',
    from: 'zhang@elsewhere.example',
  },
  ...{ givenName: 'Yue', group: 'friends', groups: 'friends', handle: 'lin.yue', head: 'E-mail Address', host: 'imap.yunling.example' },
  ...{ hotlineEn: '6120 on campus', hotlineZh: '校内6120', hoursEn: 'Weekdays 8:00–18:00', hoursZh: '工作日8:00–18:00', href: '/phone' },
  ...{ id: QUEUE_ID, ids: QUEUE_ID, imap: 'imap.yunling.example:993', ip: '10.21.4.18', login: 'lin.yue', mail: 'service@yunling.example' },
  ...{ mailbox: 'lin.yue@yunling.example', masked: '138****8000', mediaType: 'text/vcard', missed: QUEUE_ID, mobile: '138 7100 6120' },
  ...{
    most: 20,
    name: 'Lin Yue',
    network: '校内|campus',
    next: 'a sentence that nobody else has',
    note: 'reached at the office',
    number: NUMBER,
  },
  ...{
    officePhoneEnding: '6120',
    oldCode: '654321',
    operation: 'sso.end',
    organisation: 'Yunling University',
    owner: 'sun.qiang@yunling.example',
  },
  ...{
    page: '/received',
    pages: '/received',
    phone: '138****8000',
    port: 993,
    postcode: '650000',
    query: 'lin.yue',
    reason: 'I know the sender',
  },
  ...{
    recent: 'ph_7f3qk2mxw4',
    reference: 'ph_7f3qk2mxw4',
    region: 'Yunnan',
    requestedBy: 'chen.jing@yunling.example',
    resendInSeconds: 60,
  },
  ...{ search: 'invoice', secret: 'k4tq7hzam2xw5bnc3rdy6sfe', sender: 'zhang@elsewhere.example', senders: 'zhang@elsewhere.example' },
  ...{
    slug: 'sign-in',
    smtp: 'smtp.yunling.example:465',
    status: 200,
    street: '2 Cuihu North Road',
    subject: 'Minutes of Monday',
    system: 'macOS',
  },
  ...{
    summary: 'Sign in with the account of the university.',
    takenBy: 'chen.jing@yunling.example',
    technology: 'OpenLDAP',
    ticket: 'ITS-2026-48213',
  },
  ...{
    text: 'I cannot find a message',
    title: 'Sign in',
    titleEn: 'Sending is down',
    titleZh: '发信停了',
    to: 'zhang@elsewhere.example',
    token: TOKEN,
  },
  ...{
    unit: 'Library',
    url: 'https://www.yunling.example/',
    user: 'lin.yue',
    version: 'a1b2c3',
    what: 'sso.end',
    who: 'l***e@yunling.example',
  },
  ...{ words: 'The sender was asked, and it is theirs.', zh: '校内6120' },
}

/** Of an operation whose fields have to fit each other. */
export const EXAMPLE_INPUTS: Record<string, Record<string, unknown>> = {
  'app-passwords.create': { name: 'Outlook', days: 90, protocols: ['imap', 'smtp'] },
  'contacts.merge': { ids: ['9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d', '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed'] },
  'help.put-incident': { startsAt: '2026-11-23T00:00:00.000Z', endsAt: '2026-11-23T04:00:00.000Z' },
  'helpdesk.verify': { method: 'phone_code', code: '123456' },
  'restore.start': { ids: ['2f1c9a3be07d4c55.10542'] },
  'tokens.create': { name: 'Service desk', scopes: ['requests.read', 'requests.work'], days: 180 },
}
