import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'
import { mock } from '../../../index.ts'
import { setupMock } from '../../../mocks/adapters/vitest.ts'
import type { Hooks } from '../../../mocks/adapters/vitest.ts'

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

describe('a suite of another runner', () => {
  it('passes its hooks, and several mocks', async () => {
    const told: Record<string, () => void> = {}
    const hook =
      (name: string) =>
      (callback: () => void): void =>
        void (told[name] = callback)
    const hooks: Hooks = { beforeAll: hook('before'), afterEach: hook('each'), afterAll: hook('after') }
    const truto = mock('truto', { invoices: 30, business: stuut.business })
    const server = setupMock([stuut, truto], { hooks, onUnhandledFrame: 'bypass' })
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
})
