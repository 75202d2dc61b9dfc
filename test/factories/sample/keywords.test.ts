import { describe, expect, it } from 'vitest'
import { Random } from '../../../factories/random.ts'
import { compileSampler } from '../../../factories/sample/sampler.ts'
import { against } from './judges.ts'

const node = { type: 'object', properties: { value: { type: 'integer' }, next: { $ref: '#' } }, required: ['value'] }
const text = (rules: object): object => ({ type: 'string', ...rules })

/** One or more schemas for each keyword that asserts something. */
const table: Readonly<Record<string, readonly object[]>> = {
  type: [{ type: 'null' }, { type: ['integer', 'string'] }, { type: 'number', not: { type: 'integer' } }],
  const: [{ const: { a: [1, null] } }, { const: false }],
  enum: [
    { enum: ['paid', 'open', null] },
    { type: 'string', enum: ['paid', 3, null] },
    { enum: [1, 2, 3], not: { const: 2 } },
  ],
  minimum: [
    { type: 'integer', minimum: 5, maximum: 6 },
    { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 0.001 },
    { type: 'number', minimum: 7, maximum: 7 },
    { type: 'integer', maximum: -1e15 },
  ],
  multipleOf: [
    { type: 'number', multipleOf: 0.01 },
    { type: 'number', multipleOf: 0.01, minimum: 1.1, maximum: 1.2 },
    { type: 'integer', allOf: [{ multipleOf: 4 }, { multipleOf: 6 }], minimum: 1 },
    { type: 'integer', not: { multipleOf: 2 } },
    { type: 'number', multipleOf: 0.0001, exclusiveMinimum: 0 },
  ],
  minLength: [
    text({ minLength: 3, maxLength: 3 }),
    text({ maxLength: 0 }),
    text({ minLength: 300 }),
    text({ minLength: 2, not: { minLength: 4 } }),
  ],
  pattern: [
    text({ pattern: '^C-[A-Z0-9]{3}-[A-Z0-9]{3}$' }),
    text({ pattern: '[0-9]', minLength: 12, maxLength: 12 }),
    text({ pattern: '^(?=.*\\d)(?=.*[a-z])(?=.*[A-Z])[A-Za-z\\d]{8,16}$' }),
    text({ pattern: '^(?!draft)[a-z]{5}$' }),
    text({ pattern: '^\\p{Lu}\\p{Ll}+$' }),
    text({ pattern: '^(["\']).\\1$' }),
    text({ pattern: '\\bnet\\b' }),
    text({ pattern: '(?<=€)\\d+$' }),
    text({ pattern: '^[^\\s@]+@[^\\s@]+\\.[a-z]{2,}$' }),
    text({ pattern: '^🐲+$', minLength: 3 }),
    text({ allOf: [{ pattern: '^a' }, { pattern: 'z$' }, { pattern: '[0-9]{4}' }] }),
    text({ pattern: '^[a-c]{2}$', not: { pattern: 'b' } }),
    text({ pattern: '^(\\+|00)[1-9][\\d \\-()]{6,20}$' }),
    text({ pattern: 'a|^b$|c$' }),
  ],
  format: [
    ...[
      'date',
      'date-time',
      'time',
      'duration',
      'uuid',
      'email',
      'hostname',
      'ipv4',
      'ipv6',
      'uri',
      'uri-reference',
      'uri-template',
      'iri',
      'idn-email',
      'regex',
      'json-pointer',
      'relative-json-pointer',
      'byte',
      'password',
    ].map((format) => text({ format })),
    { type: 'integer', format: 'int32' },
    { type: 'integer', format: 'int64', minimum: 2 ** 40 },
    { type: 'number', format: 'double' },
    text({ format: 'date', pattern: '-31$' }),
    text({ format: 'date-time', pattern: '\\.\\d{3}Z$' }),
    text({ format: 'email', minLength: 40, maxLength: 44 }),
    text({ format: 'uri', maxLength: 20 }),
  ],
  items: [
    { type: 'array', items: { type: 'integer' }, minItems: 2 },
    { type: 'array', items: false },
    { type: 'array', not: { items: { type: 'integer' } } },
  ],
  prefixItems: [
    { type: 'array', prefixItems: [{ const: 1 }, { type: 'string' }], items: false, minItems: 2 },
    { type: 'array', prefixItems: [true, false] },
  ],
  contains: [
    { type: 'array', contains: { minimum: 5, type: 'number' }, minContains: 2, maxContains: 3 },
    { type: 'array', items: { multipleOf: 2, type: 'integer' }, contains: { multipleOf: 3 } },
    {
      type: 'array',
      maxItems: 1,
      allOf: [{ contains: { type: 'number', minimum: 5 } }, { contains: { type: 'number', maximum: 7 } }],
    },
    {
      type: 'array',
      prefixItems: [{ type: 'string' }, { type: 'string' }],
      items: { type: 'number' },
      contains: { const: 'x' },
      maxContains: 1,
      minItems: 4,
    },
  ],
  uniqueItems: [
    { type: 'array', items: { enum: [1, 2, 3] }, uniqueItems: true, minItems: 3 },
    { type: 'array', not: { uniqueItems: true } },
  ],
  unevaluatedItems: [
    { type: 'array', allOf: [{ prefixItems: [{ type: 'string' }] }], unevaluatedItems: false, minItems: 1 },
    { type: 'array', prefixItems: [true], contains: { type: 'string' }, unevaluatedItems: false, minItems: 2 },
  ],
  properties: [
    { type: 'object', properties: { a: { type: 'string' }, b: false }, required: ['a'] },
    { type: 'object', required: ['__proto__', 'constructor'] },
  ],
  patternProperties: [
    {
      type: 'object',
      patternProperties: { '^x-': { type: 'boolean' }, '\\d$': { const: true } },
      minProperties: 3,
      additionalProperties: false,
    },
  ],
  additionalProperties: [
    { type: 'object', properties: { a: true }, additionalProperties: { type: 'integer' }, minProperties: 3 },
    { type: 'object', not: { properties: { a: true }, additionalProperties: { type: 'string' } } },
  ],
  propertyNames: [
    { type: 'object', propertyNames: { pattern: '^[a-z]{3}$' }, minProperties: 3 },
    { type: 'object', propertyNames: { enum: ['a', 'b'] }, minProperties: 2 },
  ],
  maxProperties: [{ type: 'object', properties: { a: true, b: true, c: true }, maxProperties: 1, minProperties: 1 }],
  dependentRequired: [
    {
      type: 'object',
      properties: { a: true, b: true, c: true },
      dependentRequired: { a: ['b'], b: ['c'] },
      required: ['a'],
    },
    { type: 'object', dependentRequired: { a: ['b', 'a'], b: ['a'] }, minProperties: 2 },
  ],
  dependentSchemas: [
    {
      type: 'object',
      properties: { a: true },
      required: ['a'],
      dependentSchemas: { a: { required: ['b'], properties: { b: { type: 'integer' } } } },
    },
  ],
  unevaluatedProperties: [
    {
      type: 'object',
      properties: { a: true },
      anyOf: [
        { properties: { b: true }, required: ['b'] },
        { properties: { c: true }, required: ['c'] },
      ],
      unevaluatedProperties: false,
    },
    {
      type: 'object',
      if: { properties: { kind: { const: 'card' } }, required: ['kind'] },
      then: { properties: { last4: true }, required: ['last4'] },
      else: { properties: { iban: true } },
      unevaluatedProperties: false,
    },
  ],
  allOf: [
    {
      allOf: [
        { type: 'object', properties: { a: { type: 'integer' } }, required: ['a'] },
        { properties: { a: { minimum: 5 }, b: { type: 'string' } } },
      ],
    },
  ],
  anyOf: [
    { anyOf: [{ type: 'integer' }, { minimum: 2 }] },
    { type: 'string', anyOf: [{ maxLength: 2 }, { minLength: 4 }] },
  ],
  oneOf: [
    { oneOf: [{ type: 'number' }, {}] },
    {
      oneOf: [
        { type: 'object', required: ['a'] },
        { type: 'object', required: ['b'] },
      ],
      minProperties: 1,
    },
    {
      oneOf: [
        { type: 'integer', multipleOf: 2 },
        { type: 'integer', multipleOf: 3 },
      ],
    },
  ],
  not: [
    { not: { type: ['string', 'number'] } },
    { not: { type: 'object', properties: { a: { type: 'string' } } }, type: 'object' },
    { type: 'array', not: { contains: { type: 'string' } }, minItems: 1 },
    { type: 'object', not: { required: ['a'] }, properties: { a: true, b: true } },
    { not: { anyOf: [{ type: 'string' }, { type: 'object' }] } },
    { not: { oneOf: [{ minimum: 1 }, { maximum: 5 }] }, type: 'integer' },
  ],
  if: [
    { type: 'integer', if: { minimum: 10 }, then: { multipleOf: 10 }, else: { maximum: 3 } },
    {
      type: 'object',
      properties: { kind: { enum: ['a', 'b'] } },
      required: ['kind'],
      if: { properties: { kind: { const: 'a' } } },
      then: { required: ['x'] },
    },
  ],
  $ref: [
    node,
    { $defs: { n: { $anchor: 'n', type: 'integer' } }, $ref: '#n' },
    {
      $defs: {
        a: {
          $id: 'https://schemas.example/a',
          $defs: { b: { type: 'boolean' } },
          type: 'array',
          items: { $ref: '#/$defs/b' },
        },
      },
      $ref: 'https://schemas.example/a',
    },
  ],
}

