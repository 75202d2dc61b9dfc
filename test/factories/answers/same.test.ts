import { Ajv2020 } from 'ajv/dist/2020.js'
import { fullFormats } from 'ajv-formats/dist/formats.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { factoryOf } from '../../../factories/index.ts'
import { apiNames, builtIn, compile, optionals, parseDay } from '../../../spec/index.ts'
import type { Day, Model } from '../../../spec/index.ts'
import { satisfiable } from '../sample/schemas.ts'

const today = parseDay('2026-01-15') as Day
const ajv = new Ajv2020({
  strict: false,
  logger: false,
  ownProperties: true,
  validateSchema: false,
  formats: fullFormats,
})

/** A document that answers one invoice in the form of a schema. */
function modelOf(schema: unknown, representation: object): Model {
  const answers = {
    '200': {
      description: 'One.',
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Invoice' } } },
    },
  }
  const document = {
    openapi: '3.1.0',
    info: { title: 'Random', version: '1' },
    'x-representation': representation,
    paths: {
      '/invoices/{id}': {
        get: {
          operationId: 'get',
          'x-operation': 'get',
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
          responses: answers,
        },
      },
    },
    components: { schemas: { Invoice: schema } },
  }
  return compile(document, { name: 'random' })
}

/** Builds and writes some invoices of a schema; both must say the same, and satisfy it. */
function tryOut(
  schema: unknown,
  representation: { optional: (typeof optionals)[number]; absent: 'null' | 'omit' },
): void {
  const model = modelOf(schema, representation)
  const [builder, writer] = [
    factoryOf(model, { seed: 3, invoices: 20, today }),
    factoryOf(model, { seed: 3, invoices: 20, today }),
  ]
  const accepts = ajv.compile(
    typeof schema === 'boolean' ? schema : { ...(schema as object), components: model.document.components },
  )
  for (let index = 0; index < 3; index++) {
    const built: unknown = builder.build()
    expect(JSON.parse(writer.write())).toEqual(built)
    expect(accepts(built) ? [] : accepts.errors, JSON.stringify(built)).toEqual([])
  }
}

const representation = fc.record({
  optional: fc.constantFrom(...optionals),
  absent: fc.constantFrom<'null' | 'omit'>('null', 'omit'),
})

const text = { type: 'string' }
const number = { type: 'number' }
/** Places that carry roles, as documents write them. */
const bound: readonly object[] = [
  { ...text, 'x-role': 'invoice.number' },
  { ...text, maxLength: 7, 'x-role': 'buyer.name' },
  { type: ['string', 'null'], 'x-role': 'invoice.purchaseOrder' },
  { ...number, 'x-role': 'invoice.total' },
  { type: 'integer', 'x-role': { role: 'invoice.due', unit: 'minor' } },
  { ...text, 'x-role': { role: 'invoice.tax', as: 'string' } },
  { ...text, format: 'date', 'x-role': 'invoice.dueDate' },
  { anyOf: [{ ...text, format: 'date-time' }, { type: 'null' }], 'x-role': 'invoice.paidAt' },
  { type: ['boolean', 'null'], 'x-role': 'invoice.isDisputed' },
  {
    type: 'object',
    'x-role': 'invoice.buyer',
    required: ['name'],
    properties: {
      name: { ...text, 'x-role': 'party.name' },
      vat: { type: ['string', 'null'], 'x-role': 'party.taxId' },
      extra: text,
    },
  },
  {
    type: 'array',
    'x-role': 'invoice.lines',
    items: {
      type: 'object',
      properties: {
        net: { ...number, 'x-role': 'line.net' },
        text: { ...text, 'x-role': 'line.name' },
        remark: { type: ['string', 'null'] },
      },
    },
  },
  {
    type: 'array',
    'x-role': 'invoice.payments',
    items: {
      type: 'object',
      allOf: [{ properties: { amount: { ...number, 'x-role': 'payment.amount' } } }],
      required: ['amount'],
    },
  },
]

/** Names that are awkward in JSON or JavaScript, among plain ones. */
const names = [
  'id',
  'total',
  'lines',
  'buyer',
  'note',
  'a"b',
  'line\nbreak',
  '__proto__',
  'constructor',
  'größe',
  '\u2028',
  '2',
]

/** An object of places with roles, and of any others that have a value. */
const mixed = fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 8 }).chain((chosen) =>
  fc
    .record({
      places: fc.tuple(
        ...chosen.map(() =>
          fc.oneof(
            { weight: 3, arbitrary: fc.constantFrom(...bound) },
            { weight: 2, arbitrary: satisfiable.map(({ schema }) => schema) },
          ),
        ),
      ),
      required: fc.subarray(chosen),
    })
    .map(({ places, required }) => {
      const isPossible = (name: string): boolean => places[chosen.indexOf(name)] !== false
      // A literal would take `__proto__` for something else.
      const properties = Object.fromEntries(chosen.map((name, index) => [name, places[index]]))
      return { type: 'object', properties, required: required.filter(isPossible) }
    }),
)

describe('what is written', () => {
  it('is what is built, for any schema', () => {
    fc.assert(
      fc.property(satisfiable, representation, ({ schema }, how) => tryOut(schema, how)),
      { numRuns: 60 },
    )
  })

  it('is what is built, where some places carry roles and others do not', () => {
    fc.assert(
      fc.property(mixed, representation, (schema, how) => tryOut(schema, how)),
      { numRuns: 60 },
    )
  })

  it.each(apiNames)('is what is built, for every schema of %s that speaks of nothing but invoices', (name) => {
    const model = builtIn(name)
    const schemas = Object.keys((model.document.components as { schemas: object }).schemas)
    const spoken = schemas.filter((schema) => {
      try {
        const [builder, writer] = [
          factoryOf(model, { seed: 5, today, schema }),
          factoryOf(model, { seed: 5, today, schema }),
        ]
        for (let index = 0; index < 4; index++) expect(JSON.parse(writer.write())).toEqual(builder.build())
        return true
      } catch (error) {
        expect((error as Error).message).toContain('one that speaks of its')
        return false
      }
    })
    expect(spoken.length).toBeGreaterThan(2)
  })
})
