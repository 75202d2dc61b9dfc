import { describe, expect, it } from 'vitest'
import { check } from '../../contracts/index.ts'
import type { CheckOptions, Report } from '../../contracts/index.ts'
import type { Fetch } from '../../spec/index.ts'
import { createModel } from './support/books.ts'
import { createServer } from './support/server.ts'

const options: CheckOptions = {
  baseUrl: 'http://127.0.0.1:4010/api',
  headers: { Authorization: 'Bearer top-secret' },
  limit: 2,
  maxPages: 1,
  maxGets: 1,
}

/** Runs a check against a server that answers its first requests in a way of its own; waits are noted, not waited for. */
async function run(
  odd: (call: number, request: Request) => Response | Error | undefined,
  more: Partial<CheckOptions> = {},
): Promise<{ report: Report; waits: number[]; calls: number }> {
  const fetch = createServer('minor')
  const waits: number[] = []
  let calls = 0
  const own: Fetch = async (request) => {
    const answer = odd(++calls, request)
    if (answer instanceof Error) throw answer
    return answer ?? fetch(request)
  }
  const report = await check(createModel('minor'), own, {
    ...options,
    pause: async (milliseconds) => void waits.push(milliseconds),
    ...more,
  })
  return { report, waits, calls }
}

const busy = (status: number, headers: HeadersInit = {}): Response =>
  Response.json({ message: 'Later.' }, { status, headers })
const refused = (): Error =>
  new TypeError('fetch failed', { cause: Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }) })
const reset = (): Error =>
  new TypeError('fetch failed', { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) })

describe('a request', () => {
  it.each<[string, () => Response, number]>([
    ['429 with seconds', () => busy(429, { 'retry-after': '7' }), 7000],
    ['429 without a word', () => busy(429), 1000],
    ['503 with seconds', () => busy(503, { 'retry-after': '1' }), 1000],
    [
      '503 with a date',
      () => busy(503, { 'retry-after': 'Thu, 15 Jan 2026 10:00:30 GMT', date: 'Thu, 15 Jan 2026 10:00:00 GMT' }),
      30_000,
    ],
    [
      '429 with a date that has passed',
      () => busy(429, { 'retry-after': 'Thu, 15 Jan 2026 10:00:00 GMT', date: 'Thu, 15 Jan 2026 10:00:05 GMT' }),
      0,
    ],
  ])('comes back after %s', async (_, answer, wait) => {
    const { report, waits } = await run((call) => (call === 1 ? answer() : undefined))
    expect([report.violations, waits]).toEqual([[], [wait]])
  })

  it('is sent no more than twice again', async () => {
    const { report, waits } = await run((call) => (call <= 3 ? busy(429, { 'retry-after': '1' }) : undefined))
    expect(waits).toEqual([1000, 1000])
    expect(report.violations[0]).toMatchObject({
      code: 'PF-OK',
      expected: 'an answer, not to be asked later',
      received: '429, Retry-After 1',
    })
  })

  it('does not wait for a server that is closed for long, or says nothing about when', async () => {
    expect((await run((call) => (call === 1 ? busy(429, { 'retry-after': '61' }) : undefined))).waits).toEqual([])
    expect((await run((call) => (call === 1 ? busy(503) : undefined))).waits).toEqual([])
  })

  it('is sent again where the network fails', async () => {
    const { report, calls } = await run((call) => (call <= 2 ? reset() : undefined))
    const { calls: usual } = await run(() => undefined)
    expect([report.violations, calls]).toEqual([[], usual + 2])
  })

  it('is not sent again where it may have changed something', async () => {
    let posts = 0
    const { report } = await run(
      (_, request) => {
        if (request.method !== 'POST') return undefined
        posts++
        return reset()
      },
      { writes: true },
    )
    expect(posts).toBe(1)
    expect(report.violations.map(({ code, received }) => [code, received])).toEqual([['PF-ANSWER', 'read ECONNRESET']])
  })

  it('is sent as often as told', async () => {
    let calls = 0
    await expect(
      run(
        () => {
          calls++
          return refused()
        },
        { retries: 4 },
      ),
    ).rejects.toThrow('connect ECONNREFUSED')
    expect(calls).toBe(5)
  })

  it('waits its turn where a rate is set', async () => {
    const { waits, calls } = await run(() => undefined, { rate: 4 })
    expect(waits).toEqual(Array.from({ length: calls - 1 }, () => 250))
  })
})
