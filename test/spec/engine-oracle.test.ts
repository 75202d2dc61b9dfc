import {
  registerSchema,
  setShouldValidateFormat,
  unregisterSchema,
  validate,
} from '@hyperjump/json-schema/draft-2020-12'
import '@hyperjump/json-schema/formats'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { compile, engineOf } from '../../spec/index.ts'
import type { Schema } from '../../spec/index.ts'

setShouldValidateFormat(true)

const names = ['a', 'b', 'ab', 'constructor']
const small = fc.integer({ min: 0, max: 3 })

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.constantFrom<unknown>(null, true, false, 0, 1, 2, 0.5, 3, '', 'a', 'ab', 'b', '💩', '2026-01-15'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
}))

const { schema } = fc.letrec<{ schema: Schema }>((tie) => {
  const inner = tie('schema')
  const list = fc.array(inner, { minLength: 1, maxLength: 3 })
  const table = fc.dictionary(fc.constantFrom(...names), inner, { maxKeys: 3, noNullPrototype: true })
  const some = fc.uniqueArray(fc.constantFrom(...names), { maxLength: 2 })
  const types = fc.uniqueArray(fc.constantFrom('null', 'boolean', 'string', 'number', 'integer', 'array', 'object'), {
    minLength: 1,
    maxLength: 3,
  })
  return {
    schema: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      fc.boolean(),
      fc.constant({ $ref: '#/components/schemas/Ring' }),
      fc
        .record(
          {
            type: types,
            enum: fc.array(value, { minLength: 1, maxLength: 3 }),
            const: value,
            multipleOf: fc.constantFrom(0.5, 1, 2),
            minimum: small,
            exclusiveMaximum: small,
            maximum: small,
            exclusiveMinimum: small,
            minLength: small,
            maxLength: small,
            pattern: fc.constantFrom('^a', 'b$', '^.$'),
            format: fc.constantFrom('date', 'uri', 'uuid'),
            minItems: small,
            maxItems: small,
            uniqueItems: fc.boolean(),
            items: inner,
            prefixItems: list,
            contains: inner,
            properties: table,
            required: some,
            additionalProperties: inner,
            patternProperties: fc.dictionary(fc.constantFrom('^a', 'b$'), inner, { maxKeys: 2, noNullPrototype: true }),
            propertyNames: inner,
            minProperties: small,
            maxProperties: small,
            dependentRequired: fc.dictionary(fc.constantFrom(...names), some, { maxKeys: 2, noNullPrototype: true }),
            dependentSchemas: table,
            allOf: list,
            anyOf: list,
            oneOf: list,
            not: inner,
            if: inner,
            then: inner,
            else: inner,
          },
          { requiredKeys: [], noNullPrototype: true },
        )
        .map((all) => all as Schema)
        .chain((all) =>
          fc
            .subarray(Object.keys(all), { maxLength: 4 })
            .map((keys) => Object.fromEntries(keys.map((key) => [key, (all as Record<string, unknown>)[key]]))),
        ),
    ),
  }
})

const Ring: Schema = { type: ['object', 'string', 'null'], properties: { a: { $ref: '#/components/schemas/Ring' } } }
let registered = 0

/** Returns the verdicts of a validator that shares nothing with Ajv. */
async function oracle(document: object, values: readonly unknown[]): Promise<readonly boolean[]> {
  const uri = `https://oracle.example/${registered++}`
  registerSchema(document as never, uri, 'https://json-schema.org/draft/2020-12/schema')
  try {
    const judge = await validate(`${uri}#/components/schemas/Body`)
    return values.map((value) => judge(value as never).valid)
  } finally {
    unregisterSchema(uri)
  }
}

it('the engine gives the verdicts of another validator on schemas and values of every kind', async () => {
  let told = 0
  await fc.assert(
    fc.asyncProperty(schema, fc.array(value, { minLength: 5, maxLength: 5 }), async (Body, values) => {
      const document = { openapi: '3.1.0', info: {}, paths: {}, components: { schemas: { Body, Ring } } }
      const { document: read, diagnostics } = compile(document, { name: 'x' })
      fc.pre(diagnostics.length === 0)
      const check = engineOf(read, { direction: 'response' }).at('/components/schemas/Body')
      const verdicts = values.map((each) => check.accepts(each))
      told += verdicts.filter(Boolean).length
      expect(verdicts).toEqual(await oracle(document, values))
      expect(values.map((each) => check.errors(each).length === 0)).toEqual(verdicts)
    }),
    { numRuns: Number(process.env.RUNS ?? 120) },
  )
  expect(told).toBeGreaterThan(50)
})
