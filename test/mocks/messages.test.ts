import { describe, expect, it } from 'vitest'
import type { Entry } from '../../factories/index.ts'
import { mockModel } from '../../mocks/index.ts'
import { builtIn } from '../../spec/index.ts'
import type { BusinessObject, Operation } from '../../spec/index.ts'
import { clientOf, idFor, pathParameter } from '../support/client.ts'
import type { Answered } from '../support/client.ts'

const model = builtIn('nuntiq')

async function open() {
  const mock = mockModel(model, { today: '2026-01-15' })
  const client = clientOf(model, mock.fetch)
  const [post, get] = [client.find('message'), client.find('messages')] as [Operation, Operation]
  const lease = (await client.ask('claim', { body: { limit: 1 } })).root.list('claim.leases')[0] as BusinessObject
  const at = (operation: Operation) => ({ [pathParameter(operation).name]: idFor(operation, lease) })
  return {
    mock,
    post: (body: object): Promise<Answered> => client.ask(post, { values: at(post), body }),
    codes: async (): Promise<unknown[]> =>
      (await client.ask(get, { values: at(get) })).root
        .list('page.messages')
        .map((message) => message.first('message.code')?.raw),
  }
}

describe('a message that is posted', () => {
  it('tells of what has happened, at any time of today', async () => {
    const { post, codes } = await open()
    for (const occurred of ['2026-01-15T23:59:59Z', '2025-12-24T08:00:00Z', '2026-01-16T00:30:00+02:00'])
      expect([occurred, (await post({ code: 'DISPUTED', occurred_at: occurred })).status]).toEqual([occurred, 201])
    expect((await codes()).filter((code) => code === 'DISPUTED')).toHaveLength(3)
  })

  it('is refused where it tells of what lies ahead, and leaves no trace', async () => {
    const { mock, post, codes } = await open()
    const [before, { version }] = [await codes(), mock.business]
    for (const occurred of ['2026-01-16T00:00:00Z', '2027-01-01T00:00:00Z', '2026-01-15T23:00:00-02:00']) {
      expect(await post({ code: 'DISPUTED', occurred_at: occurred })).toMatchObject({
        status: 400,
        text: expect.stringContaining('2026-01-15 or before') as string,
      })
    }
    expect([await codes(), mock.business.version]).toEqual([before, version])
  })

  it('is not there any more on a day before it, and is back on the next', async () => {
    const { mock, post, codes } = await open()
    await post({ code: 'DISPUTED' })
    mock.clock('2026-01-14')
    expect(await codes()).not.toContain('DISPUTED')
    mock.clock('2026-01-15')
    expect(await codes()).toContain('DISPUTED')
  })
})

describe('the feed of what has changed', () => {
  it('is after each change as if it had never been asked for', async () => {
    const { mock, post } = await open()
    const client = clientOf(model, mock.fetch)
    const feed = async ({ fetch } = mock): Promise<string> =>
      (await clientOf(model, fetch).ask('changes', { values: { since: '2026-01-14' } })).text
    const steps: readonly (() => unknown)[] = [
      () => post({ code: 'DISPUTED' }),
      () => mock.business.create({ intake: 'pendingFirst' }),
      () => client.ask('claim', { body: { limit: 2 } }),
      () => mock.business.delete(mock.business.find(0) as Entry),
      () => mock.clock('2026-01-14'),
      () => mock.clock('2026-02-01'),
      () => mock.reset(),
    ]
    const seen = [await feed()]
    for (const step of steps) {
      await step()
      const fresh = mockModel(model, { today: '2026-01-15' })
      fresh.restore(mock.snapshot())
      seen.push(await feed())
      expect(seen.at(-1)).toBe(await feed(fresh))
    }
    expect(new Set(seen).size).toBeGreaterThan(4)
  })
})

describe('an invoice that is created', () => {
  it('has no text that nobody has written', async () => {
    const truto = builtIn('truto')
    const client = clientOf(truto, mockModel(truto).fetch)
    const { contact } = ((await client.ask('list')).json as { result: [{ contact: unknown }] }).result[0]
    for (let count = 0; count < 8; count++) {
      const { json } = await client.ask('create', {
        body: { contact, line_items: [{ description: 'Anvil', unit_price: 10, quantity: 1 }] },
      })
      expect(json).not.toHaveProperty('memo')
    }
    const { json } = await client.ask('create', {
      body: { contact, memo: 'Mine.', line_items: [{ description: 'Anvil', unit_price: 10, quantity: 1 }] },
    })
    expect(json).toHaveProperty('memo', 'Mine.')
  })
})
