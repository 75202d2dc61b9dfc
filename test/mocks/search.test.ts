import { describe, expect, it } from 'vitest'
import { mock } from '../../index.ts'
import { Random } from '../../factories/index.ts'
import { credentialsFor } from '../support/credentials.ts'

const account = 'integrated_account_id=5f3c1c5e-6f0d-4c27-9e2b-1d2f3a4b5c6d'
const root = 'http://localhost/unified/accounting/invoices'
const queries = [
  '',
  '&sort_by=due_date',
  '&sort_by=sub_total',
  '&status=authorised',
  '&currency=EUR&sort_by=created_at',
  '&created_at[gte]=2026-01-10',
]

function open(seed: number) {
  const api = mock('truto', { seed, invoices: 60 })
  const headers = { ...credentialsFor(api.model), 'content-type': 'application/json' }
  const ask = async (method: string, path: string, body?: unknown): Promise<any> => {
    const response = await api.fetch(
      new Request(`${root}${path}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }),
    )
    return response.status === 204 ? undefined : response.json()
  }
  const lists = (): Promise<unknown[]> =>
    Promise.all(queries.map((query) => ask('GET', `?${account}&limit=100${query}`)))
  return { api, ask, lists }
}

describe('lists that were asked for before', () => {
  it.each([1, 2])('are after each change as if they had never been asked for (seed %i)', async (seed) => {
    const { api, ask, lists } = open(seed)
    const random = Random.of(seed)
    const fresh = open(seed)
    for (let step = 0; step < 16; step++) {
      const { result } = await ask('GET', `?${account}&limit=100`)
      expect(result.length).toBeGreaterThan(30)
      const { id } = random.pick<any>(result)
      const price = random.int(1, 500)
      await random.pick([
        () =>
          ask('POST', `?${account}`, {
            contact: { id: '0C0ixsCrm2Fr' },
            currency: random.pick(['EUR', 'USD']),
            line_items: [{ name: 'Bolt', quantity: 2, unit_price: price }],
          }),
        () => ask('PATCH', `/${id}?${account}`, { id, due_date: `2026-0${random.int(2, 9)}-11T00:00:00Z` }),
        () => ask('PATCH', `/${id}?${account}`, { id, memo: `Note ${step}` }),
        () => ask('DELETE', `/${id}?${account}`),
        async () => step % 5 === 0 && api.clock(`2026-01-${random.int(13, 20)}`),
      ])()
      if (random.chance(0.5)) continue
      fresh.api.restore(api.snapshot())
      const shown = await lists()
      expect(shown).toEqual(await fresh.lists())
      expect(shown.filter((list: any) => !Array.isArray(list.result))).toEqual([])
    }
  })
})

describe('an invoice that was changed a thousand times', () => {
  it('is what it is for who has seen none of the changes', async () => {
    const { api, ask, lists } = open(4)
    const [{ id }] = (await ask('GET', `?${account}&limit=1`)).result
    for (let count = 0; count < 1000; count++) await ask('PATCH', `/${id}?${account}`, { id, memo: `Note ${count}` })
    expect((await ask('GET', `/${id}?${account}`)).memo).toBe('Note 999')
    const fresh = open(4)
    fresh.api.restore(api.snapshot())
    expect(await lists()).toEqual(await fresh.lists())
    api.clock('2026-01-14')
    fresh.api.clock('2026-01-14')
    expect(await lists()).toEqual(await fresh.lists())
  })
})
