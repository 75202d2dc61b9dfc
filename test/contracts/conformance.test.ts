import { describe, expect, it } from 'vitest'
import { conformance } from '../../contracts/index.ts'
import { compile, operationOf } from '../../spec/index.ts'
import type { Model } from '../../spec/index.ts'

const json = (schema: object): object => ({ 'application/json': { schema } })

/** Returns a model with these schemas, and an operation that answers with `Body` or as given. */
function modelOf(
  schemas: object,
  responses: object = { 200: { description: '', content: json({ $ref: '#/components/schemas/Body' }) } },
): Model {
  const document = {
    openapi: '3.1.0',
    info: { title: 'x', version: '1' },
    components: { schemas },
    paths: { '/things/{id}': { get: { operationId: 'getThing', responses } } },
  }
  return compile(document, {
    name: 'x',
    locate: (pointer) => ({ file: 'x.yaml', line: pointer.split('/').length, column: 1 }),
  })
}

const fallen = (schemas: object, value: unknown): string[] =>
  conformance(modelOf(schemas))
    .body('/components/schemas/Body', value)
    .map(({ pointer, expected, received }) => `${pointer}: ${expected}, not ${received}`)

describe('conformance of a body', () => {
  it('takes 19.99 for a multiple of 0.01, and 1.135 for none', () => {
    const schemas = { Body: { type: 'number', multipleOf: 0.01 } }
    for (const fine of [19.99, 1.13, 0.07, 123456.78, -4.35, 9007199254740.99, 1e21])
      expect(fallen(schemas, fine), String(fine)).toEqual([])
    expect(fallen(schemas, 1.135)).toEqual([': a multiple of 0.01, not 1.135'])
    for (const wrong of [0.000000001, 19.9900001, 1e-300]) expect(fallen(schemas, wrong), String(wrong)).toHaveLength(1)
    expect(fallen({ Body: { multipleOf: 0.05 } }, 0.15)).toEqual([])
    expect(fallen({ Body: { multipleOf: 1e-8 } }, 12391239123)).toEqual([])
  })

  it('says where, what was expected, what came, and the line of the document', () => {
    const schemas = {
      Body: { type: 'object', required: ['id'], properties: { total: { $ref: '#/components/schemas/Money' } } },
      Money: { type: 'integer' },
    }
    const violations = conformance(modelOf(schemas)).body('/components/schemas/Body', { total: '12' })
    expect(violations).toEqual([
      {
        code: 'OAS-SCHEMA',
        says: 'the body has the form its schema documents',
        severity: 'error',
        pointer: '/id',
        expected: 'a required value',
        received: 'nothing',
        place: { file: 'x.yaml', line: 5, column: 1 },
      },
      {
        code: 'OAS-SCHEMA',
        says: 'the body has the form its schema documents',
        severity: 'error',
        pointer: '/total',
        expected: 'integer',
        received: '"12"',
        place: { file: 'x.yaml', line: 5, column: 1 },
      },
    ])
  })

  it('reads nullable and exclusive flags of OpenAPI 3.0', () => {
    const schemas = {
      Body: {
        properties: {
          a: { type: 'string', enum: ['x'], nullable: true },
          b: { allOf: [{ $ref: '#/components/schemas/B' }], nullable: true },
          c: { type: 'number', minimum: 0, exclusiveMinimum: true },
        },
      },
      B: { type: 'object' },
    }
    expect(fallen(schemas, { a: null, b: null, c: 0.1 })).toEqual([])
    expect(fallen(schemas, { a: 'y', b: 1, c: 0 })).toEqual([
      '/a: one of ["x",null], not "y"',
      '/b: one of 2 alternatives, not 1',
      '/c: more than 0, not 0',
    ])
  })

  it('follows rings of references without unfolding them', () => {
    const schemas = {
      Body: {
        type: 'object',
        properties: {
          name: { type: 'string' },
          calls: { type: 'array', items: { $ref: '#/components/schemas/Call' } },
        },
      },
      Call: { type: 'object', properties: { of: { $ref: '#/components/schemas/Body' } } },
    }
    expect(fallen(schemas, { calls: [{ of: { calls: [{ of: { name: 7 } }] } }] })).toEqual([
      '/calls/0/of/calls/0/of/name: string, not 7',
    ])
  })

  it('counts keywords beside a reference', () => {
    const schemas = {
      Body: { $ref: '#/components/schemas/Text', maxLength: 2 },
      Text: { type: 'string', minLength: 1 },
    }
    expect(fallen(schemas, 'abc')).toEqual([': at most 2 characters, not "abc"'])
    expect(fallen(schemas, '')).toEqual([': at least 1 characters, not ""'])
  })

  const tagged = {
    Body: {
      oneOf: [{ $ref: '#/components/schemas/Card' }, { $ref: '#/components/schemas/Wire' }],
      discriminator: { propertyName: 'kind', mapping: { card: '#/components/schemas/Card', wire: 'Wire' } },
    },
    Card: { type: 'object', properties: { kind: { type: 'string' }, number: { type: 'string' } } },
    Wire: { type: 'object', required: ['iban'], properties: { kind: { type: 'string' }, iban: { type: 'string' } } },
  }

  it('chooses the branch that a discriminator’s mapping names', () => {
    expect(fallen(tagged, { kind: 'wire', iban: 'x' })).toEqual([])
    expect(fallen(tagged, { kind: 'wire' })).toEqual(['/iban: a required value, not nothing'])
    expect(fallen(tagged, { kind: 'card', number: 1 })).toEqual(['/number: string, not 1'])
    expect(fallen(tagged, { kind: 'cash' })).toEqual(['/kind: one of ["card","wire"], not "cash"'])
    expect(fallen(tagged, {})).toEqual(['/kind: a required value, not nothing'])
  })

  it('names branches of a discriminator after their schemas where no mapping does', () => {
    const { Body, ...others } = tagged
    const schemas = { ...others, Body: { ...Body, discriminator: { propertyName: 'kind' } } }
    expect(fallen(schemas, { kind: 'Wire', iban: 1 })).toEqual(['/iban: string, not 1'])
  })

  it('sums up a choice whose branches all miss, and follows the one that got furthest', () => {
    const schemas = {
      Body: {
        properties: {
          n: { oneOf: [{ type: 'number' }, { type: 'string' }, { type: 'null' }] },
          o: { anyOf: [{ $ref: '#/components/schemas/O' }, { type: 'null' }] },
        },
      },
      O: { type: 'object', required: ['id'], properties: { x: { type: 'integer' } } },
    }
    expect(fallen(schemas, { n: [], o: { id: 1, x: 'y' } })).toEqual([
      '/n: number or string or null, not []',
      '/o/x: integer, not "y"',
    ])
    expect(fallen(schemas, { n: 'a', o: {} })).toEqual(['/o/id: a required value, not nothing'])
  })

  it('lets vendor extensions, examples and unknown formats pass', () => {
    const schemas = {
      Body: {
        type: 'string',
        format: 'luhn',
        'x-role': 'invoice.number',
        'x-later.values': 1,
        example: 1,
        xml: {},
        externalDocs: {},
      },
    }
    expect(fallen(schemas, 'a')).toEqual([])
  })

  it('treats properties called like keywords as properties', () => {
    const schemas = {
      Body: {
        type: 'object',
        properties: {
          example: { type: 'integer' },
          'x-a': { type: 'integer' },
          format: { type: 'integer' },
          $ref: { type: 'integer' },
        },
        additionalProperties: false,
      },
    }
    expect(fallen(schemas, { example: '1', 'x-a': '1', format: '1', $ref: '1' }).length).toBe(4)
    expect(fallen(schemas, { other: 1 })).toEqual(['/other: nothing: the property is not documented, not 1'])
  })

  it('refuses a schema that is not there, and holds a value to what can be read of one', () => {
    expect(() => conformance(modelOf({ Body: {} })).body('/components/schemas/Other', 1)).toThrow(
      'Failed to read schema at /components/schemas/Other: expected a schema but received nothing.',
    )
    expect(fallen({ Body: { minimun: 1, type: 'string' } }, 1)).toEqual([': string, not 1'])
    expect(fallen({ Body: { items: { $ref: 'other.yaml#/A' }, maxItems: 1 } }, [1])).toEqual([])
    expect(fallen({ Body: { items: { $ref: 'other.yaml#/A' }, maxItems: 1 } }, [1, 2])).toHaveLength(1)
  })

  it('never changes the document', () => {
    const model = modelOf({
      Body: Object.freeze({
        type: 'object',
        nullable: true,
        properties: Object.freeze({ a: Object.freeze({ example: 1 }) }),
      }),
    })
    const before = JSON.stringify(model.document)
    conformance(model).body('/components/schemas/Body', {})
    expect(JSON.stringify(model.document)).toBe(before)
  })
})

