// Lists every rule of the comparison of schemas, each with an example of two schemas.

import type { Impact } from './change.ts'

/** What a change of a schema does, shown by two schemas: how it is weighed from the first to the second, and back. */
export interface DiffRule {
  readonly code: string
  /** What the second schema asks for, or does, that the first does not. */
  readonly says: string
  readonly old: unknown
  readonly now: unknown
  /** In what is sent: first to second, second to first. */
  readonly request: readonly [Impact, Impact]
  /** In what is answered. */
  readonly response: readonly [Impact, Impact]
}

/** A schema that allows less: what is sent may be refused; back, readers may meet what they do not know. */
const narrows = (
  code: string,
  says: string,
  old: unknown,
  now: unknown,
  back: Impact = 'risky',
  forth: Impact = 'breaking',
): DiffRule => ({ code, says, old, now, request: [forth, 'safe'], response: ['safe', back] })

const always = (
  code: string,
  says: string,
  old: unknown,
  now: unknown,
  forth: Impact,
  back: Impact = forth,
): DiffRule => ({
  code,
  says,
  old,
  now,
  request: [forth, back],
  response: [forth, back],
})

const text = { type: 'string' }
const number = { type: 'integer' }
const one = { type: 'object', properties: { a: text } }
const pets = { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }] }
const kinds = (mapping: Readonly<Record<string, string>>): object => ({
  ...pets,
  discriminator: { propertyName: 'kind', mapping },
})

