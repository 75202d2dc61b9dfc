import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { controlOf, Worlds } from '../../mocks/index.ts'
import { apiNames, builtIn } from '../../spec/index.ts'
import { patience } from '../support/patience.ts'

const models = apiNames.map((name) => builtIn(name))

/** Values that mean something where another one belongs, and values that mean nothing anywhere. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    5,
    0.1,
    1e21,
    1e308,
    -1e308,
    2 ** 53,
    '',
    ' ',
    '0',
    '121.00',
    '1e308',
    '9'.repeat(30),
  ),
  fc.constantFrom('overdue', 'paid', 'EUR', 'JPY', 'XXX', 'receivable', '__proto__', 'constructor', '\ud800', '\u0000'),
  fc.constantFrom('2026-01-15', '0000-01-01', '1969-12-31', '9999-12-31', '2026-02-30', '9999-12-31T23:59:59Z'),
  fc.constantFrom<unknown>([], {}, [[]], [{}], { events: [] }, { __proto__: { a: 1 } }, ['single'], [null]),
  fc.jsonValue(),
)
const line = fc.dictionary(
  fc.constantFrom('name', 'quantity', 'price', 'allowance', 'net', 'taxRate', 'unit', 'else'),
  odd,
)
const names = {
  '/clock': ['today'],
  '/reset': ['seed', 'invoices', 'today', 'scenario', 'all'],
  '/scenario': ['name'],
  '/restore': ['events', 'order'],
  '/snapshot': ['events'],
  '/invoices': ['id', 'number', 'currency', 'exchangeRate', 'status', 'intake', 'direction', 'buyer', 'issueDate', 'dueDate', 'periodStart', 'periodEnd', 'promisedDate', 'paidAt', 'voidedAt', 'uncollectibleAt', 'isDisputed', 'note', 'lines', 'lineTotal', 'allowances', 'charges', 'subtotal', 'tax', 'total', 'paid', 'due', 'traits'],
} as const // prettier-ignore
const events = fc.array(
  fc.record({
    on: fc.constantFrom(
      'books',
      'clock',
      'invoice',
      'scenarios',
      'message',
      'lease',
      'key',
      'world',
      'stuut customers',
    ),
    does: fc.constantFrom('put', 'move', 'tick', 'create', 'amend', 'intake', 'delete', 'post', 'begin'),
    id: fc.oneof(fc.nat(50), odd),
    at: fc.oneof(fc.constant(1_768_500_000), odd),
    with: fc.oneof(
      odd,
      fc.dictionary(
        fc.constantFrom('seed', 'invoices', 'newest', 'today', 'ticks', 'item', 'total', 'lines', 'status'),
        odd,
      ),
    ),
  }),
  { maxLength: 5 },
)
const call = fc.constantFrom(...(Object.keys(names) as (keyof typeof names)[])).chain((path) =>
  fc.record({
    path: fc.constant(path),
    body: fc
      .oneof(
        {
          weight: 6,
          arbitrary: fc.dictionary(
            fc.constantFrom<string>(...names[path]),
            path === '/invoices' ? fc.oneof(odd, fc.array(line, { maxLength: 3 })) : odd,
            { maxKeys: 4 },
          ),
        },
        { weight: 2, arbitrary: fc.record({ events }) },
        { weight: 1, arbitrary: odd },
      )
      .map((body) => JSON.stringify(body) ?? ''),
  }),
)
const nested = ['[', '{"today":', '{"id":', '{"events":['].map((open) => open.repeat(100_000))
const closed = ['[', '{"today":', '{"id":', '{"events":[{"with":'].map(
  (open, index) =>
    `${['{"name":', '', '', ''][index]}${open.repeat(20_000)}1${[']', '}', '}', '}]}'][index]?.repeat(20_000)}${index === 0 ? '}' : ''}`,
)

/** Returns the status that a control call is answered with. */
async function statusOf(worlds: Worlds, path: string, body: string): Promise<number> {
  const headers = { 'content-type': 'application/json' }
  const request = new Request(`http://localhost/__proforma${path}`, { method: 'POST', body, headers })
  return (await controlOf(worlds, { models: () => models })(request)).status
}

it(
  'a control call is answered, whatever it says, and the world still answers after it',
  async () => {
    const seen = new Map<string, Set<number>>()
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 4 }), async (calls) => {
        const worlds = new Worlds({ invoices: 20 })
        for (const { path, body } of calls) {
          const status = await statusOf(worlds, path, body)
          seen.set(path, (seen.get(path) ?? new Set()).add(status))
          expect([path, body, status < 500]).toEqual([path, body, true])
        }
        expect(await statusOf(worlds, '/invoices', '{"total":"121.00","currency":"EUR"}')).toBe(200)
        const { business } = worlds.first
        const totals = Array.from({ length: 20 }, (_, index) => business.find(index)?.total ?? 0)
        expect(totals.filter((total) => !Number.isSafeInteger(total))).toEqual([])
      }),
      { numRuns: Number(process.env.RUNS ?? 60) },
    )
    expect(new Set([...seen.values()].flatMap((statuses) => [...statuses]))).toEqual(new Set([200, 400]))
  },
  patience,
)

it.each(Object.keys(names))('a control call of %s that nests without end is refused', async (path) => {
  const worlds = new Worlds({ invoices: 20 })
  for (const body of [...nested, ...closed]) {
    const status = await statusOf(worlds, path, body)
    expect([body.slice(0, 40), status >= 400 && status < 500]).toEqual([body.slice(0, 40), true])
  }
})

it.each([
  ['/clock', { today: 5 }],
  ['/clock', { today: '9999-12-31' }],
  ['/clock', { today: '1969-12-31' }],
  ['/reset', { today: 5 }],
  ['/reset', { today: '9999-12-31' }],
  ['/invoices', { total: 1e308 }],
  ['/invoices', { lines: [{ price: '1e300' }] }],
  ['/invoices', { lines: [{ quantity: 1e308 }] }],
  ['/invoices', { dueDate: '9999-12-31' }],
  ['/invoices', { buyer: 2 ** 53 }],
])('%s refuses %o', async (path, body) => {
  expect(await statusOf(new Worlds({ invoices: 20 }), path, JSON.stringify(body))).toBe(400)
})
