import { createServer, type RequestListener, type Server } from 'node:http'
import { expect, type Frame, type Page, test } from '@playwright/test'
import { freePort } from '#deploy/local/ports.ts'
import { FRAME_CSP } from '#lib/platform/safe-preview/frame.ts'
import { safePreview } from '#lib/platform/safe-preview/safe-preview.ts'
import { corpus } from '#lib/platform/safe-preview/testing/corpus.ts'
import { HORROR_MARKUP, SINK } from '#lib/platform/safe-preview/testing/horror-markup.ts'
import { horrors, htmlMail, mail } from '#lib/platform/safe-preview/testing/horrors.ts'

/** A page that shows documents in frames as the portal does, and a listener that nothing may call. */
interface Stage {
  url: string
  sink: string
  /** By group and number: /group lists the frames, /group/0 is the first. */
  documents: Map<string, string>
  /** What the sink was asked for, and what dialogs said. */
  heard: string[]
  /** Connections to the sink, also those on which nothing was asked. */
  connections: number
  close(): void
}

async function serve(handler: RequestListener): Promise<{ server: Server; url: string }> {
  const port = await freePort()
  const server = createServer(handler)
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return { server, url: `http://127.0.0.1:${port}` }
}

async function openStage(): Promise<Stage> {
  const documents = new Map<string, string>()
  const heard: string[] = []
  const sink = await serve(({ url = '' }, response) => {
    heard.push(url)
    response.end()
  })
  const stage = await serve(({ url = '' }, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    const document = documents.get(url)
    const frames = [...documents.keys()]
      .filter((path) => path.startsWith(`${url}/`))
      .map((path) => `<iframe sandbox="" src="${path}"></iframe>`)
    if (document !== undefined) response.setHeader('content-security-policy', FRAME_CSP).end(document)
    else response.end(`<!doctype html><title>stage</title>${frames.join('')}`)
  })
  const close = () => [sink.server, stage.server].map((server) => server.close())
  const open = { url: stage.url, sink: sink.url, documents, heard, connections: 0, close }
  sink.server.on('connection', () => open.connections++)
  return open
}

/** Shows documents side by side until nothing stirs; every request that was made, and the frames by the names of the mails. */
async function show(
  page: Page,
  group: string,
  documents: { name: string; html: string }[],
): Promise<{ frames: [string, Frame][]; requests: string[] }> {
  documents.forEach(({ html }, at) => void stage.documents.set(`/${group}/${at}`, html))
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  await page.goto(`${stage.url}/${group}`, { waitUntil: 'networkidle' })
  const frames = documents.map(({ name }, at): [string, Frame] => {
    const frame = page.frame({ url: `${stage.url}/${group}/${at}` })
    if (!frame) throw new Error(`${name} has left its frame`)
    return [name, frame]
  })
  return { frames, requests: requests.filter((url) => !url.startsWith('data:')) }
}

/** The markup of the horrors, with our listener as the place that they call. */
const hostileMarkup = (): { name: string; html: string }[] =>
  Object.entries(HORROR_MARKUP).map(([name, html]) => ({
    name,
    html: html.replaceAll(SINK, stage.sink).replaceAll('//sink.example', stage.sink.replace('http:', '')),
  }))

const hostileMails = (): { name: string; raw: Buffer }[] => [
  ...hostileMarkup().map(({ name, html }) => ({ name, raw: htmlMail(html) })),
  ...horrors().filter(({ name }) => !(name in HORROR_MARKUP)),
  ...corpus(),
]

let stage: Stage
test.beforeAll(async () => {
  stage = await openStage()
})
test.afterAll(() => stage.close())
test.beforeEach(({ page }) => {
  stage.heard.length = 0
  stage.connections = 0
  page.on('dialog', async (dialog) => {
    stage.heard.push(`dialog ${dialog.message()}`)
    await dialog.dismiss()
  })
})

test('T36 T37 no hostile mail opens a dialog, leaves its frame or asks for anything', async ({ page, context }) => {
  const documents: { name: string; html: string }[] = []
  for (const { name, raw } of hostileMails()) {
    const preview = await safePreview(raw).catch(() => null)
    if (preview?.html) documents.push({ name, html: preview.html })
  }
  const { frames, requests } = await show(page, 'mails', documents)
  expect(frames.length).toBeGreaterThan(50)
  expect(stage.heard).toEqual([])
  expect(stage.connections).toBe(0)
  expect(requests).toHaveLength(1 + documents.length)
  expect(page.frames()).toHaveLength(1 + documents.length)
  expect(context.pages()).toHaveLength(1)
  for (const [name, frame] of frames) expect([name, await dangersIn(frame)]).toEqual([name, []])
})

/** What the browser's own parser made of it. */
const dangersIn = (frame: Frame): Promise<string[]> =>
  frame.evaluate(() =>
    [...document.querySelectorAll('*')].flatMap((element) => [
      ...(element.matches('script, iframe, object, embed, form, input, link, base, svg, math, body style') ? [element.localName] : []),
      ...[...element.attributes]
        .filter(({ name, value }) => /^(on|href|src|action|data|id|name|class)/.test(name) && !value.startsWith('data:image/'))
        .map(({ name, value }) => `${element.localName} ${name}=${value}`),
    ]),
  )

test('T36 T37 the frame and its policy hold even what nobody has sanitised', async ({ page, context }) => {
  const { frames } = await show(page, 'markup', hostileMarkup())
  expect(frames.length).toBeGreaterThan(35)
  expect(stage.heard).toEqual([])
  expect(new URL(page.url()).pathname).toBe('/markup')
  expect(context.pages()).toHaveLength(1)
})

test('T36 the policy lets the document’s own look and its pictures through', async ({ page }) => {
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  const preview = await safePreview(
    htmlMail(`<p style="color:#ff0000">red <a href="https://云岭.example/x">link</a></p><img src="data:image/png;base64,${png}" width=20>`),
  )
  const { frames } = await show(page, 'look', [{ name: 'look', html: preview.html ?? '' }])
  const frame = frames[0]?.[1] as Frame
  const paragraph = frame.locator('p')
  await expect(paragraph).toHaveCSS('color', 'rgb(255, 0, 0)')
  await expect(frame.locator('body')).toHaveCSS('background-color', 'rgb(255, 255, 255)')
  const after = await frame.locator('a').evaluate((link) => getComputedStyle(link, '::after').content)
  expect(after).toContain('https://xn--9kqv75a.example/x')
  expect(await frame.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1)
})

test('T36 another site cannot frame the document', async ({ page }) => {
  stage.documents.set('/framed/0', (await safePreview(mail(['Content-Type: text/html'], '<p>private</p>'))).html ?? '')
  const other = await serve((_, response) =>
    response.setHeader('content-type', 'text/html').end(`<iframe src="${stage.url}/framed/0"></iframe>`),
  )
  await page.goto(other.url, { waitUntil: 'networkidle' })
  expect(page.frames().map((frame) => frame.url())).not.toContain(`${stage.url}/framed/0`)
  other.server.close()
})
