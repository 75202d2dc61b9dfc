import { describe, expect, it } from 'vitest'
import { check, fuzz } from '../../contracts/index.ts'
import type { Fetch } from '../../spec/index.ts'
import { createModel } from './support/books.ts'
import { neverWithin } from './support/never.ts'
import { createServer } from './support/server.ts'

const model = createModel('minor')
const options = {
  baseUrl: 'http://127.0.0.1:4010/api',
  headers: { Authorization: 'Bearer top-secret' },
  limit: 2,
  timeout: 60,
  retries: 0,
}
const failing = (code: string, message: string): TypeError =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) })

/** A server that leaves lists without an answer. */
function mute(how: () => Promise<Response>): { readonly fetch: Fetch; readonly paths: string[] } {
  const server = createServer('minor')
  const paths: string[] = []
  const fetch: Fetch = (request) => {
    const { pathname } = new URL(request.url)
    paths.push(pathname)
    return pathname === '/api/invoices' ? how() : server(request)
  }
  return { fetch, paths }
}

describe('a server whose first answer does not come', () => {
  it.each<[string, () => () => Promise<Response>, string]>([
    ['in time', () => neverWithin(60), 'none within 60 ms'],
    [
      'because it breaks off',
      () => () => Promise.reject(failing('UND_ERR_SOCKET', 'other side closed')),
      'other side closed',
    ],
  ])('%s is reported, and everything else is asked', async (_, how, received) => {
    const report = await check(model, mute(how()).fetch, { ...options, ids: ['inv_1'] })
    expect(report.violations.map(({ code, operation, received: what }) => [code, operation, what])).toEqual([
      ['PF-ANSWER', 'listInvoices', received],
    ])
    expect(report.operations.find(({ id }) => id === 'getInvoice')?.statuses).toEqual({ 200: 1, 404: 1, 401: 1 })
  })

  it('and none of the next two either is given up', async () => {
    const paths: string[] = []
    const never = neverWithin(60)
    const silent: Fetch = ({ url }) => {
      paths.push(url)
      return never()
    }
    await expect(check(model, silent, { ...options, ids: ['inv_1', 'inv_2', 'inv_3'] })).rejects.toThrow(
      'Failed to reach http://127.0.0.1:4010/api: expected an answer but received none within 60 ms. Is the server running? Where it is slow, allow it more time.',
    )
    expect(paths).toHaveLength(3)
    await expect(fuzz(model, silent, { ...options, seed: 1, runs: 50 })).rejects.toThrow('Failed to reach')
  })

  it('because nobody is there is given up at once', async () => {
    let calls = 0
    await expect(
      check(
        model,
        () => {
          calls++
          return Promise.reject(failing('ENOTFOUND', 'getaddrinfo ENOTFOUND api.example.test'))
        },
        options,
      ),
    ).rejects.toThrow('received getaddrinfo ENOTFOUND api.example.test. Is the server running')
    expect(calls).toBe(1)
  })
})
