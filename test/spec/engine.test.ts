import { describe, expect, it } from 'vitest'
import { compile, engineOf } from '../../spec/index.ts'
import { patience } from '../support/patience.ts'

const modelOf = (schemas: object, openapi = '3.1.0') =>
  compile({ openapi, info: { title: 'x', version: '1' }, paths: {}, components: { schemas } }, { name: 'x' })

function verdicts(schemas: object, values: readonly unknown[], direction: 'request' | 'response' = 'response') {
  const { document } = modelOf(schemas, 'nullable' in (schemas as { Body: object }).Body ? '3.0.3' : '3.1.0')
  return values.filter((value) => engineOf(document, { direction }).at('/components/schemas/Body').accepts(value))
}

const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const tagged = { type: 'object', required: ['type'], properties: { type: { type: 'string' } } }

describe('an engine', () => {
  it.each<[string, object, readonly unknown[], readonly unknown[]]>([
    ['whole numbers of 32 bits', { format: 'int32' }, [3_000_000_000, 1.5, -(2 ** 31)], [-(2 ** 31)]],
    ['whole numbers of 8 bits', { format: 'uint8' }, [-1, 255, 256], [255]],
    ['whole numbers of 64 bits', { format: 'int64' }, [2 ** 60, 1e19, 0.5], [2 ** 60]],
    ['decimals', { multipleOf: 0.01 }, [19.99, 1.13, 1.135, 1e300], [19.99, 1.13, 1e300]],
    ['decimal texts', { format: 'decimal' }, ['1.50', '-3', 'abc'], ['1.50', '-3']],
    ['e-mail', { format: 'email' }, ['a@b', 'a@b.co', 'jörg@example.com'], ['a@b.co']],
    ['international e-mail', { format: 'idn-email' }, ['a@b', 'jörg@example.com'], ['jörg@example.com']],
    ['base64', { format: 'byte' }, ['YQ', 'YQ=='], ['YQ==']],
    ['formats that nobody knows', { format: 'shoe-size' }, ['x', 1], ['x', 1]],
    ['a nullable object with parts', { type: 'object', allOf: [{}], nullable: true }, [null, {}, 1], [null, {}]],
    ['nothing', { enum: [] }, [null, 1], []],
    [
      'names that every object has',
      { required: ['constructor'] },
      [{}, { constructor: 1 }, 1],
      [{ constructor: 1 }, 1],
    ],
    [
      'dependencies of earlier drafts',
      { dependencies: { a: { required: ['b'] } } },
      [{ a: 1 }, { a: 1, b: 1 }],
      [{ a: 1, b: 1 }],
    ],
  ])('judges %s', (_, schema, values, right) => {
    expect(verdicts({ Body: schema }, values)).toEqual(right)
  })

  it('lets the tag choose among branches that overlap, and null stand beside them', () => {
    const Body = {
      oneOf: [reference('Card'), reference('Sepa'), { type: 'null' }],
      discriminator: { propertyName: 'type', mapping: { card: '#/components/schemas/Card', sepa: 'Sepa' } },
    }
    const Sepa = { ...tagged, properties: { ...tagged.properties, iban: { type: 'string' } } }
    const good = [{ type: 'card' }, { type: 'sepa', iban: 'X' }, null]
    const bad = [{ type: 'cash' }, { type: 'sepa', iban: 1 }, {}, 'card']
    expect(verdicts({ Body, Card: tagged, Sepa }, [...good, ...bad])).toEqual(good)
  })

  it('holds a value of a schema with a discriminator against the heir that its tag names, and the heir against itself', () => {
    const Base = { ...tagged, discriminator: { propertyName: 'type', mapping: { inv: 'Invoice' } } }
    const Invoice = { allOf: [reference('Base'), { required: ['total'] }] }
    const values = [{ type: 'inv', total: 1 }, { type: 'inv' }, { type: 'Note' }, { type: 'x' }]
    const Note = { allOf: [reference('Base')] }
    expect(verdicts({ Body: reference('Base'), Base, Invoice, Note }, values)).toEqual([values[0], values[2]])
    expect(verdicts({ Body: reference('Invoice'), Base, Invoice, Note }, [...values, { type: 'x', total: 1 }])).toEqual(
      [values[0], { type: 'x', total: 1 }],
    )
  })

  it('asks for properties in their direction only, wherever that is said', () => {
    const schemas = {
      Body: { allOf: [reference('Parts'), { required: ['id', 'secret'] }] },
      Parts: {
        required: ['id', 'name'],
        properties: { id: { allOf: [{ readOnly: true }, { type: 'string' }] }, secret: reference('Secret') },
      },
      Secret: { type: 'string', writeOnly: true },
    }
    const values = [{ name: 'a', secret: 'b' }, { name: 'a', id: 'c' }, { name: 'a' }]
    expect(verdicts(schemas, values, 'request')).toEqual([values[0]])
    expect(verdicts(schemas, values, 'response')).toEqual([values[1]])
  })

  it('says what was asked for, where, and where in the document that stands', () => {
    const { document } = modelOf({
      Body: { properties: { list: { items: reference('Item') } }, required: ['id'] },
      Item: { anyOf: [{ type: 'string', format: 'date' }, { type: 'null' }] },
    })
    const { errors } = engineOf(document, { direction: 'response' }).at('/components/schemas/Body')
    expect(errors({ list: ['2026-02-30', 1] })).toEqual([
      { pointer: '/id', keyword: 'required', asked: true, home: '/components/schemas/Body' },
      { pointer: '/list/0', keyword: 'format', asked: 'date', home: '/components/schemas/Item' },
      { pointer: '/list/1', keyword: 'type', asked: ['string', 'null'], home: '/components/schemas/Item' },
    ])
  })

  const many = 100_000
  const objects = Array.from({ length: many }, (_, id) => ({ id, of: [id] }))
  it.each<[string, object, unknown, boolean]>([
    ['items that differ', { uniqueItems: true }, objects, true],
    ['items of which two are equal', { uniqueItems: true }, [...objects, { of: [7], id: 7 }], false],
    ['words of a long list', { items: { enum: objects } }, objects.toReversed(), true],
    ['a word that a long list lacks', { items: { enum: objects } }, [...objects, { id: 7, of: [8] }], false],
    [
      'texts of a long list',
      { items: { enum: objects.map(({ id }) => `${id}`) } },
      objects.map(({ id }) => `${id}`),
      true,
    ],
    [
      'choices of which none fits',
      { items: { anyOf: [{ type: 'string', minLength: 2 }, { type: 'null' }] } },
      objects,
      false,
    ],
  ])(
    'judges %s in time proportional to them',
    (_, Body, value, fits) => {
      const { document } = modelOf({ Body })
      const check = engineOf(document, { direction: 'request' }).at('/components/schemas/Body')
      expect([check.accepts(value), check.errors(value).length > 0]).toEqual([fits, !fits])
    },
    patience,
  )

  it('tells numbers, texts and members in any order apart as JSON does', () => {
    const lists = [
      [1, '1', true, null, [1], ['1'], { a: 1, b: 2 }, { a: 1 }],
      [1, 1],
      [
        { a: 1, b: [] },
        { b: [], a: 1 },
      ],
      [0, -0],
      [
        [1, [2]],
        [1, [2]],
      ],
    ]
    expect(verdicts({ Body: { uniqueItems: true } }, lists)).toEqual([lists[0]])
    expect(verdicts({ Body: { uniqueItems: false } }, lists)).toEqual(lists)
  })

  it(
    'gives up a value that references ask about again and again',
    () => {
      const next = { properties: { next: reference('Body') } }
      const { document } = modelOf({
        Body: { anyOf: [{ ...next, required: ['a'] }, { ...next, required: ['b'] }, { type: 'object' }] },
      })
      const nested = (depth: number): unknown => (depth === 0 ? {} : { next: nested(depth - 1) })
      const { accepts } = engineOf(document, { direction: 'request' }).at('/components/schemas/Body')
      expect(accepts(nested(10))).toBe(true)
      expect(() => accepts(nested(60))).toThrow('at most 50000000 steps but received more')
    },
    patience,
  )
})
