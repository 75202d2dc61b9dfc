import { setupWorker } from 'msw/browser'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { mock } from '../../browser.ts'
import { stuut as api } from '../../spec/documents/stuut.ts'

const stuut = mock(api, { seed: 42 })
// Nothing listens there: without the worker, nobody would answer.
const base = 'https://api.stuut.ai'
const worker = setupWorker(...stuut.handlers)

interface Invoice {
  readonly id: string
  readonly status: string
  readonly due_date: string
  readonly synced_at?: string
  readonly modified_at: string
}
interface Page {
  readonly data: readonly Invoice[]
  readonly total: number
  readonly limit: number
  readonly page: number
}

const ask = (path: string, init?: RequestInit): Promise<Response> =>
  fetch(base + path, { headers: { authorization: 'Bearer any' }, ...init })
const list = async (query = ''): Promise<Page> => (await ask(`/v1/invoices${query}`)).json() as Promise<Page>

beforeAll(() => worker.start({ quiet: true, onUnhandledFrame: 'bypass' }))
afterAll(() => worker.stop())
beforeEach(() => stuut.reset())

describe('a page without a server', () => {
  it('lists invoices', async () => {
    const page = await list('?limit=5')
    expect(page.data).toHaveLength(5)
    expect(new Set(page.data.map(({ id }) => id)).size).toBe(5)
  })

  it('filters and sorts them', async () => {
    const { data } = await list('?status=overdue&sort_by=due_date&sort_order=asc&limit=50')
    expect(data.length).toBeGreaterThan(1)
    expect(data.map(({ status }) => status)).toEqual(data.map(() => 'overdue'))
    expect(data.map(({ due_date }) => due_date)).toEqual(data.map(({ due_date }) => due_date).toSorted())
  })

  it('synchronises one, and sees it in the next list', async () => {
    const [before] = (await list('?limit=1')).data
    const synced = await ask(`/v1/invoices/${before?.id}/sync`, { method: 'POST' })
    expect(synced.status).toBe(200)
    const [after] = (await list('?limit=1')).data
    expect(after?.id).toBe(before?.id)
    expect(after).not.toEqual(before)
  })

  it('is refused without credentials, and for an invoice that is not there', async () => {
    expect((await ask('/v1/invoices', { headers: {} })).status).toBe(401)
    expect((await ask('/v1/invoices/inv_000000000000')).status).toBe(404)
  })

  it('has no network behind it', async () => {
    await worker.stop()
    await expect(ask('/v1/invoices')).rejects.toThrow(TypeError)
    await worker.start({ quiet: true, onUnhandledFrame: 'bypass' })
  })
})