/** Every rule about schemas, in the order in which docs/diff.md lists them. */
export const schemaRules: readonly DiffRule[] = [
  narrows('type-narrowed', 'a type is no longer allowed', { type: ['string', 'null'] }, text, 'breaking'),
  { ...always('type-changed', 'another type', number, text, 'breaking') },
  narrows('type-narrowed', 'only one type is allowed', {}, text, 'breaking'),
  narrows('enum-narrowed', 'a word is gone', { enum: ['a', 'b'] }, { enum: ['a'] }),
  always('enum-widened', 'all words are others, a constant included', { const: 'a' }, { const: 'b' }, 'breaking'),
  narrows('enum-added', 'only some words are allowed', text, { type: 'string', enum: ['a'] }),
  narrows('minimum', 'a lower bound rises', { ...number, minimum: 1 }, { ...number, minimum: 2 }),
  narrows('maximum', 'an upper bound falls', { ...number, maximum: 9 }, { ...number, maximum: 8 }),
  narrows('exclusiveMinimum', 'an exclusive lower bound rises', { exclusiveMinimum: 1 }, { exclusiveMinimum: 2 }),
  narrows('exclusiveMaximum', 'an exclusive upper bound falls', { exclusiveMaximum: 9 }, { exclusiveMaximum: 8 }),
  narrows('multipleOf', 'only multiples of a multiple', { multipleOf: 2 }, { multipleOf: 4 }),
  narrows('multipleOf', 'only multiples', number, { ...number, multipleOf: 2 }),
  always('multipleOf', 'multiples of something else', { multipleOf: 2 }, { multipleOf: 3 }, 'breaking'),
  narrows('minLength', 'texts must be longer', { minLength: 1 }, { minLength: 2 }),
  narrows('maxLength', 'texts must be shorter', { maxLength: 9 }, { maxLength: 8 }),
  narrows('pattern-changed', 'texts must match a pattern', text, { ...text, pattern: '^a' }),
  always('pattern-changed', 'another pattern', { pattern: '^a' }, { pattern: '^b' }, 'risky'),
  narrows('format-changed', 'texts have a format', text, { ...text, format: 'date' }),
  always('format-changed', 'another format', { format: 'date' }, { format: 'date-time' }, 'breaking'),
  always(
    'contentEncoding-changed',
    'another encoding',
    { contentEncoding: 'base64' },
    { contentEncoding: 'base32' },
    'breaking',
  ),
  always(
    'contentMediaType-changed',
    'another type of content',
    { contentMediaType: 'image/png' },
    { contentMediaType: 'image/gif' },
    'breaking',
  ),
  narrows(
    'content-schema',
    'the content has a schema',
    { contentMediaType: 'application/json' },
    { contentMediaType: 'application/json', contentSchema: number },
  ),
  narrows('minItems', 'lists must be longer', { minItems: 1 }, { minItems: 2 }),
  narrows('maxItems', 'lists must be shorter', { maxItems: 9 }, { maxItems: 8 }),
  narrows('unique-items', 'items must differ', { type: 'array' }, { type: 'array', uniqueItems: true }),
  narrows('items', 'items have a schema', { type: 'array' }, { type: 'array', items: text }),
  always('type-changed', 'items of another type', { items: number }, { items: text }, 'breaking'),
  always(
    'type-changed',
    'one item of a tuple of another type',
    { prefixItems: [number] },
    { prefixItems: [text] },
    'breaking',
  ),
  narrows(
    'prefix-items',
    'one more item of a tuple has a schema',
    { prefixItems: [text] },
    { prefixItems: [text, text] },
  ),
  narrows(
    'unevaluated-items',
    'no more items than those of the tuple',
    { prefixItems: [text] },
    { prefixItems: [text], unevaluatedItems: false },
  ),
  narrows('contains', 'one of the items must fit', { type: 'array' }, { type: 'array', contains: text }),
  narrows(
    'minContains',
    'more of the items must fit',
    { contains: text, minContains: 1 },
    { contains: text, minContains: 2 },
  ),
  narrows(
    'maxContains',
    'fewer of the items may fit',
    { contains: text, maxContains: 9 },
    { contains: text, maxContains: 8 },
  ),
  narrows('property-required', 'a property must be there', one, { ...one, required: ['a'] }, 'breaking'),
  narrows(
    'property-required',
    'a property that is described nowhere must be there',
    {},
    { required: ['z'] },
    'breaking',
  ),
  {
    code: 'property-added',
    says: 'a new property',
    old: { type: 'object', properties: {} },
    now: one,
    request: ['safe', 'risky'],
    response: ['safe', 'breaking'],
  },
  {
    code: 'property-added',
    says: 'a new property that must be there',
    old: { type: 'object', properties: {} },
    now: { ...one, required: ['a'] },
    request: ['breaking', 'risky'],
    response: ['safe', 'breaking'],
  },
  narrows('additional-properties', 'no other properties', one, { ...one, additionalProperties: false }),
  narrows(
    'additional-properties',
    'values of a map have a schema',
    { type: 'object' },
    { type: 'object', additionalProperties: text },
  ),
  always(
    'type-changed',
    'values of a map of another type',
    { additionalProperties: number },
    { additionalProperties: text },
    'breaking',
  ),
  always(
    'type-changed',
    'values under a pattern of another type',
    { patternProperties: { '^a': number } },
    { patternProperties: { '^a': text } },
    'breaking',
  ),
  narrows(
    'pattern-properties',
    'values under a pattern have a schema',
    { type: 'object' },
    { type: 'object', patternProperties: { '^a': text } },
  ),
  narrows(
    'property-names',
    'names have a schema',
    { type: 'object' },
    { type: 'object', propertyNames: { pattern: '^a' } },
  ),
  narrows('minProperties', 'more properties', { minProperties: 1 }, { minProperties: 2 }),
  narrows('maxProperties', 'fewer properties', { maxProperties: 9 }, { maxProperties: 8 }),
  narrows('dependent-required', 'a property needs another', one, { ...one, dependentRequired: { a: ['b'] } }),
  narrows('dependent-schemas', 'a property needs the rest to fit', one, {
    ...one,
    dependentSchemas: { a: { minProperties: 2 } },
  }),
  narrows('then', 'what fits one schema must fit another', { if: text }, { if: text, then: { minLength: 1 } }),
  narrows('else', 'what does not fit one schema must fit another', { if: text }, { if: text, else: { minimum: 1 } }),
  always(
    'not-compared',
    'another condition',
    { if: text, then: { minLength: 1 } },
    { if: number, then: { minLength: 1 } },
    'risky',
  ),
  narrows('not', 'something must not fit', number, { ...number, not: { minimum: 9 } }),
  {
    code: 'minimum',
    says: 'what must not fit becomes wider',
    old: { not: { minimum: 9 } },
    now: { not: { minimum: 8 } },
    request: ['risky', 'safe'],
    response: ['safe', 'breaking'],
  },
  narrows('alternative-removed', 'an alternative is gone', { anyOf: [text, number] }, { anyOf: [text] }),
  narrows(
    'minLength',
    'an alternative without a name allows less',
    { anyOf: [{ ...text, minLength: 1 }, number] },
    { anyOf: [{ ...text, minLength: 2 }, number] },
  ),
  narrows('alternatives', 'one of several alternatives must fit as well', one, {
    ...one,
    anyOf: [{ required: ['a'] }, { required: ['b'] }],
  }),
  narrows(
    'discriminator',
    'a word of the discriminator is gone',
    kinds({ cat: 'Cat', dog: 'Dog' }),
    kinds({ cat: 'Cat' }),
  ),
  always(
    'discriminator',
    'another property tells alternatives apart',
    { ...pets, discriminator: { propertyName: 'kind' } },
    { ...pets, discriminator: { propertyName: 'type' } },
    'breaking',
  ),
  {
    code: 'read-only',
    says: 'a property is only answered',
    old: one,
    now: { ...one, properties: { a: { ...text, readOnly: true } } },
    request: ['risky', 'safe'],
    response: ['safe', 'safe'],
  },
  {
    code: 'write-only',
    says: 'a property is only sent',
    old: one,
    now: { ...one, properties: { a: { ...text, writeOnly: true } } },
    request: ['safe', 'safe'],
    response: ['breaking', 'safe'],
  },
  always('default-changed', 'another default', { default: 1 }, { default: 2 }, 'risky'),
  always('deprecated', 'it is deprecated', text, { ...text, deprecated: true }, 'risky', 'safe'),
]

/** Spellings that mean the same: no change at all. */
export const sameSchemas: readonly (readonly [says: string, old: unknown, now: unknown])[] = [
  ['null among the types or among the alternatives', { type: ['string', 'null'] }, { anyOf: [text, { type: 'null' }] }],
  ['one alternative or none', { oneOf: [text] }, text],
  ['one word or a constant', { enum: ['a'] }, { const: 'a' }],
  ['a word with its type or without', { enum: ['a'] }, { type: 'string', enum: ['a'] }],
  ['parts joined or written out', { allOf: [one] }, one],
  ['texts for people', { ...text, description: 'a', examples: ['b'] }, text],
]
