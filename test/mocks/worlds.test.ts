import { describe, expect, it } from 'vitest'
import { mockModel, Worlds } from '../../mocks/index.ts'
import { builtIn } from '../../spec/index.ts'
import { clientOf } from '../support/client.ts'

const model = builtIn('customeros')
const status = (mock: ReturnType<typeof mockModel>, index: number): string | undefined =>
  mock.business.find(index)?.status
const firstWith = (mock: ReturnType<typeof mockModel>, wanted: string): number => {
  for (let index = 0; index < mock.business.ledger.size; index++) if (status(mock, index) === wanted) return index
  throw new Error(`no ${wanted} invoice`)
}
const pay = (mock: ReturnType<typeof mockModel>, index: number): void =>
  void mock.business.amend(mock.business.find(index) as never, { status: 'paid' })

describe('worlds', () => {
  it('see the same books and nothing of each other', () => {
    const mock = mockModel(model)
    const [a, b] = [mock.world('a'), mock.world('b')]
    const index = firstWith(mock, 'overdue')
    pay(a, index)
    expect([status(a, index), status(b, index), status(mock, index)]).toEqual(['paid', 'overdue', 'overdue'])
    expect(a.business.ledger).toBe(b.business.ledger)
  })

  it('are chosen by header or cookie', async () => {
    const mock = mockModel(model)
    const list = model.operations.find(({ does }) => does === 'list') as never
    const total = async (headers: Record<string, string>): Promise<unknown> =>
      (await clientOf(model, mock.fetch).ask(list, { headers })).root.first('page.total')?.raw
    mock.world('a').use('single')
    expect(await total({})).toBe(250)
    expect(await total({ 'x-proforma-world': 'a' })).toBe(1)
    expect(await total({ cookie: 'x=1; proforma-world=a' })).toBe(1)
    expect(await total({ cookie: 'proforma-world=a', 'x-proforma-world': 'b' })).toBe(250)
  })

  it('are shared by all APIs over the same worlds', () => {
    const worlds = new Worlds()
    const [one, two] = [mockModel(model, { worlds }), mockModel(builtIn('stuut'), { worlds })]
    const index = firstWith(one, 'overdue')
    pay(one.world('a'), index)
    expect(status(two.world('a'), index)).toBe('paid')
    expect(status(two, index)).toBe('overdue')
  })

  it('have a seed, a day and a scenario of their own', () => {
    const worlds = new Worlds({ invoices: 20 })
    const mock = mockModel(model, { worlds })
    worlds.at('a').reset({ books: { ...worlds.start.books, seed: 7 } })
    mock.world('b').clock('2026-06-01')
    mock.world('c').use('overdue')
    const numbers = (name: string): (string | undefined)[] =>
      [0, 1].map((index) => mock.world(name).business.find(index)?.number)
    expect(mock.world('a').business.ledger.seed).toBe(7)
    expect(numbers('a')).not.toEqual(numbers('b'))
    expect([mock.world('a').business.today, mock.world('b').business.today - mock.business.today]).toEqual([
      mock.business.today,
      137,
    ])
    expect([...Array(20).keys()].map((index) => status(mock.world('c'), index))).toEqual(Array(20).fill('overdue'))
  })

  it('number ten thousand at a kilobyte each, each apart from the others', () => {
    const worlds = new Worlds()
    const mock = mockModel(model, { worlds })
    const index = firstWith(mock, 'overdue')
    const memory = (): number => {
      globalThis.gc?.()
      return process.memoryUsage().heapUsed
    }
    const before = memory()
    for (let number = 0; number < 10_000; number++)
      expect(worlds.at(`w${number}`).business.ledger.size === 250).toBe(true)
    const each = (memory() - before) / 10_000
    pay(mock.world('w17'), index)
    pay(mock.world('w9999'), index)
    const paid = worlds.names().filter((name) => worlds.at(name).business.find(index)?.status === 'paid')
    expect(paid.toSorted()).toEqual(['w17', 'w9999'])
    // Without a collector at hand, what could be collected counts too.
    expect(each).toBeLessThan(globalThis.gc ? 1024 : 8192)
  })

  it('are forgotten when there are too many, the one used least lately first', () => {
    const worlds = new Worlds({ maxWorlds: 2 })
    worlds.at('a')
    worlds.at('b')
    worlds.at('a')
    worlds.at('c')
    expect(worlds.names()).toEqual(['a', 'c'])
  })

  it('are forgotten when nobody has used them for long', () => {
    let now = 0
    const worlds = new Worlds({ clock: () => now, idle: 1000 })
    worlds.at('a')
    now = 900
    worlds.at('b')
    now = 1500
    worlds.at('c')
    expect(worlds.names()).toEqual(['b', 'c'])
  })

  it('have names', () => {
    const worlds = new Worlds()
    for (const name of ['two words', 'a\n', 'x'.repeat(129), 'ä'])
      expect(() => worlds.at(name)).toThrow('Failed to find a world')
  })

  it('come back from a snapshot with all that happened', async () => {
    const mock = mockModel(builtIn('nuntiq'))
    const client = clientOf(mock.model, mock.fetch)
    await client.ask('claim', { body: { limit: 3 } })
    const index = firstWith(mock, 'overdue')
    pay(mock, index)
    mock.business.delete(mock.business.find(100) as never)
    mock.business.create({ lines: [{ name: 'Anvil', price: 100 }] })
    const [snapshot, entries] = [mock.snapshot(), [index, 100, 250].map((one) => mock.business.find(one))]
    mock.reset()
    expect(mock.business.find(100)).toBeDefined()
    mock.restore(JSON.parse(JSON.stringify(snapshot)))
    expect([index, 100, 250].map((one) => mock.business.find(one))).toEqual(entries)
    expect(mock.snapshot()).toEqual(snapshot)
    expect(mock.business.create({ lines: [{ name: 'Anvil', price: 100 }] }).index).toBe(251)
  })

  it('are not moved to what cannot have happened', () => {
    const deep = (levels: number): object => {
      let value = {}
      while (levels-- > 0) value = { value }
      return value
    }
    const mock = mockModel(model)
    pay(mock, firstWith(mock, 'overdue'))
    const good = mock.snapshot()
    const bad: readonly unknown[] = [
      {},
      [],
      'x',
      null,
      { events: [] },
      { events: good.events.slice(1) },
      { events: 'x' },
      ...[
        { on: 'books', does: 'put', with: { seed: 1, invoices: 1e12, newest: 20_000 } },
        { on: 'clock', does: 'move', with: { today: 'x', ticks: 0 } },
        { on: 'invoice', does: 'amend', id: 1e9, at: 1, with: {} },
        { on: 'invoice', does: 'create', id: 3, at: 1, with: {} },
        { on: 'invoice', does: 'create', id: 4e12, at: 1, with: {} },
        { on: 'invoice', does: 'explode', id: 3, at: 1 },
        { on: 'invoice', does: 'amend', id: 3, at: 1, with: { paid: -5 } },
        { on: 'invoice', does: 'amend', id: 3, at: 1, with: { buyer: {} } },
        { on: 'scenarios', does: 'put', with: ['nonsense'] },
        { on: 'world', does: 'begin', with: [] },
        { on: 'key', does: 'put', id: 'x', with: { fingerprint: 'x', answer: { status: 200 } } },
        { on: 'toString', does: 'put' },
        { on: 'shop plans', does: 'put', id: 1, with: { item: deep(9000) } },
        null,
      ].map((event) => ({ events: [...good.events, event] })),
      JSON.parse('{"__proto__":{"events":[]}}'),
    ]
    for (const snapshot of bad) expect(() => mock.restore(snapshot as never)).toThrow('Failed to')
    expect(mock.snapshot()).toEqual(good)
  })

  it('let a claim be made again when its lease has run out', async () => {
    const mock = mockModel(builtIn('nuntiq'), { invoices: 40 })
    const client = clientOf(mock.model, mock.fetch)
    const claimed = async (): Promise<unknown[]> =>
      (await client.ask('claim', { body: { limit: 50 } })).root
        .list('claim.leases')
        .flatMap((lease) => lease.all('invoice.id').map(({ raw }) => raw))
    const first = await claimed()
    expect(first.length).toBeGreaterThan(0)
    expect(await claimed()).toEqual([])
    mock.clock('2026-01-16')
    expect(await claimed()).toEqual(first)
  })
})
