import { describe, expect, it } from 'vitest'
import { conformance, judge } from '../../contracts/index.ts'
import { mockModel, scenarios } from '../../mocks/index.ts'
import type { ScenarioName } from '../../mocks/index.ts'
import { apiNames, builtIn } from '../../spec/index.ts'
import { lawsHeld } from '../support/laws-held.ts'
import { clientOf, pathParameter } from '../support/client.ts'
import type { Answered, Client } from '../support/client.ts'

const books = (Object.keys(scenarios) as ScenarioName[]).filter(
  (name) => 'constraints' in scenarios[name] || 'invoices' in scenarios[name],
)
const small = books.filter((name) => name !== 'huge')

/** A page of invoices, or those that a claim hands out one by one. */
async function look(client: Client): Promise<readonly Answered[]> {
  const list = client.find('list')
  if (list) {
    const size = list.parameters.find(({ binding }) => binding?.role === 'page.size')
    return [await client.ask(list, { values: size ? { [size.name]: 25 } : {} })]
  }
  const { root } = await client.ask('claim', { body: { limit: 15 } })
  const get = client.find('get')
  return get
    ? Promise.all(
        root
          .list('claim.leases')
          .flatMap((lease) => lease.all('invoice.id'))
          .map(({ raw }) => client.ask(get, { values: { [pathParameter(get).name]: raw } })),
      )
    : []
}

describe.each(apiNames)('%s', (name) => {
  const model = builtIn(name)

  it.each(small)('holds every law and its schema when %s', async (scenario) => {
    const mock = mockModel(model, { scenario, invoices: 80 })
    const answers = await look(clientOf(model, mock.fetch))
    const judged = new Set<string>()
    if (scenario !== 'empty' && scenario !== 'single')
      expect(answers.flatMap(({ invoices }) => invoices).length).toBeGreaterThan(5)
    for (const { operation, status, json, text, headers, schema } of answers) {
      expect(status).toBe(200)
      for (const code of lawsHeld(judge(model, schema as string, json, { today: mock.business.today })))
        judged.add(code)
      expect(conformance(model).response(operation, { status, headers, body: text })).toEqual([])
    }
    // Where there is no invoice, there is no sum.
    if (answers.some(({ invoices }) => invoices.length > 0))
      expect([...judged]).toEqual(expect.arrayContaining(['BR-CO-10', 'PF-DATES']))
  })

  it('breaks its schema when malformed, each time, in many ways', async () => {
    const mock = mockModel(model, { scenario: 'malformed', invoices: 30 })
    const client = clientOf(model, mock.fetch)
    const operation = client.find('list') ?? client.find('claim') ?? model.operations[0]
    const size = operation?.parameters.find(({ binding }) => binding?.role === 'page.size')
    const seen = new Set<string>()
    for (let count = 0; count < 12; count++) {
      mock.business.reset()
      const values = size ? { [size.name]: 2 } : {}
      const response = await mock.fetch(
        client.requestFor(operation as never, operation?.does === 'claim' ? { body: { limit: 2 } } : { values }),
      )
      const body = await response.text()
      const violations = conformance(model).response(operation as never, {
        status: response.status,
        headers: response.headers,
        body,
      })
      expect(violations.length, body.slice(0, 200)).toBeGreaterThan(0)
      seen.add(JSON.stringify(violations.map(({ code, pointer }) => [code, pointer])))
    }
    expect(seen.size).toBeGreaterThan(3)
  })
})

describe('the books', () => {
  const model = builtIn('stuut')
  const entriesOf = (scenario: string, invoices = 200) => {
    const { business } = mockModel(model, { scenario, invoices })
    return Array.from({ length: business.ledger.size }, (_, index) => business.find(index))
  }

  it('are all overdue, long and short, some with a part paid', () => {
    const entries = entriesOf('overdue')
    expect(new Set(entries.map((entry) => entry?.status))).toEqual(new Set(['overdue']))
    const days = entries.map((entry) => (entry?.today ?? 0) - (entry?.dueDate ?? 0))
    expect([Math.min(...days) < 20, Math.max(...days) > 120, entries.some((entry) => entry && entry.paid > 0)]).toEqual(
      [true, true, true],
    )
  })

  it('are all paid in part, by shares that differ', () => {
    const shares = entriesOf('partially-paid').map((entry) => (entry ? entry.paid / entry.total : 0))
    expect(shares.every((share) => share > 0.05 && share < 0.95)).toBe(true)
    expect(new Set(shares.map((share) => Math.round(share * 10))).size).toBeGreaterThan(6)
  })

  it('are all disputed', () => {
    expect(
      entriesOf('disputed').every((entry) => entry?.isDisputed && ['open', 'overdue'].includes(entry.status)),
    ).toBe(true)
  })

  it('are in many currencies, none of which has most', () => {
    const currencies = entriesOf('multi-currency').map((entry) => entry?.currency)
    const counts = [...new Set(currencies)].map((currency) => currencies.filter((one) => one === currency).length)
    expect([counts.length, Math.max(...counts) < 100]).toEqual([8, true])
  })

  it('hold a million when huge, and answer at once', async () => {
    const mock = mockModel(model, { scenario: 'huge' })
    expect(mock.business.ledger.size).toBe(1_000_000)
    expect(mock.business.find(999_999)?.index).toBe(999_999)
  })

  it('follow the clock: what was overdue was open before', () => {
    const mock = mockModel(model, { scenario: 'overdue', invoices: 50 })
    const due = mock.business.find(49)?.dueDate as number
    mock.clock(due)
    expect(mock.business.find(49)?.status).toBe('open')
  })
})

describe('a test that uses a scenario', () => {
  it('puts everything back afterwards', () => {
    const mock = mockModel(builtIn('stuut'), { invoices: 30 })
    mock.business.create({ lines: [{ name: 'Anvil', price: 100 }] })
    const before = mock.snapshot()
    const undo = mock.use('overdue')
    expect(mock.business.find(3)?.status).toBe('overdue')
    expect(mock.business.find(30)).toBeUndefined()
    undo()
    expect(mock.snapshot()).toEqual(before)
  })

  it('keeps what happened under faults', async () => {
    const mock = mockModel(builtIn('stuut'), { invoices: 30 })
    const undo = mock.use('server-error')
    expect((await clientOf(mock.model, mock.fetch).ask('list')).status).toBe(500)
    mock.business.create({ lines: [{ name: 'Anvil', price: 100 }] })
    undo()
    expect((await clientOf(mock.model, mock.fetch).ask('list')).root.first('page.total')?.raw).toBe(31)
  })

  it('knows scenarios of one’s own', () => {
    const mock = mockModel(builtIn('stuut'), { scenarios: { tiny: { says: 'Three invoices.', invoices: 3 } } })
    mock.use('tiny')
    expect(mock.business.ledger.size).toBe(3)
    expect(() => mock.use('tyny')).toThrow('Did you mean "tiny"?')
    mock.reset()
    expect(mock.business.ledger.size).toBe(250)
  })
})
