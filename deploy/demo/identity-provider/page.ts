import { type Language, type Refusal, words } from './words.ts'

interface Page {
  language: Language
  /** Where the same page is found in the other language. */
  switchTo?: string
  title: string
  intro: string
  body: string
}

const escapeHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

export function page({ language, switchTo, title, intro, body }: Page): string {
  const say = words[language]
  const other = language === 'zh' ? 'en' : 'zh'
  return `<!doctype html>
<html lang="${say.tag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${say.organisation}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header>
<p><b>${say.provider}</b><small>${say.organisation}</small></p>
${switchTo ? `<a class="quiet" href="${escapeHtml(switchTo)}?lang=${other}" lang="${words[other].tag}">${say.other}</a>` : ''}
</header>
<main>
<h1>${title}</h1>
<p class="dim">${intro}</p>
${body}
<aside>
<h2>${say.demoTitle}</h2>
<p>${say.demo}</p>
</aside>
</main>
</body>
</html>`
}

export function signInPage(
  form: { path: string; again: boolean; account: string; refusal?: Refusal; portal: string },
  language: Language,
): string {
  const say = words[language]
  const action = `${form.path}?lang=${language}`
  const invalid = form.refusal ? 'aria-invalid="true" aria-describedby="error"' : ''
  // With the account known, the password is the one thing left to type.
  const [focusAccount, focusPassword] = form.account ? ['', 'autofocus'] : ['autofocus', '']
  return page({
    language,
    switchTo: form.path,
    title: form.again ? say.again : say.signIn,
    intro: form.again ? say.againIntro : say.intro,
    body: `<form method="post" action="${action}" novalidate>
${form.refusal ? `<p class="error" id="error" role="alert">${say.refusals[form.refusal]}</p>` : ''}
<label for="account">${say.account}</label>
<p class="help" id="account-help">${say.accountHelp}</p>
<input id="account" name="account" type="text" inputmode="email" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="320" required ${invalid || 'aria-describedby="account-help"'} value="${escapeHtml(form.account)}" ${focusAccount}>
<label for="password">${say.password}</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="1024" required ${invalid} ${focusPassword}>
<button type="submit" class="primary">${say.signIn}</button>
</form>
<form method="post" action="${form.path}/back"><button type="submit" class="quiet">${say.back}</button></form>`,
  })
}

export function noticePage(notice: 'expired' | 'refusedRequest' | 'signedOut', portal: string, language: Language): string {
  const say = words[language]
  return page({
    language,
    title: say[notice],
    intro: say[`${notice}Intro`],
    body: `<p><a class="primary" href="${escapeHtml(portal)}">${say.back}</a></p>`,
  })
}

/** `form` is oidc-provider's own, with its token against forged requests. */
export function signOutPage(form: string, portal: string, language: Language): string {
  const say = words[language]
  return page({
    language,
    title: say.signOut,
    intro: say.signOutIntro,
    body: `${form}
<button type="submit" class="primary" form="op.logoutForm" name="logout" value="yes">${say.signOut}</button>
<p><a class="quiet" href="${escapeHtml(portal)}">${say.back}</a></p>`,
  })
}