describe('keywords', () => {
  for (const [keyword, schemas] of Object.entries(table)) {
    it(`makes values that ajv and hyperjump call valid: ${keyword}`, async () => {
      for (const schema of schemas) {
        const values = (['realistic', 'all', 'none'] as const).flatMap((optional) => {
          const sampler = compileSampler(schema as never, '', { optional })
          return Array.from({ length: 6 }, (_, seed) => sampler.sample(Random.of(seed)))
        })
        expect(await against(schema, values), JSON.stringify(schema)).toEqual([])
        expect(values.every(compileSampler(schema as never, '').accepts), JSON.stringify(schema)).toBe(true)
      }
    })
  }

  it('follows $dynamicRef to the outermost anchor, and lets no property slip past a strict extension', () => {
    const tree = {
      $id: 'https://schemas.example/tree',
      $dynamicAnchor: 'node',
      type: 'object',
      properties: { data: { type: 'string' }, children: { type: 'array', items: { $dynamicRef: '#node' } } },
    }
    const strict = {
      $id: 'https://schemas.example/strict',
      $dynamicAnchor: 'node',
      $ref: 'tree',
      required: ['data'],
      unevaluatedProperties: false,
    }
    const sampler = compileSampler(strict, '', { documents: { 'https://schemas.example/tree': tree }, optional: 'all' })
    const value = sampler.sample(Random.of(1)) as { children: { data: unknown }[] }
    expect(sampler.accepts(value)).toBe(true)
    expect(value.children.length).toBeGreaterThan(0)
    expect(value.children.every(({ data }) => typeof data === 'string')).toBe(true)
    expect(sampler.accepts({ data: 'x', children: [{ data: 'y', more: 1 }] })).toBe(false)
  })
})
