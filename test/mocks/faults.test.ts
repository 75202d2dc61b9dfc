import { describe, expect, it } from 'vitest'
import { mockModel } from '../../mocks/index.ts'
import { faultOf, pause } from '../../mocks/faults.ts'
import type { Faults } from '../../mocks/faults.ts'
import { scenarios } from '../../mocks/state/scenarios.ts'
import { builtIn } from '../../spec/index.ts'
import { clientOf } from '../support/client.ts'

const many = (faults: Faults, count = 2000, seed: string | number = 42) =>
  Array.from({ length: count }, (_, number) => faultOf(faults, seed, number))
const share = (faults: Faults, kind: string): number =>
  many(faults).filter((fault) => fault.kind === kind).length / 2000

describe('faults', () => {
  it('are the same for the same seed and number', () => {
    const faults = scenarios.flaky.faults
    expect(many(faults, 50)).toEqual(many(faults, 50))
    expect(many(faults, 50)).not.toEqual(many(faults, 50, 7))
  })

  it('come at their rates', () => {
    expect(share({ resets: 0.3 }, 'reset')).toBeCloseTo(0.3, 1)
    expect(share({ truncations: 0.3 }, 'truncate')).toBeCloseTo(0.3, 1)
    expect(share({ errors: { rate: 0.3, statuses: [500, 503] } }, 'status')).toBeCloseTo(0.3, 1)
    expect(new Set(many({ errors: { rate: 1, statuses: [500, 503] } }).map(({ status }) => status))).toEqual(
      new Set([500, 503]),
    )
  })

  it('take their time: fixed, anywhere between, or with a long tail', () => {
    const delays = (latency: Faults['latency'] & {}): number[] =>
      many({ latency })
        .map(({ delay }) => delay)
        .toSorted((left, right) => left - right)
    expect(new Set(delays(250))).toEqual(new Set([250]))
    const even = delays([100, 200])
    expect([even[0], even[1000], even.at(-1)].map((delay) => Math.round((delay as number) / 10))).toEqual([10, 15, 20])
    const tail = delays({ median: 100, most: 3000 })
    expect([
      (tail[1000] as number) > 85 && (tail[1000] as number) < 115,
      (tail[1900] as number) > 300,
      tail.at(-1),
    ]).toEqual([true, true, 3000])
  })

  it('let so many requests pass and refuse the next', () => {
    const statuses = many({ limit: { passes: 3, refuses: 2, retryAfter: 9 } }, 7).map(({ status, retryAfter }) => [
      status,
      retryAfter,
    ])
    const [pass, refuse] = [
      [undefined, undefined],
      [429, 9],
    ]
    expect(statuses).toEqual([pass, pass, pass, refuse, refuse, pass, pass])
  })

  it('stop waiting when the client does', async () => {
    const controller = new AbortController()
    const waiting = pause(50_000, controller.signal)
    controller.abort()
    await expect(waiting).resolves.toBeUndefined()
  })
})

describe('a scenario of faults', () => {
  const model = builtIn('stuut')
  const clientIn = (faults: Faults) =>
    clientOf(
      model,
      mockModel(model, { invoices: 10, scenario: 'mine', scenarios: { mine: { says: 'Mine.', faults } } }).fetch,
    )

  it('refuses with what the API has to say, and when to come back', async () => {
    const client = clientIn({ limit: { passes: 1, refuses: 1, retryAfter: 7 } })
    const [first, second] = [await client.ask('list'), await client.ask('list')]
    expect([first.status, second.status, second.headers.get('retry-after'), second.json]).toEqual([
      200,
      429,
      '7',
      { detail: 'Too Many Requests' },
    ])
    const refused = await clientIn({ status: 401 }).ask('list')
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
  })

  it('cuts the connection as a browser would see it', async () => {
    await expect(clientIn({ resets: 1 }).ask('list')).rejects.toThrow(new TypeError('Failed to fetch'))
  })

  it('ends an answer in the middle', async () => {
    const client = clientIn({ truncations: 1 })
    await expect(client.ask('list')).rejects.toThrow(new TypeError('terminated'))
  })

  it('spares questions about methods', async () => {
    const { fetch } = mockModel(model, { scenario: 'server-error', invoices: 3 })
    expect((await fetch(new Request('http://localhost/v1/invoices', { method: 'OPTIONS' }))).status).toBe(204)
  })
})
