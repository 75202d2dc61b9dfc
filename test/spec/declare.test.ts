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
