import type { Authentication } from '#lib/mail-core/directory/port.ts'

export type Language = 'zh' | 'en'
export type Refusal = Extract<Authentication, { ok: false }>['reason'] | 'too_many' | 'unreachable' | 'empty'

export interface Words {
  tag: string
  other: string
  provider: string
  organisation: string
  demoTitle: string
  demo: string
  signIn: string
  intro: string
  again: string
  againIntro: string
  account: string
  accountHelp: string
  password: string
  back: string
  expired: string
  expiredIntro: string
  refusedRequest: string
  refusedRequestIntro: string
  signOut: string
  signOutIntro: string
  signedOut: string
  signedOutIntro: string
  refusals: Record<Refusal, string>
}

const zh: Words = {
  tag: 'zh-Hans',
  other: 'English',
  provider: '统一身份认证',
  organisation: '云岭大学',
  demoTitle: '这是演示用的身份认证',
  demo: '它只在这台电脑上运行。账号和密码在启动演示的终端里，也在demo.json里。',
  signIn: '登录',
  intro: '登录后回到邮件自助。',
  again: '再输入一次密码',
  againIntro: '接下来的操作要确认是你本人。',
  account: '账号',
  accountHelp: '邮箱地址或登录名',
  password: '密码',
  back: '返回邮件自助',
  expired: '这次登录已经过期',
  expiredIntro: '登录页开了超过一小时，或者在别的窗口里已经登录。回到邮件自助重新开始。',
  refusedRequest: '这次登录没有开始',
  refusedRequestIntro: '发来的登录请求和登记的不一致。回到邮件自助重新开始。',
  signOut: '退出统一身份认证',
  signOutIntro: '退出后，下次登录要重新输入密码。',
  signedOut: '已退出统一身份认证',
  signedOutIntro: '在公用电脑上，关掉浏览器更稳妥。',
  refusals: {
    empty: '填写账号和密码。',
    wrong_password: '账号或密码不对。',
    locked: '这个账号暂时锁定，因为输错密码的次数太多。5分钟后再试。',
    disabled: '这个账号已停用。服务台可以恢复它。',
    expired: '密码已过期。在邮件自助里用“忘记密码”设一个新的。',
    must_change: '登录前要先换密码。在邮件自助里用“忘记密码”设一个新的。',
    too_many: '这个账号输错密码的次数太多。5分钟后再试。',
    unreachable: '账号目录没有回应，密码没有核对。过一分钟再试。',
  },
}

const en: Words = {
  tag: 'en',
  other: '中文',
  provider: 'University account',
  organisation: 'Yunling University',
  demoTitle: 'This identity provider belongs to the demo',
  demo: 'It runs on this computer only. Accounts and passwords are in the terminal that started the demo, and in demo.json.',
  signIn: 'Sign in',
  intro: 'Then you go back to mail self-service.',
  again: 'Enter your password again',
  againIntro: 'What you are about to do needs proof that it is you.',
  account: 'Account',
  accountHelp: 'Mail address or login name',
  password: 'Password',
  back: 'Back to mail self-service',
  expired: 'This sign-in has expired',
  expiredIntro: 'The page was open for more than an hour, or you signed in from another window. Start again from mail self-service.',
  refusedRequest: 'This sign-in did not start',
  refusedRequestIntro: 'The request differs from what is registered here. Start again from mail self-service.',
  signOut: 'Sign out of your university account',
  signOutIntro: 'The next sign-in asks for your password.',
  signedOut: 'Signed out of your university account',
  signedOutIntro: 'On a shared computer, close the browser as well.',
  refusals: {
    empty: 'Enter your account and password.',
    wrong_password: 'The account or the password is wrong.',
    locked: 'This account is locked for now: too many wrong passwords. Try again in 5 minutes.',
    disabled: 'This account is switched off. The helpdesk can restore it.',
    expired: 'The password has expired. Set a new one with “Forgotten password” in mail self-service.',
    must_change: 'The password must be changed first. Use “Forgotten password” in mail self-service.',
    too_many: 'Too many wrong passwords for this account. Try again in 5 minutes.',
    unreachable: 'The directory does not answer, so the password was not checked. Try again in a minute.',
  },
}

export const words: Record<Language, Words> = { zh, en }

/** The first wish that is 中文 or English: the switch on the page, the portal's language, then the browser's. */
export function chooseLanguage(...wishes: (string | undefined)[]): Language {
  for (const tag of wishes.join(',').split(/[\s,]+/)) {
    if (/^zh\b/i.test(tag)) return 'zh'
    if (/^en\b/i.test(tag)) return 'en'
  }
  return 'zh'
}
