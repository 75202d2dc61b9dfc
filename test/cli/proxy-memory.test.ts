import { describe, expect, it } from 'vitest'
import { budgetOf, keeperOf } from '../../cli/proxy/keep.ts'
import { joined } from '../../cli/proxy/passed.ts'
import { remembering } from '../../cli/proxy/remember.ts'
import { exchangeInspector } from '../../contracts/index.ts'
import { mock } from '../../index.ts'

const stuut = mock('stuut', { invoices: 10 })

describe('a keeper', () => {
  it('keeps every byte, also of many small pieces, in few', () => {
    const keeper = keeperOf(1_000_000, budgetOf(1_000_000))
    const pieces = Array.from({ length: 2000 }, (_, index) =>
      new Uint8Array(index % 100 === 99 ? 5000 : index % 7).fill(index % 256),
    )
    for (const piece of pieces) expect(keeper.add(piece)).toBe(true)
    const chunks = keeper.whole() ?? []
    expect(Buffer.from(joined(chunks)).equals(Buffer.concat(pieces))).toBe(true)
    expect(chunks.length).toBeLessThan(120)
  })

  it('says when it is too much, and still has what came', () => {
    const keeper = keeperOf(10, budgetOf(100))
    expect([keeper.add(new Uint8Array(8)), keeper.add(new Uint8Array(3)), keeper.add(new Uint8Array(1))]).toEqual([
      true,
      false,
      false,
    ])
    expect(keeper.whole()).toBeUndefined()
    expect(joined(keeper.release()).byteLength).toBe(11)
  })
})

describe('a watch that remembers', () => {
  it('looks again only where something that was looked at has changed', () => {
    let looks = 0
    const plain = exchangeInspector(stuut.model)
    const watch = remembering({
      ...plain,
      request(asking) {
        looks++
        return plain.request(asking)
      },
    })
    const ask = (target: string, headers: Record<string, string>, body?: string): number =>
      watch.request({ method: 'GET', target, headers: new Headers(headers), ...(body !== undefined && { body }) })
        .violations.length
    expect(ask('/v1/invoices', { authorization: 'Bearer any' })).toBe(0)
    expect(ask('/v1/invoices', { authorization: 'Bearer any', 'x-other': '1' })).toBe(0)
    expect(looks).toBe(1)
    expect(ask('/v1/invoices', {})).toBe(1)
    expect(ask('/v1/invoices?limit=0', { authorization: 'Bearer any' })).toBe(1)
    expect(ask('/v1/invoices', { authorization: 'Bearer any' }, '{}')).toBe(0)
    expect(looks).toBe(4)
  })

  it('counts heads as a plain watch does', () => {
    const plain = exchangeInspector(stuut.model)
    const watch = remembering(plain)
    const { operation } = plain.request({ method: 'GET', target: '/v1/invoices', headers: new Headers() })
    if (!operation) throw new Error('The operation is missing.')
    for (const status of [200, 429, 200, 418]) {
      for (const type of ['application/json', 'text/html', 'application/json']) {
        const answer = {
          status,
          headers: new Headers({ 'content-type': type, 'retry-after': type === 'text/html' ? 'soon' : '1' }),
        }
        expect(watch.head(operation, answer, { headers: new Headers() })).toBe(
          plain.head(operation, answer, { headers: new Headers() }),
        )
      }
    }
    const unchanged = { status: 304, headers: new Headers() }
    const counts = ['', '"1"', ''].map((tag) =>
      watch.head(operation, unchanged, { headers: new Headers(tag === '' ? {} : { 'if-none-match': tag }) }),
    )
    expect(counts).toEqual([1, 0, 1])
  })
})
