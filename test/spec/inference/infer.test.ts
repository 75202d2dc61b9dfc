import { describe, expect, it } from 'vitest'
import { compile } from '../../../spec/index.ts'
import type { Inferred } from '../../../spec/index.ts'
import { infer } from '../../../spec/inference/infer.ts'

type Schema = Record<string, unknown>

const text = { type: 'string' }
const number = { type: 'number' }
const integer = { type: 'integer' }
const day = { type: 'string', format: 'date' }

/** A document with a list and an item of one thing. */
function documentOf(path: string, invoice: Schema, { example, more = {} }: { example?: unknown; more?: Schema } = {}) {
  const schema = { $ref: '#/components/schemas/Thing' }
  const answer = (body: Schema) => ({
    200: {
      description: 'ok',
      content: { 'application/json': { schema: body, ...(example !== undefined && { example }) } },
    },
  })
  return compile(
    {
      openapi: '3.1.0',
      info: { title: 'Another', version: '1' },
      paths: {
        [path]: { get: { operationId: 'list', responses: answer({ type: 'array', items: schema }) } },
        [`${path}/{id}`]: {
          get: {
            operationId: 'get',
            parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
            responses: answer(schema),
          },
        },
      },
      components: { schemas: { Thing: { type: 'object', properties: invoice }, ...more } },
    },
    { name: 'another' },
  )
}

const rolesIn = ({ bindings }: Inferred): Record<string, string> =>
  Object.fromEntries(
    bindings.map(({ pointer, annotation }) => [
      pointer.replace('/components/schemas/', '').replaceAll('/properties/', '.').replace('/items', '[]'),
      annotation.role,
    ]),
  )

const bindingOf = (inferred: Inferred, property: string) =>
  inferred.bindings.find(({ pointer }) => pointer.endsWith(`/properties/${property}`))

const english = {
  id: text,
  number: text,
  issue_date: day,
  due_date: day,
  currency: text,
  subtotal: number,
  tax_amount: number,
  total: number,
  amount_paid: number,
  balance: number,
}

