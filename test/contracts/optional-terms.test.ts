import { describe, expect, it } from 'vitest'
import { judge, laws } from '../../contracts/index.ts'
import type { Law, Verdict } from '../../contracts/index.ts'
import { compile, parseDay } from '../../spec/index.ts'
import type { Model } from '../../spec/index.ts'

type Json = Record<string, any>

const today = parseDay('2026-03-01') as number
const pageSchema = '/components/schemas/Page'

/** Lists inside an invoice, and what their items are. */
const lists: Readonly<Record<string, string>> = {
  'invoice.lines': 'line',
  'invoice.taxes': 'tax',
  'invoice.allowanceList': 'allowance',
  'invoice.chargeList': 'charge',
  'invoice.payments': 'payment',
}

/** Returns the model of a page of invoices that has places for some roles; each property is called as its role. */
function modelOf(roles: ReadonlySet<string>): Model {
  const places = (entity: string): Json =>
    Object.fromEntries(
      [...roles]
        .filter((role) => role.startsWith(`${entity}.`) && !(role in lists) && role !== 'page.items')
        .map((role) => [role, { 'x-role': role }]),
    )
  const list = (role: string, items: Json): Json => ({ type: 'array', 'x-role': role, items })
  const held = Object.entries(lists)
    .filter(([role, entity]) => roles.has(role) || Object.keys(places(entity)).length > 0)
    .map(([role, entity]) => [role, list(role, { properties: places(entity) })])
  const invoice = { 'x-role': 'invoice', properties: { ...places('invoice'), ...Object.fromEntries(held) } }
  const Page = { properties: { ...places('page'), 'page.items': list('page.items', invoice) } }
  const content = { 'application/json': { schema: { $ref: `#${pageSchema}` } } }
  return compile(
    {
      openapi: '3.1.0',
      info: { title: 'x', version: '1' },
      'x-representation': { amount: 'major' },
      components: { schemas: { Page } },
      paths: { '/': { get: { responses: { 200: { description: '', content } } } } },
    },
    { name: 'x' },
  )
}

/** Returns a page of one invoice that adds up, of what a document has places for, without the terms that are left out. */
function pageOf(bound: ReadonlySet<string>, left: ReadonlySet<string>): Json {
  const has = (role: string): boolean => bound.has(role) && !left.has(role)
  const only = (values: Json): Json => Object.fromEntries(Object.entries(values).filter(([role]) => has(role)))
  const optional = (role: string, value: number): number => (has(role) ? value : 0)
  // Whoever leaves the amount of a tax out owes none.
  const isTaxed =
    ['invoice.tax', 'tax.amount', 'line.tax', 'tax.rate', 'line.taxRate'].some((role) => bound.has(role)) &&
    !['invoice.tax', 'line.tax'].some((role) => bound.has(role) && left.has(role)) &&
    (has('tax.rate') || !bound.has('tax.rate'))
  const rate = isTaxed ? 20 : 0

  const priced = 600 / (has('line.baseQuantity') ? 5 : 1)
  const allowed = has('line.allowance') || has('line.allowanceRate') ? priced / 10 : 0
  const net = priced - allowed + optional('line.charge', 5)
  const allowances = optional('invoice.allowances', 50)
  const charges = optional('invoice.charges', 10)
  const subtotal = net - allowances + charges
  const taxed = (subtotal * rate) / 100
  // The lines share the invoice's tax among them.
  const isGross = bound.has('line.priceWithTax')
  const tax = isGross ? net - net / (1 + rate / 100) : taxed
  const line = only({
    'line.quantity': 10,
    'line.price': 60,
    'line.priceWithTax': 60,
    'line.baseQuantity': 5,
    'line.allowance': allowed,
    'line.allowanceRate': 10,
    'line.charge': 5,
    'line.net': isGross ? net - tax : net,
    'line.tax': tax,
    'line.total': isGross ? net : net + tax,
    'line.taxRate': rate,
    'line.taxCategory': 'S',
  })
  const surcharge = has('tax.surcharge') && bound.has('tax.amount') ? subtotal / 20 : 0
  const total = subtotal + taxed + surcharge
  const withheld = optional('invoice.withheld', 20)
  const paid = bound.has('invoice.paid') ? optional('invoice.paid', 100) : 100
  const rounding = optional('invoice.rounding', 0.25)
  const part = (name: string, amount: number): readonly [string, readonly Json[]] => [
    `invoice.${name}List`,
    [only({ [`${name}.amount`]: amount, [`${name}.taxRate`]: rate })],
  ]
  const held = Object.fromEntries<readonly Json[]>([
    ['invoice.lines', [line]],
    [
      'invoice.taxes',
      [
        only({
          'tax.base': subtotal,
          'tax.rate': rate,
          'tax.amount': taxed,
          'tax.category': rate === 0 ? 'Z' : 'S',
          'tax.surcharge': surcharge,
          'tax.surchargeRate': 5,
        }),
      ],
    ],
    part('allowance', allowances),
    part('charge', charges),
    ['invoice.payments', [only({ 'payment.amount': paid, 'payment.status': 'settled' })]],
  ])
  const invoice = {
    ...only({
      'invoice.id': 'inv_1',
      'invoice.lineTotal': net,
      'invoice.allowances': allowances,
      'invoice.charges': charges,
      'invoice.subtotal': subtotal,
      'invoice.tax': taxed + surcharge,
      'invoice.taxCurrency': 'SEK',
      'invoice.taxInTaxCurrency': rate === 0 ? 0 : 1000,
      'invoice.total': total,
      'invoice.payable': total - withheld,
      'invoice.withheld': withheld,
      'invoice.paid': paid,
      'invoice.rounding': rounding,
      'invoice.due': total - withheld - paid + rounding,
      'invoice.dueDate': '2026-03-31',
      'invoice.status': 'open',
      'invoice.isPaid': false,
    }),
    ...Object.fromEntries(
      Object.entries(held).filter(
        ([role]) => has(role) || [...bound].some((each) => each.startsWith(`${lists[role]}.`)),
      ),
    ),
  }
  const pages = has('page.next') ? 3 : 1
  const counts = {
    'page.number': 1,
    'page.size': 1,
    'page.total': pages,
    'page.count': 1,
    'page.pages': pages,
    'page.next': 2,
  }
  return { ...only(counts), 'page.items': [invoice] }
}

