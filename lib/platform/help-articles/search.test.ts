import { describe, expect, test } from 'vitest'
import { naughtyStrings } from '../testing/hostile.ts'
import { articles } from './articles.ts'
import { searchArticles, terms } from './search.ts'

/** What people type, and the article that has to be among the first three. */
const ASKED: [typed: string, article: string][] = [
  ['收不到邮件', 'did-it-arrive'],
  ['没收到信', 'did-it-arrive'],
  ['对方说发了邮件我没看到', 'did-it-arrive'],
  ['邮件去哪了', 'did-it-arrive'],
  ['密码忘了', 'forgotten-password'],
  ['忘记密码怎么办', 'forgotten-password'],
  ['怎么找回密码', 'forgotten-password'],
  ['账号被锁了', 'forgotten-password'],
  ['恢复码', 'change-password'],
  ['怎么改密码', 'change-password'],
  ['登录不了', 'sign-in'],
  ['登不上去', 'sign-in'],
  ['网吧忘了退出', 'sessions'],
  ['结束会话', 'sessions'],
  ['手机丢了', 'lost-phone'],
  ['换手机号', 'change-phone'],
  ['手机号绑定', 'bind-phone'],
  ['收不到验证码', 'bind-phone'],
  ['授权码在哪里', 'app-passwords'],
  ['客户端授权密码怎么生成', 'app-passwords'],
  ['撤销授权密码', 'revoke-app-password'],
  ['授权密码过期了', 'expired-app-password'],
  ['outlook一直弹密码', 'expired-app-password'],
  ['检查授权密码', 'check-app-password'],
  ['能收信但是发不出去', 'check-app-password'],
  ['邮件被拦截', 'release-held-mail'],
  ['误拦截的邮件怎么放行', 'release-held-mail'],
  ['隔离区', 'release-held-mail'],
  ['垃圾邮件太多', 'allow-and-block'],
  ['拉黑一个人', 'allow-and-block'],
  ['白名单', 'allow-and-block'],
  ['不想收到扣留通知', 'digest'],
  ['误删的邮件', 'restore-deleted'],
  ['邮件不见了', 'restore-deleted'],
  ['清空了回收站怎么恢复', 'restore-deleted'],
  ['邮件发错了想撤回', 'recall-sent'],
  ['对方有没有看我的邮件', 'recall-sent'],
  ['通讯录导入', 'import-contacts'],
  ['通讯录乱码', 'import-contacts'],
  ['备份联系人', 'export-contacts'],
  ['联系人重复', 'merge-contacts'],
  ['foxmail怎么设置', 'set-up-foxmail'],
  ['iphone收邮件', 'set-up-iphone'],
  ['华为手机邮箱', 'set-up-android'],
  ['imap服务器地址和端口', 'set-up-client'],
  ['操作记录', 'activity'],
  ['谁动过我的账号', 'activity'],
  ['账号被盗', 'suspicious-sign-in'],
  ['异地登录', 'suspicious-sign-in'],
  ['钓鱼邮件', 'suspicious-mail'],
  ['点了可疑链接', 'suspicious-mail'],
  ['有人打电话要验证码', 'real-helpdesk'],
  ['客服电话', 'ask-helpdesk'],
  ['邮箱满了', 'overview'],
  ["can't log in", 'sign-in'],
  ['I can’t sign in', 'sign-in'],
  ['login problem', 'sign-in'],
  ['forgot password', 'forgotten-password'],
  ['my account is locked', 'forgotten-password'],
  ['how do I change my password', 'change-password'],
  ['spam', 'allow-and-block'],
  ['mail was wrongly marked as spam', 'release-held-mail'],
  ['not receiving emails', 'did-it-arrive'],
  ['did my mail arrive', 'did-it-arrive'],
  ['quarantine', 'release-held-mail'],
  ['unsubscribe from digest', 'digest'],
  ['block someone', 'allow-and-block'],
  ['recover deleted emails', 'restore-deleted'],
  ['unsend', 'recall-sent'],
  ['sent to the wrong person', 'recall-sent'],
  ['has my email been read', 'recall-sent'],
  ['lost my phone', 'lost-phone'],
  ['new phone number', 'change-phone'],
  ['app pasword', 'app-passwords'],
  ['thunderbrid', 'set-up-thunderbird'],
  ['outlook keeps asking for password', 'set-up-outlook'],
  ['imap settings', 'set-up-client'],
  ['set up email on my iPhone', 'set-up-iphone'],
  ['import contacts from csv', 'import-contacts'],
  ['duplicate contacts', 'merge-contacts'],
  ['log out everywhere', 'sessions'],
  ['hacked', 'suspicious-sign-in'],
  ['phishing', 'suspicious-mail'],
  ['is this call really the helpdesk', 'real-helpdesk'],
  ['phone number of support', 'ask-helpdesk'],
  ['mailbox full', 'overview'],
  ['who accessed my account', 'activity'],
  ['登陆不了', 'sign-in'],
  ['outlook 登陆不上', 'set-up-outlook'],
  ['帐户被锁住了', 'forgotten-password'],
  ['手机换号', 'change-phone'],
  ['短信收不到', 'bind-phone'],
  ['发出的邮件被退回', 'recall-sent'],
  ['系统故障', 'overview'],
  ['怎么换成英文', 'overview'],
  ['mimawangle', 'forgotten-password'],
  ['wangjimima', 'forgotten-password'],
  ['wjmm', 'forgotten-password'],
  ['shoubudao', 'did-it-arrive'],
  ['yanzhengma', 'bind-phone'],
  ['tongxunlu', 'contacts'],
  ['chehui', 'recall-sent'],
  ['cannot log in on my phone', 'set-up-iphone'],
  ['foxmial', 'set-up-foxmail'],
  ['not recieving emails', 'did-it-arrive'],
  ['quarentine', 'release-held-mail'],
  ['logout', 'sign-in'],
  ['2fa', 'bind-phone'],
  ['text message not arriving', 'bind-phone'],
  ['my email bounced', 'recall-sent'],
  ['autodiscover', 'set-up-client'],
  ['dark mode', 'overview'],
  ['怎么加联系人分组', 'contacts'],
  ['苹果电脑配置邮箱', 'set-up-apple-mail'],
]