describe('conformance of a response', () => {
  const responses = {
    200: {
      description: '',
      headers: {
        'X-Count': { required: true, schema: { type: 'integer', minimum: 1 } },
        'X-Tags': { schema: { type: 'array', items: { type: 'integer' } } },
      },
      content: json({ $ref: '#/components/schemas/Body' }),
    },
    204: { description: '' },
    206: { description: '', content: { 'application/*': {}, 'text/csv': {} } },
    '4XX': {
      description: '',
      content: { 'application/problem+json': { schema: { type: 'object', required: ['title'] } } },
    },
  }
  const model = modelOf({ Body: { type: 'object', required: ['id'] } }, responses)
  const check = conformance(model)
  const found = (status: number, headers: Record<string, string>, body: string): string[] =>
    check
      .response(operationOf(model, 'getThing'), { status, headers: new Headers(headers), body })
      .map(({ code, expected, received }) => `${code}: ${expected}, not ${received}`)
  const type = { 'content-type': 'application/json; charset=utf-8', 'x-count': '1' }

  it('finds nothing where all is as documented', () => {
    expect(found(200, { ...type, 'x-tags': '1, 2' }, '{"id":1}')).toEqual([])
    expect(found(204, {}, '')).toEqual([])
    expect(found(206, { 'content-type': 'TEXT/CSV' }, 'a,b')).toEqual([])
    expect(found(422, { 'content-type': 'application/problem+json' }, '{"title":"No"}')).toEqual([])
  })

  it('finds undocumented statuses and content types', () => {
    expect(found(302, {}, '')).toEqual(['OAS-STATUS: one of 200, 204, 206, 4XX, not 302'])
    expect(found(200, { ...type, 'content-type': 'text/html' }, '<p>')).toEqual([
      'OAS-TYPE: application/json, not text/html',
    ])
    expect(found(200, { 'x-count': '1' }, '{"id":1}')).toEqual(['OAS-TYPE: application/json, not none'])
    expect(found(200, { 'x-count': '1', 'content-type': 'text/plain' }, '{}')).toEqual([
      'OAS-TYPE: application/json, not text/plain',
      'OAS-SCHEMA: a required value, not nothing',
    ])
    expect(found(404, { 'content-type': 'application/json' }, '{}')).toEqual([
      'OAS-TYPE: application/problem+json, not application/json',
    ])
  })

  it('finds missing and malformed headers', () => {
    expect(found(200, { 'content-type': 'application/json' }, '{"id":1}')).toEqual([
      'OAS-HEADER: required header X-Count, not none',
    ])
    expect(found(200, { ...type, 'x-count': 'many', 'x-tags': '1,b' }, '{"id":1}')).toEqual([
      'OAS-HEADER: header X-Count: integer, not "many"',
      'OAS-HEADER: header X-Tags: integer, not "1,b"',
    ])
  })

  it('finds bodies that are not JSON, not documented or not valid', () => {
    expect(found(200, type, '<html>').join()).toMatch(/^OAS-JSON: JSON \(.+\), not "<html>"$/)
    expect(found(204, {}, 'x')).toEqual(['OAS-BODY: no body, not "x"'])
    const bare = modelOf({ Body: {} }, { 200: { description: '' }, 404: { description: 'Not there.' } })
    const severity = (status: number): unknown =>
      conformance(bare)
        .response(operationOf(bare, 'getThing'), { status, headers: new Headers(type), body: '{}' })
        .map((violation) => violation.severity)
    expect([severity(200), severity(404)]).toEqual([['error'], ['warning']])
    expect(found(200, type, '{}')).toEqual(['OAS-SCHEMA: a required value, not nothing'])
    expect(found(200, type, '').length).toBe(1)
  })

  it('lets an answer leave out what is required of requests only, and finds it where it says it', () => {
    const user = {
      type: 'object',
      required: ['name', 'password', 'pin'],
      properties: {
        name: { type: 'string' },
        password: { type: 'string', writeOnly: true },
        pin: { $ref: '#/components/schemas/Pin' },
      },
    }
    const secretive = modelOf({ Body: { allOf: [user] }, Pin: { type: 'string', writeOnly: true } })
    const read = (body: object): string[] =>
      conformance(secretive)
        .response(operationOf(secretive, 'getThing'), {
          status: 200,
          headers: new Headers(type),
          body: JSON.stringify(body),
        })
        .map(({ code, pointer, received }) => `${code} ${pointer} ${received}`)
    expect(read({ name: 'Ada' })).toEqual([])
    expect(read({})).toEqual(['OAS-SCHEMA /name nothing'])
    expect(read({ name: 'Ada', password: 'hunter2', pin: '1' })).toEqual([
      'OAS-WRITEONLY /password a value',
      'OAS-WRITEONLY /pin a value',
    ])
  })

  it('hands back the JSON it read', () => {
    const reading = check.read(operationOf(model, 'getThing'), {
      status: 200,
      headers: new Headers(type),
      body: '{"id":1}',
    })
    expect(reading.json).toEqual({
      value: { id: 1 },
      schema: '/paths/~1things~1{id}/get/responses/200/content/application~1json/schema',
    })
  })
})
