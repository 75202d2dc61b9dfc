// Tables of what stands where: keywords of JSON Schema, and parts of an OpenAPI document.

import { isObject } from './document.ts'
import { suggest } from './failure.ts'
import type { FailureParts } from './failure.ts'
import { join } from './pointer.ts'
import type { Pointer } from './pointer.ts'

/** What stands under a keyword: one schema, a list of them, schemas by name, or no schema. */
export type Holding = 'schema' | 'list' | 'map' | 'value'

const holdings: Readonly<Record<Holding, string>> = {
  schema:
    'additionalProperties contains contentSchema else if items not propertyNames then unevaluatedItems unevaluatedProperties',
  list: 'allOf anyOf oneOf prefixItems',
  map: '$defs definitions dependencies dependentSchemas patternProperties properties',
  value: `$anchor $comment $dynamicAnchor $dynamicRef $id $ref $schema $vocabulary const contentEncoding contentMediaType default dependentRequired deprecated
    description discriminator enum example examples exclusiveMaximum exclusiveMinimum externalDocs format maxContains maximum maxItems maxLength maxProperties
    minContains minimum minItems minLength minProperties multipleOf nullable pattern readOnly required title type uniqueItems writeOnly xml`,
}

/** Keywords of JSON Schema 2020-12 and of OpenAPI 3.1, with what stands under them; `nullable` is left over in many a document, and says nothing. */
export const keywords: ReadonlyMap<string, Holding> = new Map(
  Object.entries(holdings).flatMap(([holding, words]) =>
    words.split(/\s+/).map((word) => [word, holding as Holding] as const),
  ),
)

/** Returns the schemas directly inside a schema, with the pointers that lead to them from it. */
export function subschemas(schema: unknown): { readonly path: Pointer; readonly schema: unknown }[] {
  if (!isObject(schema)) return []
  return Object.entries(schema).flatMap(([keyword, value]) => {
    const holding = keywords.get(keyword)
    const path = join('', keyword)
    if (holding === 'schema') return [{ path, schema: value }]
    if (holding === 'list' && Array.isArray(value))
      return value.map((item: unknown, index) => ({ path: join(path, index), schema: item }))
    if (holding === 'map' && isObject(value))
      return Object.entries(value).map(([name, item]) => ({ path: join(path, name), schema: item }))
    return []
  })
}

/** Tells whether a value is a schema by its form. */
export const isSchema = (value: unknown): boolean => typeof value === 'boolean' || isObject(value)

const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0
const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value)
const isText = (value: unknown): boolean => typeof value === 'string'
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText)

interface Demand {
  readonly expected: string
  readonly test: (value: unknown) => boolean
}
const count: Demand = { expected: 'a whole number from 0', test: isCount }
const numeric: Demand = { expected: 'a number', test: isNumber }
const textual: Demand = { expected: 'a text', test: isText }
const flag: Demand = { expected: 'true or false', test: (value) => typeof value === 'boolean' }
const type = ['null', 'boolean', 'object', 'array', 'number', 'string', 'integer']

const demands: Readonly<Record<string, Demand>> = {
  minLength: count,
  maxLength: count,
  minItems: count,
  maxItems: count,
  minContains: count,
  maxContains: count,
  minProperties: count,
  maxProperties: count,
  minimum: numeric,
  maximum: numeric,
  exclusiveMinimum: numeric,
  exclusiveMaximum: numeric,
  multipleOf: { expected: 'a number above 0', test: (value) => isNumber(value) && (value as number) > 0 },
  nullable: flag,
  uniqueItems: flag,
  pattern: textual,
  format: textual,
  $ref: textual,
  $dynamicRef: textual,
  required: { expected: 'a list of names', test: isTexts },
  enum: { expected: 'a list of values', test: Array.isArray },
  type: {
    expected: 'types of JSON Schema',
    test: (value) => (Array.isArray(value) ? value : [value]).every((word) => type.includes(word as string)),
  },
  dependentRequired: {
    expected: 'lists of names',
    test: (value) => isObject(value) && Object.values(value).every(isTexts),
  },
  dependencies: {
    expected: 'schemas or lists of names',
    test: (value) => isObject(value) && Object.values(value).every((one) => isSchema(one) || isTexts(one)),
  },
}

