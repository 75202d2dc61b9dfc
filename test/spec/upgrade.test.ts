import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { load } from '../../spec/load.ts'
import { compile } from '../../spec/compile.ts'
import { atPointer } from '../../spec/pointer.ts'
import { upgrade } from '../../spec/versions/upgrade.ts'

const upgraded = (schema: object): unknown =>
  atPointer(upgrade({ openapi: '3.0.3', components: { schemas: { Thing: schema } } }), '/components/schemas/Thing')

describe('a schema of OpenAPI 3.0', () => {
  it.each<[string, object, object]>([
    ['a nullable type', { type: 'string', nullable: true }, { type: ['string', 'null'] }],
    ['a type that is not nullable', { type: 'string', nullable: false }, { type: 'string' }],
    [
      'a nullable enum',
      { type: 'string', nullable: true, enum: ['a'] },
      { type: ['string', 'null'], enum: ['a', null] },
    ],
    [
      'a nullable enum with null in it',
      { type: 'string', nullable: true, enum: ['a', null] },
      { type: ['string', 'null'], enum: ['a', null] },
    ],
    [
      'nullable without a type, which means nothing',
      { nullable: true, description: 'Anything.' },
      { description: 'Anything.' },
    ],
    [
      'a nullable reference',
      { nullable: true, allOf: [{ $ref: '#/x' }], description: 'One.', 'x-role': 'invoice.buyer' },
      { description: 'One.', 'x-role': 'invoice.buyer', anyOf: [{ allOf: [{ $ref: '#/x' }] }, { type: 'null' }] },
    ],
    [
      'a nullable choice with a type',
      { type: 'object', nullable: true, oneOf: [{ $ref: '#/x' }] },
      { anyOf: [{ type: 'object', oneOf: [{ $ref: '#/x' }] }, { type: 'null' }] },
    ],
    [
      'exclusive bounds',
      { type: 'number', minimum: 0, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false },
      { type: 'number', exclusiveMinimum: 0, maximum: 9 },
    ],
    ['an exclusive flag without a bound', { type: 'number', exclusiveMaximum: true }, { type: 'number' }],
    ['an example', { type: 'string', example: 'a' }, { type: 'string', examples: ['a'] }],
    [
      'binary formats',
      {
        type: 'object',
        properties: {
          a: { type: 'string', format: 'byte' },
          b: { type: 'string', format: 'binary' },
          c: { type: 'string', format: 'date' },
        },
      },
      {
        type: 'object',
        properties: {
          a: { type: 'string', contentEncoding: 'base64' },
          b: { type: 'string', contentMediaType: 'application/octet-stream' },
          c: { type: 'string', format: 'date' },
        },
      },
    ],
    [
      'what stands beside a reference',
      { $ref: '#/x', description: 'Ignored.', nullable: true, 'x-role': 'invoice.buyer' },
      { $ref: '#/x', 'x-role': 'invoice.buyer' },
    ],
    [
      'a discriminator',
      { oneOf: [{ $ref: '#/a' }], discriminator: { propertyName: 'kind', mapping: { a: 'A' } } },
      { oneOf: [{ $ref: '#/a' }], discriminator: { propertyName: 'kind', mapping: { a: 'A' } } },
    ],
    [
      'what is nested',
      { type: 'array', items: { not: { type: 'string', nullable: true } } },
      { type: 'array', items: { not: { type: ['string', 'null'] } } },
    ],
    [
      'a map',
      { additionalProperties: { type: 'string', nullable: true } },
      { additionalProperties: { type: ['string', 'null'] } },
    ],
    [
      'properties named like keywords',
      {
        properties: {
          nullable: { type: 'boolean' },
          example: { type: 'string', nullable: true },
          schema: { type: 'string', example: 'x' },
        },
      },
      {
        properties: {
          nullable: { type: 'boolean' },
          example: { type: ['string', 'null'] },
          schema: { type: 'string', examples: ['x'] },
        },
      },
    ],
    [
      'data that looks like a schema',
      { default: { nullable: true, type: 'x' }, enum: [{ nullable: true, type: 'x' }] },
      { default: { nullable: true, type: 'x' }, enum: [{ nullable: true, type: 'x' }] },
    ],
  ])('with %s', (_, before, after) => {
    expect(upgraded(before)).toEqual(after)
  })
})

describe('a document', () => {
  it('of OpenAPI 3.1 loses what is left of 3.0, and else stays as it is', () => {
    const documentOf = (schema: object) => ({ openapi: '3.1.0', components: { schemas: { A: schema } } })
    const plain = documentOf({ properties: { a: { type: ['string', 'null'], format: 'byte' } }, example: 1 })
    expect(upgrade(plain)).toBe(plain)
    expect(upgrade(documentOf({ prefixItems: [{ nullable: true, type: 'string' }] }))).toEqual(
      documentOf({ prefixItems: [{ type: ['string', 'null'] }] }),
    )
    expect(upgrade(documentOf({ $ref: '#/x', nullable: true, title: 'X' }))).toEqual(
      documentOf({ title: 'X', anyOf: [{ $ref: '#/x' }, { type: 'null' }] }),
    )
    expect(upgrade(documentOf({ type: 'object', allOf: [{ $ref: '#/x' }], nullable: true }))).toEqual(
      documentOf({ anyOf: [{ type: 'object', allOf: [{ $ref: '#/x' }] }, { type: 'null' }] }),
    )
    expect(upgrade(documentOf({ minimum: 5, exclusiveMinimum: true }))).toEqual(documentOf({ exclusiveMinimum: 5 }))
  })

  it('is upgraded wherever a schema stands, and nowhere else', () => {
    const text = { schema: { type: 'string', nullable: true } }
    const better = { schema: { type: ['string', 'null'] } }
    const document = (part: object): object => ({
      paths: {
        '/schema': {
          parameters: [part],
          get: {
            requestBody: { content: { 'a/b': part } },
            responses: { 200: { headers: { X: part }, content: { 'a/b': { ...part, example: text } } } },
          },
        },
      },
      components: { parameters: { schema: part }, 'x-schema': text },
    })
    expect(upgrade({ openapi: '3.0.0', ...document(text) })).toEqual({ openapi: '3.1.0', ...document(better) })
  })

  it('of OpenAPI 3.0 can be compiled', () => {
    const { document } = compile(
      {
        openapi: '3.0.3',
        info: { title: 'Old', version: '1' },
        paths: {},
        components: { schemas: { Thing: { type: 'string', nullable: true } } },
      },
      { name: 'old' },
    )
    expect(atPointer(document, '/components/schemas/Thing')).toEqual({ type: ['string', 'null'] })
  })

  it('of OpenAPI 3.0 can be loaded, and its parts are found in its file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'proforma-upgrade-'))
    const path = join(folder, 'openapi.yaml')
    writeFileSync(
      path,
      `openapi: 3.0.3
info: { title: Old, version: '1' }
paths:
  /invoices:
    get:
      responses:
        200:
          description: One.
          content:
            application/json:
              schema:
                type: object
                properties:
                  total:
                    type: number
                    nullable: true
                    x-role: invoice.total
`,
    )
    const model = load(path)
    rmSync(folder, { recursive: true })
    const pointer = '/paths/~1invoices/get/responses/200/content/application~1json/schema/properties/total'
    expect([...model.bound]).toEqual(['invoice.total'])
    expect(model.locate(`${pointer}/type`)?.line).toBe(15)
    expect(model.locate(pointer)?.line).toBe(15)
  })
})
