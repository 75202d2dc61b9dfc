import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseSync } from 'vite'
import { declare } from '../../spec/declare.ts'
import { hostile } from '../support/hostile.ts'

/** The compiler of types takes no half of a surrogate pair in a name. */
const text = hostile.map((one) => one.toWellFormed())

it('types of schemas are types only, whatever their texts', async () => {
  await fc.assert(
    fc.asyncProperty(text, text, text, text, async (name, description, property, word) => {
      const properties = Object.fromEntries([
        [property, { enum: [word, 'b'], description, title: word }],
        ['constant', { const: word, default: word }],
        ['code', { tsType: 'typeof pwned()', description }],
      ])
      const document = {
        openapi: '3.1.0',
        info: { title: name, version: '1' },
        paths: {},
        components: { schemas: { [`A${name}`]: { type: 'object', description, tsType: 'pwned', properties } } },
      }
      const { program, errors } = parseSync('types.ts', await declare(document))
      expect(errors).toEqual([])
      expect(new Set(program.body.map(({ type }) => type))).toEqual(new Set(['ExportNamedDeclaration']))
      expect(JSON.stringify(program)).not.toContain('"type":"CallExpression"')
    }),
    { numRuns: 50 },
  )
})

it.each([
  [{}, 'unknown'],
  [{ description: 'Any JSON value.', examples: [1] }, 'unknown'],
  [{ examples: ['draft', 'open'] }, "'draft' | 'open' | (string & {})"],
  [{ examples: ['Anvil Works', 'Bolt Works'] }, 'unknown'],
  [{ description: 'Normally one of draft, open or paid.' }, "'draft' | 'open' | 'paid' | (string & {})"],
  [
    { 'x-role': { role: 'invoice.status', values: { paid: ['PAID', 'SETTLED'], open: 'DUE' } } },
    "'PAID' | 'SETTLED' | 'DUE' | (string & {})",
  ],
  [{ type: ['string', 'null'], 'x-generate-enum': ['a'] }, "'a' | (string & {}) | null"],
  [{ type: 'string', examples: ['inv_1', 'inv_2'] }, 'string'],
  [{ type: 'string', enum: ['a', 'b'] }, "'a' | 'b'"],
  [{ type: 'integer', 'x-role': { role: 'invoice.status', values: { paid: 1 } } }, 'number'],
])('a property %j is of type %s', async (schema, type) => {
  const document = {
    openapi: '3.1.0',
    info: { title: 'Types', version: '1' },
    paths: {},
    components: { schemas: { Invoice: { type: 'object', properties: { status: schema } } } },
  }
  expect(await declare(document)).toContain(`status?: ${type}\n`)
})
