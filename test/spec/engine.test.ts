import { describe, expect, it } from 'vitest'
import { compile, engineOf } from '../../spec/index.ts'

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
})