const contents: Readonly<Record<Holding, Demand>> = {
  schema: { expected: 'a schema', test: isSchema },
  list: { expected: 'a list of schemas', test: (value) => Array.isArray(value) && value.every(isSchema) },
  map: { expected: 'schemas by name', test: (value) => isObject(value) && Object.values(value).every(isSchema) },
  value: { expected: 'a value', test: () => true },
}

/** Returns what is wrong with the form of a keyword, or that there is no such keyword; `undefined` where all is well, as it is with every `x-…`. */
export function complaintAbout(keyword: string, value: unknown): FailureParts | undefined {
  const holding = keywords.get(keyword)
  if (!holding)
    return keyword.startsWith('x-')
      ? undefined
      : {
          expected: 'a keyword of JSON Schema 2020-12 or OpenAPI 3.1',
          received: JSON.stringify(keyword),
          cure: cureFor(keyword),
        }
  const { expected, test } = (Object.hasOwn(demands, keyword) ? demands[keyword] : undefined) ?? contents[holding]
  return test(value) ? undefined : { expected, received: JSON.stringify(value) }
}

function cureFor(keyword: string): string {
  const close = suggest(keyword, [...keywords.keys()])
  return close.startsWith('Did') ? close : `Call it "x-${keyword}" if it is an annotation.`
}

/** What stands at a place of a document: a kind of component, or one of the few things that are none. */
export type DocumentPart =
  | 'callbacks'
  | 'components'
  | 'document'
  | 'encoding'
  | 'examples'
  | 'headers'
  | 'links'
  | 'mediaTypes'
  | 'operation'
  | 'parameters'
  | 'pathItems'
  | 'requestBodies'
  | 'responses'
  | 'schemas'
  | 'securitySchemes'

/** What stands under a key: one part, a list of them, or parts by name. */
export interface Holder {
  readonly holding: Exclude<Holding, 'value'>
  readonly part: DocumentPart
}

const one = (part: DocumentPart): Holder => ({ holding: 'schema', part })
const list = (part: DocumentPart): Holder => ({ holding: 'list', part })
const map = (part: DocumentPart): Holder => ({ holding: 'map', part })

const content = { schema: one('schemas'), content: map('mediaTypes'), examples: map('examples') }
const operation = one('operation')

/** OpenAPI 3.2 and Swagger 2.0, whose parts stand in other places. */
const holders: Readonly<Partial<Record<DocumentPart, Readonly<Record<string, Holder>>>>> = {
  document: {
    paths: map('pathItems'),
    webhooks: map('pathItems'),
    components: one('components'),
    definitions: map('schemas'),
    parameters: map('parameters'),
    responses: map('responses'),
  },
  components: {
    schemas: map('schemas'),
    responses: map('responses'),
    parameters: map('parameters'),
    examples: map('examples'),
    requestBodies: map('requestBodies'),
    headers: map('headers'),
    securitySchemes: map('securitySchemes'),
    links: map('links'),
    callbacks: map('callbacks'),
    pathItems: map('pathItems'),
    mediaTypes: map('mediaTypes'),
  },
  pathItems: {
    parameters: list('parameters'),
    additionalOperations: map('operation'),
    get: operation,
    put: operation,
    post: operation,
    delete: operation,
    options: operation,
    head: operation,
    patch: operation,
    trace: operation,
    query: operation,
  },
  operation: {
    parameters: list('parameters'),
    requestBody: one('requestBodies'),
    responses: map('responses'),
    callbacks: map('callbacks'),
  },
  parameters: content,
  headers: content,
  requestBodies: content,
  responses: { ...content, headers: map('headers'), links: map('links'), examples: map('examples') },
  mediaTypes: { ...content, itemSchema: one('schemas'), encoding: map('encoding') },
  encoding: { headers: map('headers') },
}

/** Returns what stands under a key of a part; `undefined` where it is data, a text, or unknown. */
export function holderAt(part: DocumentPart, key: string): Holder | undefined {
  if (part === 'callbacks') return key.startsWith('x-') ? undefined : one('pathItems')
  if (part !== 'schemas') {
    const known = holders[part]
    return known && Object.hasOwn(known, key) ? known[key] : undefined
  }
  const holding = keywords.get(key)
  return holding === undefined || holding === 'value' ? undefined : { holding, part }
}
