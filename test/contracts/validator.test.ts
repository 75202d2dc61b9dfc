import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checks } from '../../contracts/conformance/formats.ts'
import { compiler } from '../../contracts/validator/compile.ts'
import { generateTest } from '../../contracts/validator/generate.ts'
import { issuesOf } from '../../contracts/validator/issues.ts'
import type { PlainSchema } from '../../contracts/validator/schema.ts'
import { fits } from '../../contracts/validator/node.ts'

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

const { schema } = fc.letrec<{ schema: PlainSchema }>((tie) => {
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
      fc.constant({ $ref: '#/$defs/ring' }),
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
            format: fc.constantFrom('date', 'uri', 'int32'),
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
        .map((all) => all as PlainSchema)
        .chain((all) =>
          fc
            .subarray(Object.keys(all), { maxLength: 4 })
            .map((keys) => Object.fromEntries(keys.map((key) => [key, (all as Record<string, unknown>)[key]]))),
        ),
    ),
  }
})

const ring: PlainSchema = { type: ['object', 'string', 'null'], properties: { a: { $ref: '#/$defs/ring' } } }
const machineOf = (root: PlainSchema) => compiler({ root, ring }, checks)
const options = {
  strict: false,
  logger: false as const,
  allErrors: true,
  validateSchema: false,
  validateFormats: true,
  ownProperties: true,
  formats: checks,
}

/** Ajv stumbles over some schemas that look at members of a choice. */
const asking =
  (validate: (value: unknown) => unknown) =>
  (each: unknown): boolean | undefined => {
    try {
      return Boolean(validate(each))
    } catch {
      return undefined
    }
  }

describe('a validator of closures', () => {
  it('gives the verdicts of Ajv on schemas and values of every kind', () => {
    let told = 0
    fc.assert(
      fc.property(schema, fc.array(value, { minLength: 5, maxLength: 5 }), (root, values) => {
        const ajv = new Ajv2020(options).addSchema({
          $id: 'x:/',
          $defs: { root: root as object, ring: ring as object },
        })
        const ask = asking(ajv.compile({ $ref: 'x:/#/$defs/root' }))
        const machine = machineOf(root)
        const mine = machine.compile(root)
        const straight = generateTest(root, machine)
        for (const each of values) {
          const verdict = fits(mine, each)
          told += verdict ? 1 : 0
          const theirs = ask(each)
          if (theirs !== undefined && verdict !== theirs) return false
          if (straight(each) !== verdict) return false
          if ((issuesOf(root, each, machine).length === 0) !== verdict) return false
        }
        return true
      }),
      { numRuns: Number(process.env.RUNS ?? 150) },
    )
    expect(told).toBeGreaterThan(50)
  })

  it('refuses keywords that it does not understand, and what refers to them', () => {
    const { compile } = compiler(
      { a: { $ref: '#/$defs/b' }, b: { properties: { x: { $ref: '#/$defs/a' }, y: { $dynamicRef: '#x' } } } },
      checks,
    )
    expect(() => compile({ $ref: '#/$defs/a' })).toThrow('unknown keyword "$dynamicRef"')
    expect(() => compile({ $ref: '#/$defs/a' })).toThrow('unknown keyword "$dynamicRef"')
  })

  it('takes no member for another that every object has', () => {
    const machine = compiler({}, checks)
    const root = { required: ['toString', '__proto__'], properties: { constructor: { type: 'number' } } }
    const values = [
      '{}',
      '{"toString":1,"__proto__":1,"constructor":2}',
      '{"toString":1,"__proto__":1,"constructor":"x"}',
    ].map((text) => JSON.parse(text) as unknown)
    expect(values.map((each) => fits(machine.compile(root), each))).toEqual([false, true, false])
    expect(values.map(generateTest(root, machine))).toEqual([false, true, false])
  })
})
