import { describe, expect, it } from 'vitest'
import { faultsOf, ledgerOf } from '../../factories/index.ts'
import { apiNames, builtIn, compile, parseDay } from '../../spec/index.ts'
import type { Day } from '../../spec/index.ts'

const ledger = ledgerOf({ seed: 1, invoices: 5, today: parseDay('2026-01-15') as Day })

/** Returns what is wrong with a document two of whose operations answer with a place of that schema, and a third does not. */
function faultsWith(bad: unknown): string[] {
  const answering = (name: string): object => ({
    get: {
      operationId: `get${name}`,
      responses: {
        200: {
          description: 'One.',
          content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } },
        },
      },
    },
  })
  const holding = { type: 'object', required: ['bad'], properties: { bad } }
  const schemas = {
    Thing: holding,
    Things: { type: 'array', minItems: 1, items: { $ref: '#/components/schemas/Thing' } },
    Fine: { type: 'string' },
    Ring: { type: 'object', required: ['next'], properties: { next: { $ref: '#/components/schemas/Ring' } } },
  }
  const paths = Object.fromEntries(['Thing', 'Things', 'Fine'].map((name) => [`/${name}`, answering(name)]))
  const document = { openapi: '3.1.0', info: { title: 'Bad', version: '1' }, paths, components: { schemas } }
  return faultsOf(compile(document, { name: 'bad', locate: () => ({ file: 'bad.yaml', line: 24, column: 1 }) }), ledger)
}

const here = '/components/schemas/Thing/properties/bad'

describe('faultsOf', () => {
  it.each<[string, unknown, string]>([
    [
      'bounds that nothing is between',
      { type: 'integer', minimum: 5, maximum: 3 },
      'a minimum of 5 and a maximum of 3',
    ],
    [
      'a pattern that nothing matches',
      { type: 'string', pattern: '^a{5}$', maxLength: 3 },
      'no string with maxLength 3 and pattern "^a{5}$"',
    ],
    ['a ring of required references', { $ref: '#/components/schemas/Ring' }, 'a ring of required references'],
  ])('names %s, with file, line and pointer, and who cannot answer', (_, bad, part) => {
    const faults = faultsWith(bad)
    expect(faults.join(' ')).toContain(part)
    expect(faults.every((fault) => fault.startsWith('Failed to ') && fault.includes('(bad.yaml:24)'))).toBe(true)
    expect(faults.join(' ')).toMatch(/getThing.* cannot answer\./)
    expect(faults.join(' ')).toContain('getThings')
    expect(faults.join(' ')).not.toContain('getFine')
    if (!part.includes('ring')) expect(faults.join(' ')).toContain(here)
  })

  it('finds none in what all can answer', () => {
    expect(faultsWith({ type: 'string' })).toEqual([])
    for (const name of apiNames) expect(faultsOf(builtIn(name), ledger)).toEqual([])
  })
})
