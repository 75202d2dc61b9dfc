import { http, HttpResponse, passthrough } from 'msw'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { mock } from '../../../index.ts'
import { route } from '../../../mocks/adapters/playwright.ts'
import type { RoutedCall } from '../../../mocks/adapters/playwright.ts'
import { chromiumHere } from '../../support/chromium.ts'

const stuut = mock('stuut', { invoices: 30 })
const list = 'https://api.stuut.ai/v1/invoices?limit=3'
const launch = await chromiumHere()

let browser: Browser
let page: Page
let stop: () => Promise<void> = async () => undefined
beforeAll(async () => {
  if (!launch) return
  browser = await chromium.launch(launch)
  page = await browser.newPage()
  await page.goto('about:blank')
})
afterEach(async () => {
  await stop()
  stuut.reset()
})
afterAll(() => browser?.close())

interface Seen {
  readonly status?: number
  readonly body?: unknown
  readonly header?: string | null
  readonly error?: string
}

/** Asks as the page's own script would. */
const ask = (
  url: string,
  init: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Seen> =>
  page.evaluate(
    async ([url, init]) => {
      try {
        const response = await fetch(url, init)
        const text = await response.text()
        return {
          status: response.status,
          body: response.headers.get('content-type')?.includes('json') ? (JSON.parse(text) as unknown) : text,
          header: response.headers.get('x-total'),
        }
      } catch (error) {
        return { error: String(error) }
      }
    },
    [url, { headers: { authorization: 'Bearer any' }, ...init }] as const,
  )

describe.runIf(launch)('a page', () => {
  it('is answered from a mock, across origins and with credentials', async () => {
    stop = await route(page, stuut)
    const { status, body } = await ask(list)
    expect([status, (body as { data: unknown[] }).data.length]).toEqual([200, 3])
  })

  it('gets the same bytes as anybody else', async () => {
    stop = await route(page, stuut)
    const { body } = await ask(list)
    expect(body).toEqual(
      await (await stuut.fetch(new Request(list, { headers: { authorization: 'Bearer any' } }))).json(),
    )
  })

  it('changes what it then sees', async () => {
    stop = await route(page, stuut)
    const before = ((await ask(list)).body as { data: { id: string }[] }).data[0]
    expect((await ask(`https://api.stuut.ai/v1/invoices/${before?.id}/sync`, { method: 'POST' })).status).toBe(200)
    const after = ((await ask(list)).body as { data: { id: string }[] }).data[0]
    expect(after?.id).toBe(before?.id)
    expect(after).not.toEqual(before)
  })

  it('sees the scenario that the test chooses', async () => {
    stop = await route(page, stuut)
    const undo = stuut.use('overdue')
    const { data } = (await ask(list)).body as { data: { status: string }[] }
    expect(data.map(({ status }) => status)).toEqual(['overdue', 'overdue', 'overdue'])
    undo()
  })

  it("is refused in the API's own form", async () => {
    stop = await route(page, stuut)
    const { status, body } = await ask(list, { headers: {} })
    expect([status, body]).toEqual([401, await (await stuut.fetch(new Request(list))).json()])
  })

  it('is answered by the first of its handlers that fits', async () => {
    stop = await route(page, [
      http.get('https://api.stuut.ai/v1/invoices', () =>
        HttpResponse.json({ mine: true }, { status: 503, headers: { 'x-total': '7' } }),
      ),
      http.post('https://api.stuut.ai/echo', async ({ request }) =>
        HttpResponse.json({ body: await request.json(), key: request.headers.get('x-key') }),
      ),
      http.get('https://api.stuut.ai/broken', () => {
        throw new TypeError('a mistake')
      }),
      http.get('https://api.stuut.ai/dropped', () => HttpResponse.error()),
      ...stuut.handlers,
    ])
    expect(await ask(list)).toEqual({ status: 503, body: { mine: true }, header: '7' })
    expect(
      await ask('https://api.stuut.ai/echo', { method: 'POST', body: '{"é":1}', headers: { 'x-key': 'k' } }),
    ).toMatchObject({ status: 200, body: { body: { é: 1 }, key: 'k' } })
    expect(await ask('https://api.stuut.ai/broken')).toMatchObject({
      status: 500,
      body: { name: 'TypeError', message: 'a mistake' },
    })
    expect((await ask('https://api.stuut.ai/dropped')).error).toContain('Failed to fetch')
  })

  it('reaches what is routed otherwise, unless nothing else may be asked', async () => {
    await page.route('**/other', (call) => call.fulfill({ status: 418, body: 'tea' }))
    stop = await route(page, [http.get('**/passed/other', () => passthrough()), ...stuut.handlers])
    expect((await ask('https://api.stuut.ai/other')).status).toBe(418)
    expect((await ask('https://api.stuut.ai/passed/other')).status).toBe(418)
    await stop()
    stop = await route(page, stuut, { onUnhandledFrame: 'error' })
    expect((await ask('https://api.stuut.ai/other')).error).toContain('Failed to fetch')
  })

  it('is no longer answered once that is stopped', async () => {
    await (
      await route(page, stuut)
    )()
    stop = await route(page, [], { onUnhandledFrame: 'error' })
    expect((await ask(list)).error).toContain('Failed to fetch')
  })

  it('is answered through its context, too', async () => {
    stop = await route(page.context(), stuut)
    expect((await ask(list)).status).toBe(200)
  })
})

/** Returns what becomes of a request of a page that is none. */
async function routed(
  handlers: Parameters<typeof route>[1],
  method: string,
  headers: Record<string, string>,
  fulfill?: () => Promise<void>,
): Promise<unknown[]> {
  const told: unknown[] = []
  const tell =
    (word: string) =>
    async (answer?: unknown): Promise<void> =>
      void told.push(word, ...(answer === undefined ? [] : [answer]))
  let handle: ((call: RoutedCall) => Promise<void>) | undefined
  await route({ route: async (_, handler) => void (handle = handler), unroute: async () => undefined }, handlers)
  const request = {
    url: () => 'https://api.stuut.ai/v1/invoices/inv_1/sync',
    method: () => method,
    allHeaders: async () => headers,
    postDataBuffer: () => null,
  }
  await handle?.({
    request: () => request,
    fulfill: fulfill ?? tell('fulfill'),
    fallback: tell('fallback'),
    abort: tell('abort'),
  })
  return told
}

describe('a preflight', () => {
  const preflight = {
    origin: 'https://app.example',
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization',
  }

  it('lets a request through that a handler takes, and does nothing yet', async () => {
    const asked: string[] = []
    const handlers = [http.post('*/sync', ({ request }) => void asked.push(request.method))]
    const allowed = {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'authorization',
    }
    expect(await routed(handlers, 'OPTIONS', preflight)).toEqual([
      'fulfill',
      expect.objectContaining({ status: 204, headers: expect.objectContaining(allowed) }),
    ])
    expect(asked).toEqual([])
    expect(await routed(stuut, 'OPTIONS', preflight)).toContain('fulfill')
  })

  it('is left to others where no handler takes what follows', async () => {
    expect(await routed([http.get('*/sync', () => undefined)], 'OPTIONS', preflight)).toEqual(['fallback'])
  })
})

describe('an answer', () => {
  it('carries every cookie, and may come too late', async () => {
    const handlers = [
      http.get(
        '*/sync',
        () =>
          new HttpResponse('', {
            headers: [
              ['set-cookie', 'a=1'],
              ['set-cookie', 'b=2'],
            ],
          }),
      ),
    ]
    expect(await routed(handlers, 'GET', { ':authority': 'api.stuut.ai' })).toEqual([
      'fulfill',
      expect.objectContaining({ headers: expect.objectContaining({ 'set-cookie': 'a=1\nb=2' }) }),
    ])
    await expect(
      routed(handlers, 'GET', {}, () => Promise.reject(new Error('Target page, context or browser has been closed'))),
    ).resolves.toEqual([])
    await expect(routed(handlers, 'GET', {}, () => Promise.reject(new Error('a mistake')))).rejects.toThrow('a mistake')
  })
})