describe('What people type finds its article among the first three', () => {
  test.each(ASKED)('%s: %s', (typed, article) => {
    expect(searchArticles(typed).slice(0, 3)).toContain(article)
  })

  test('every article is asked for', () => {
    const asked = new Set(ASKED.map(([, article]) => article))
    expect([...articles().keys()].filter((slug) => !asked.has(slug))).toEqual([])
  })

  test('its own title finds an article first or second, in both languages', () => {
    for (const { slug, text } of articles().values())
      for (const { title } of Object.values(text)) expect(searchArticles(title).slice(0, 2), title).toContain(slug)
  })

  test('the words of one language find it also where the page speaks the other', () => {
    expect(searchArticles('phishing')[0]).toBe(searchArticles('钓鱼邮件')[0])
  })
})

test('Han is parted in pairs, Latin in words, and words of asking are left out', () => {
  expect(terms('怎么导入CSV通讯录？')).toEqual(['导入', 'csv', '通讯', '讯录'])
  expect(terms('How do I sign in to ＩＭＡＰ')).toEqual(['sign', 'imap'])
  expect(terms('can’t')).toEqual(['cant'])
})

test('what is found nowhere finds nothing', () => {
  expect(searchArticles('zzqxv')).toEqual([])
  expect(searchArticles('的')).toEqual([])
})

test('T28 no string breaks the search', () => {
  for (const text of naughtyStrings()) expect(Array.isArray(searchArticles(text)), JSON.stringify(text)).toBe(true)
})
