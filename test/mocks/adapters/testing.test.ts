import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'
import { mock } from '../../../index.ts'
import { setupMock as setupWith, useMock as useWith } from '../../../mocks/adapters/testing.ts'
import { setupMock, useMock } from '../../../with-vitest.ts'

const stuut = mock('stuut', { invoices: 30 })
const headers = { authorization: 'Bearer any' }
const list = 'https://api.stuut.ai/v1/invoices?limit=1'
const first = async (): Promise<{ id: string }> =>
  ((await (await fetch(list, { headers })).json()) as { data: { id: string }[] }).data[0] as { id: string }
const untouched = ((await (await stuut.fetch(new Request(list, { headers }))).json()) as { data: unknown[] }).data[0]

describe('a suite with a mock', () => {
  const server = setupMock(stuut)

  it('is answered, sees what it changes, and overrides an operation', async () => {
    const before = await first()
    expect(before).toEqual(untouched)
    await fetch(`https://api.stuut.ai/v1/invoices/${before.id}/sync`, { method: 'POST', headers })
    expect(await first()).not.toEqual(before)
    server.use(http.get('*/v1/invoices/:id', () => new HttpResponse(null, { status: 503 })))
    expect((await fetch(`https://api.stuut.ai/v1/invoices/${before.id}`, { headers })).status).toBe(503)
  })

  it('finds everything as it was in the next test', async () => {
    expect(await first()).toEqual(untouched)
    expect((await fetch(`https://api.stuut.ai/v1/invoices/${(await first()).id}`, { headers })).status).toBe(200)
  })

  it('is told of requests that nobody mocks', async () => {
    await expect(fetch('https://api.stuut.ai/elsewhere')).rejects.toThrow()
  })
})

describe('a suite with a mock in place of fetch', () => {
  const used = useMock(stuut)

  it('is answered, sees what it changes, and overrides an operation', async () => {
    const before = await first()
    expect(before).toEqual(untouched)
    await fetch(`https://api.stuut.ai/v1/invoices/${before.id}/sync`, { method: 'POST', headers })
    expect(await first()).not.toEqual(before)
    used.use(http.get('*/v1/invoices/:id', () => new HttpResponse(null, { status: 503 })))
    expect((await fetch(new Request(`https://api.stuut.ai/v1/invoices/${before.id}`, { headers }))).status).toBe(503)
    used.use(http.get('*/v1/invoices/:id', () => HttpResponse.error()))
    await expect(fetch(`https://api.stuut.ai/v1/invoices/${before.id}`, { headers })).rejects.toThrow(TypeError)
  })

  it('finds everything as it was in the next test', async () => {
    expect(await first()).toEqual(untouched)
    expect((await fetch(`https://api.stuut.ai/v1/invoices/${(await first()).id}`, { headers })).status).toBe(200)
  })

  it('is told of requests that nobody mocks', async () => {
    await expect(fetch('https://api.stuut.ai/elsewhere')).rejects.toThrow(
      'Failed to fetch GET https://api.stuut.ai/elsewhere: no mock takes it.',
    )
  })
})

/** Hooks of a runner that is none. */
function runner(): { told: Record<string, () => void>; hook: (name: string) => (callback: () => void) => void } {
  const told: Record<string, () => void> = {}
  return { told, hook: (name) => (callback) => void (told[name] = callback) }
}

describe('a suite of another runner', () => {
  it('passes its hooks, and several mocks', async () => {
    const { told, hook } = runner()
    const truto = mock('truto', { invoices: 30, business: stuut.business })
    const server = setupWith([stuut, truto], {
      hooks: { beforeAll: hook('before'), afterEach: hook('each'), afterAll: hook('after') },
      onUnhandledFrame: 'bypass',
    })
    expect(Object.keys(told)).toEqual(['before', 'each', 'after'])
    expect(server.listHandlers()).toHaveLength(stuut.handlers.length + truto.handlers.length)
    told.before?.()
    const url = `https://api.truto.one/unified/accounting/invoices?integrated_account_id=${crypto.randomUUID()}`
    expect([(await fetch(list, { headers })).status, (await fetch(url, { headers })).status]).toEqual([200, 200])
    stuut.business.delete(stuut.business.ledger.entry(3))
    told.each?.()
    expect(stuut.business.find(3)).toBeDefined()
    told.after?.()
    await expect(fetch(list, { headers })).rejects.toThrow()
  })

  it('calls them as node:test does, puts fetch back, and sends what it may', async () => {
    const { told, hook } = runner()
    const real = globalThis.fetch
    const sent: string[] = []
    globalThis.fetch = async (request) => (sent.push((request as Request).url), new Response('sent'))
    const outside = globalThis.fetch
    try {
      useWith(stuut, {
        hooks: { before: hook('before'), afterEach: hook('each'), after: hook('after') },
        onUnhandledFrame: 'bypass',
      })
      told.before?.()
      expect([
        (await fetch(list, { headers })).status,
        await (await fetch('https://else.example/a')).text(),
        sent,
      ]).toEqual([200, 'sent', ['https://else.example/a']])
      told.each?.()
      told.after?.()
      expect(globalThis.fetch).toBe(outside)
    } finally {
      globalThis.fetch = real
    }
  })

  it.each([
    ['globals', (hooks: object) => hooks],
    ["Deno's", (hooks: object) => ({ Deno: { test: hooks } })],
  ])('is found by %s', (_, globals) => {
    const { told, hook } = runner()
    const given = globals({ beforeAll: hook('before'), afterEach: hook('each'), afterAll: hook('after') })
    try {
      Object.assign(globalThis, given)
      setupWith(stuut)
      expect(Object.keys(told)).toEqual(['before', 'each', 'after'])
    } finally {
      for (const name of Object.keys(given)) Reflect.deleteProperty(globalThis, name)
    }
  })

  it('is told where it has no hooks', () => {
    expect(() => useWith(stuut)).toThrow(
      "Failed to tie a mock to tests: expected beforeAll, afterEach and afterAll as globals, or in hooks but received none. Pass your runner's: import * as hooks from 'node:test', then useMock(mock, { hooks }).",
    )
    expect(() => setupWith(stuut, { hooks: {} })).toThrow('received hooks without them.')
  })
})