/** Returns bodies in which one value is another. */
function* mistakes(body: unknown): Generator {
  if (typeof body === 'number') yield* [body + 1, -body]
  else if (typeof body === 'boolean') yield !body
  else if (body === 'open') yield 'paid'
  else if (body === 'S') yield 'AE'
  else if (Array.isArray(body))
    for (const [index, item] of body.entries()) for (const wrong of mistakes(item)) yield body.with(index, wrong)
  else if (typeof body === 'object' && body !== null)
    for (const [name, value] of Object.entries(body))
      for (const wrong of mistakes(value)) yield { ...body, [name]: wrong }
}

/** Every way to take one of each need. */
const choicesOf = ({ needs }: Law): readonly (readonly string[])[] =>
  needs.reduce<readonly (readonly string[])[]>(
    (choices, need) => choices.flatMap((choice) => [need].flat().map((role) => [...choice, role])),
    [[]],
  )

/** Terms that EN 16931 demands of every invoice (BT-106, 109, 112, 115, 131), and the status: where they are missing, nothing stands in for them. */
const demanded = new Set(['invoice.total', 'invoice.due', 'line.net', 'line.quantity', 'payment.status'])
/** Optional terms that laws need a place for: BT-107, 108 and 113. */
const needed = ['invoice.allowances', 'invoice.charges', 'invoice.paid']

const rows = laws.flatMap((law) =>
  law.uses === undefined
    ? []
    : choicesOf(law).flatMap((choice) => {
        if (choice.includes('page.messages')) return []
        const optional = [
          ...(law.uses ?? []).filter((role) => !demanded.has(role) && !choice.includes(role)),
          ...needed.filter((role) => choice.includes(role)),
        ]
        const bound = new Set([...choice, ...(law.uses ?? [])])
        const cases: readonly (readonly [string, readonly string[]])[] = [
          ['nothing', []],
          ...optional.map((role) => [role, [role]] as const),
          // A page that says nothing of itself cannot be wrong.
          ...(optional.length > 1 && law.about !== 'page' ? [['whatever is optional', optional] as const] : []),
        ]
        return cases.map(([missing, left]) => ({ law, missing, choice, bound, left: new Set(left) }))
      }),
)

describe('a law whose document has places for optional terms', () => {
  it.each(rows.map((row) => ({ ...row, code: row.law.code, by: row.choice.join(', ') })))(
    '$code is judged, and holds or falls, where $missing is left out (by $by)',
    ({ code, bound, left }) => {
      const model = modelOf(bound)
      const verdict = (body: unknown): Verdict => judge(model, pageSchema, body, { today })
      const body = pageOf(bound, left)
      expect(verdict(body).violations.map((found) => `${found.code} ${found.pointer} ${found.expected}`)).toEqual([])
      expect(Object.keys(verdict(body).applied), JSON.stringify(body)).toContain(code)
      const fallen = [...mistakes(body)].flatMap((wrong) => verdict(wrong).violations.map((found) => found.code))
      expect(fallen, JSON.stringify(body)).toContain(code)
    },
  )
})