describe('roles of a document without any', () => {
  it('are found by the words of its names', () => {
    expect(rolesIn(infer(documentOf('/invoices', english)))).toMatchObject({
      'Thing.id': 'invoice.id',
      'Thing.number': 'invoice.number',
      'Thing.issue_date': 'invoice.issueDate',
      'Thing.due_date': 'invoice.dueDate',
      'Thing.currency': 'invoice.currency',
      'Thing.subtotal': 'invoice.subtotal',
      'Thing.tax_amount': 'invoice.tax',
      'Thing.total': 'invoice.total',
      'Thing.amount_paid': 'invoice.paid',
      'Thing.balance': 'invoice.due',
    })
  })

  const sums = ['invoice.subtotal', 'invoice.tax', 'invoice.total', 'invoice.dueDate', 'invoice.number'] as const
  it.each([
    [
      'German',
      '/rechnungen',
      ['nettobetrag', 'mehrwertsteuer', 'gesamtbetrag', 'faelligkeitsdatum', 'rechnungsnummer'],
    ],
    ['French', '/factures', ['montant_ht', 'montant_tva', 'montant_ttc', 'date_echeance', 'numero']],
    ['Spanish', '/facturas', ['base_imponible', 'importe_iva', 'importe_total', 'fecha_vencimiento', 'numero_factura']],
    ['Italian', '/fatture', ['imponibile', 'importo_iva', 'totale', 'data_scadenza', 'numero']],
    ['Dutch', '/facturen', ['totaal_excl_btw', 'btw_bedrag', 'totaal_incl_btw', 'vervaldatum', 'factuurnummer']],
  ])('are found in %s', (_, path, names) => {
    const types = [number, number, number, day, text]
    const properties = Object.fromEntries(names.map((name, index) => [name, types[index] as Schema]))
    const found = rolesIn(infer(documentOf(path, properties)))
    expect(names.map((name) => found[`Thing.${name}`])).toEqual(sums)
  })

  it('say which amounts are of the minor unit', () => {
    const found = infer(
      documentOf('/invoices', {
        ...english,
        subtotal: integer,
        total: text,
        tax_amount: { ...number, description: 'In cents.' },
      }),
    )
    expect(bindingOf(found, 'subtotal')?.annotation.unit).toBe('minor')
    expect(bindingOf(found, 'total')?.annotation.unit).toBe('major')
    expect(bindingOf(found, 'tax_amount')?.annotation.unit).toBe('minor')
  })

  it('know an amount that stands in an object with its currency', () => {
    const money = { type: 'object', properties: { value: text, currency_code: text } }
    const found = infer(
      documentOf('/bills', { ...english, total: { $ref: '#/components/schemas/Money' } }, { more: { Money: money } }),
    )
    expect(bindingOf(found, 'total')).toMatchObject({
      annotation: { role: 'invoice.total' },
      money: { amount: 'value', currency: 'currency_code' },
    })
  })

  it('map the words of a state, numbers by what the description calls them', () => {
    const words = { type: 'string', enum: ['DRAFT', 'SENT', 'PAID', 'PAST_DUE', 'CANCELLED'] }
    expect(
      bindingOf(infer(documentOf('/invoices', { ...english, status: words })), 'status')?.annotation.values,
    ).toMatchObject({
      draft: 'DRAFT',
      open: 'SENT',
      paid: 'PAID',
      overdue: 'PAST_DUE',
      void: 'CANCELLED',
      uncollectible: 'PAST_DUE',
    })
    const codes = { type: 'integer', description: '100: Draft, 200: Open, 1000: Paid' }
    expect(
      bindingOf(infer(documentOf('/invoices', { ...english, status: codes })), 'status')?.annotation.values,
    ).toMatchObject({
      draft: 100,
      open: 200,
      paid: 1000,
    })
  })

  it('are settled by what holds in an example', () => {
    const lines = {
      type: 'array',
      items: { type: 'object', properties: { quantity: number, unit_price: number, total: number, tax_rate: number } },
    }
    const example = {
      ...Object.fromEntries(Object.keys(english).map((name) => [name, 'x'])),
      lines: [{ quantity: 2, unit_price: 50, tax_rate: 20, total: 120 }],
    }
    const gross = infer(documentOf('/invoices', { ...english, lines }, { example: [example] }))
    const net = infer(
      documentOf(
        '/invoices',
        { ...english, lines },
        { example: [{ ...example, lines: [{ quantity: 2, unit_price: 50, tax_rate: 20, total: 100 }] }] },
      ),
    )
    const roleOf = ({ bindings }: Inferred) =>
      bindings.find(({ path }) => path?.join('.') === 'lines.*.total')?.annotation.role
    expect(roleOf(net)).toBe('line.net')
    expect(roleOf(gross)).toBe('line.total')
  })

  it('tell the amount that is asked for from the amount that is still owed', () => {
    const found = rolesIn(
      infer(documentOf('/invoices', { ...english, amount_due: number, balance: undefined, amount_remaining: number })),
    )
    expect(found['Thing.amount_due']).toBe('invoice.payable')
    expect(found['Thing.amount_remaining']).toBe('invoice.due')
  })

  it('are asked about where a name says more than rules know', () => {
    const { bindings, questions } = infer(documentOf('/invoices', { ...english, withholding_total: number }))
    expect(bindings.some(({ pointer }) => pointer.endsWith('withholding_total'))).toBe(false)
    expect(questions).toContainEqual(expect.objectContaining({ name: 'withholding_total' }))
  })

  it('are none where a document has no invoices', () => {
    expect(infer(documentOf('/pets', { id: text, name: text }))).toEqual({
      roots: [],
      bindings: [],
      operations: [],
      questions: [],
      unbound: [],
    })
  })
})
