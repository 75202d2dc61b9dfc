import { describe, expect, it } from 'vitest'
import { Failure } from '../../../spec/index.ts'
import { compileSampler } from '../../../factories/sample/sampler.ts'

const invoice = (schema: unknown): Record<string, unknown> => ({
  openapi: '3.1.0',
  components: { schemas: { Invoice: { type: 'object', properties: { total: schema }, required: ['total'] } } },
})
const lines: Readonly<Record<string, number>> = {
  '/components/schemas/Invoice': 10,
  '/components/schemas/Invoice/properties/total': 12,
}

function refusalOf(document: unknown, pointer = '/components/schemas/Invoice'): string {
  const locate = (at: string) =>
    lines[at] === undefined ? undefined : { file: 'openapi.yaml', line: lines[at], column: 3 }
  try {
    compileSampler(document as never, pointer, { locate })
  } catch (error) {
    expect(error).toBeInstanceOf(Failure)
    return (error as Error).message
  }
  throw new Error('Nothing was refused')
}
const unsatisfied =
  'Failed to sample /components/schemas/Invoice (openapi.yaml:10): expected a schema that some value satisfies but received'
const there = 'at /components/schemas/Invoice/properties/total (openapi.yaml:12).'

describe('refusals', () => {
  it.each([
    ['bounds that cross', { type: 'integer', minimum: 5, maximum: 3 }, `a minimum of 5 and a maximum of 3`],
    [
      'bounds between which no multiple lies',
      { type: 'integer', minimum: 8, maximum: 13, multipleOf: 7 },
      'no integer with minimum 8, maximum 13 and multipleOf 7',
    ],
    ['lengths that cross', { type: 'string', minLength: 5, maxLength: 3 }, 'minLength 5 and maxLength 3'],
    [
      'patterns that exclude each other',
      { type: 'string', pattern: '^a', allOf: [{ pattern: '^b' }] },
      'no string with pattern "^a" and pattern "^b"',
    ],
    [
      'a pattern longer than the length',
      { type: 'string', pattern: '^a{3}$', minLength: 5 },
      'no string with minLength 5 and pattern "^a{3}$"',
    ],
    [
      'a format against a pattern',
      { type: 'string', format: 'date', pattern: '^x' },
      'no string with format "date" and pattern "^x"',
    ],
    [
      'an enum of another type',
      { type: 'string', enum: [1, 2] },
      'no value of const or enum that the other keywords allow',
    ],
    [
      'more unique items than there are',
      { type: 'array', items: { type: 'boolean' }, uniqueItems: true, minItems: 3 },
      'no array with minItems 3 and uniqueItems',
    ],
    [
      'types that exclude each other',
      { type: 'string', allOf: [{ type: 'integer' }] },
      'types that exclude each other',
      '/components/schemas/Invoice/properties/total/allOf/0.',
    ],
    [
      'branches that always hold together',
      { oneOf: [{ type: 'string' }, { type: 'string' }] },
      'no string that satisfies exactly the branches it should',
    ],
    ['false', false, 'false, which nothing satisfies'],
    ['more items than anybody needs', { type: 'array', minItems: 1e9 }, 'no array with minItems 1000000000'],
    ['more letters than anybody reads', { type: 'string', minLength: 1e9 }, 'no string with minLength 1000000000'],
  ])('names the place of a required property with %s', (_, schema, reason, place?: string) => {
    expect(refusalOf(invoice(schema))).toBe(`${unsatisfied} ${reason} ${place === undefined ? there : `at ${place}`}`)
  })

  it('names a ring of required references', () => {
    const node = { type: 'object', properties: { next: { $ref: '#/components/schemas/Invoice' } }, required: ['next'] }
    expect(refusalOf({ components: { schemas: { Invoice: node } } })).toBe(
      'Failed to sample /components/schemas/Invoice (openapi.yaml:10): expected a value that ends but received a ring of required references through /components/schemas/Invoice/properties/next. ' +
        'Make one of them optional, nullable or an array.',
    )
  })

  it('names a circle of references that never steps into the value', () => {
    expect(refusalOf({ anyOf: [{ type: 'null' }, { $ref: '#' }] }, '')).toBe(
      'Failed to follow the references at the root: expected an end but received a circle that comes back without a step into the value.',
    )
  })

  it.each([
    ['^(a+)\\1+$', 'which may backtrack forever'],
    ['^.*x(?=.*y).*z$', 'which may backtrack forever'],
    ['^(?:(?:a{1,99}){1,99}){1,99}$', 'which may backtrack forever'],
  ])('refuses the pattern %s', (pattern, fault) => {
    expect(refusalOf(invoice({ type: 'string', pattern }))).toBe(
      `Failed to read /components/schemas/Invoice/properties/total/pattern: expected a regular expression (ECMA-262) that ends in time but received ${JSON.stringify(pattern)}, ${fault}.`,
    )
  })

  it.each([
    [
      'a typo',
      { maxLenght: 3 },
      'maxLenght: expected a keyword of JSON Schema 2020-12 or OpenAPI 3.1 but received "maxLenght". Did you mean "maxLength"?',
    ],
    ['a flag that is none', { nullable: 'yes' }, 'nullable: expected true or false but received "yes".'],
    [
      'a word of nobody',
      { colour: 'red' },
      'colour: expected a keyword of JSON Schema 2020-12 or OpenAPI 3.1 but received "colour". Call it "x-colour" if it is an annotation.',
    ],
    ['a bound that is a text', { minimum: '5' }, 'minimum: expected a number but received "5".'],
    ['a type that is none', { type: 'strin' }, 'type: expected types of JSON Schema but received "strin".'],
    ['properties that are a list', { properties: [] }, 'properties: expected schemas by name but received [].'],
    ['required that is a boolean', { required: true }, 'required: expected a list of names but received true.'],
    ['a divisor of zero', { multipleOf: 0 }, 'multipleOf: expected a number above 0 but received 0.'],
  ])('names the place of %s', (_, schema, message) => {
    expect(refusalOf(invoice(schema))).toBe(`Failed to read /components/schemas/Invoice/properties/total/${message}`)
  })

  it('names references that lead nowhere', () => {
    expect(refusalOf(invoice({ $ref: '#/components/schemas/None' }))).toBe(
      'Failed to resolve "#/components/schemas/None" at /components/schemas/Invoice/properties/total (openapi.yaml:12): expected a schema there but received nothing.',
    )
    expect(refusalOf(invoice({ $ref: 'https://schemas.example/x' }))).toMatch(
      /expected a schema inside the document but received a reference that leaves it\. Bundle/,
    )
  })

  it('accepts annotations, extensions and the vocabulary of OpenAPI', () => {
    const schema = {
      type: 'string',
      'x-role': 'invoice.number',
      description: 'd',
      example: 'e',
      xml: { name: 'n' },
      externalDocs: { url: 'https://docs.example' },
      $comment: 'c',
      deprecated: true,
      nullable: true,
    }
    expect(() => compileSampler(invoice(schema), '/components/schemas/Invoice')).not.toThrow()
  })

  it('tells branches that cannot be told apart', () => {
    expect(
      refusalOf(invoice({ oneOf: [{ type: 'object' }, { type: 'object', required: ['kind'] }, { type: 'object' }] })),
    ).toContain(
      'no object that satisfies exactly the branches it should at /components/schemas/Invoice/properties/total (openapi.yaml:12)',
    )
  })

  it('leaves out an optional property that nothing satisfies', () => {
    const sampler = compileSampler(
      { type: 'object', properties: { a: { type: 'string', minLength: 2, maxLength: 1 }, b: { const: 1 } } },
      '',
      { optional: 'all' },
    )
    expect(sampler.accepts({ a: 'x' })).toBe(false)
    expect(sampler.accepts({ b: 1 })).toBe(true)
  })
})
