import { describe, expect, it } from 'vitest'
import { mock } from '../../index.ts'

const { fetch } = mock('truto', { seed: 42, invoices: 100 })
const created = async (query: string): Promise<readonly string[]> => {
  const response = await fetch(
    new Request(
      `http://localhost/unified/accounting/invoices?integrated_account_id=8c4ee4b5-3d5c-4f0a-9c33-0d5c9a1b2c3d&limit=100&${query}`,
      { headers: { authorization: 'Bearer any' } },
    ),
  )
  const { result } = (await response.json()) as { result: { created_at: string }[] }
  return result.map(({ created_at: at }) => at)
}

describe('a comparison behind the name of a documented filter', () => {
  it('filters, one bound or both', async () => {
    const all = await created('')
    const between = all.filter((at) => at >= '2025-11-01T00:00:00Z' && at < '2025-12-01T00:00:00Z')
    expect(between.length).toBeGreaterThan(2)
    expect(await created('created_at[gte]=2025-11-01&created_at[lt]=2025-12-01')).toEqual(between)
    expect(await created('created_at[gt]=2025-11-01T00:00:00Z')).toEqual(
      all.filter((at) => at > '2025-11-01T00:00:00Z'),
    )
  })
})
