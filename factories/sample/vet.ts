import { failure, isObject, join, suggest } from '../../spec/index.ts'
import type { Locate } from '../../spec/index.ts'
import { keywords } from './keywords.ts'
import { faultOf } from './pattern/text.ts'
import { placeOf } from './place.ts'
import type { Spot } from './spot.ts'

/** How schemas are vetted. */
export interface VetOptions {
  readonly locate?: Locate
  /** Whether keywords that neither JSON Schema nor OpenAPI defines are an error. Those that begin with `x-` never are. */
  readonly unknownKeywords?: 'refuse' | 'ignore'
}

const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0
const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value)
const isText = (value: unknown): boolean => typeof value === 'string'
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText)
const isSchema = (value: unknown): boolean => typeof value === 'boolean' || isObject(value)

interface Demand { readonly expected: string; readonly test: (value: unknown) => boolean }
const count: Demand = { expected: 'a whole number from 0', test: isCount }
const number: Demand = { expected: 'a number', test: isNumber }
const text: Demand = { expected: 'a text', test: isText }
const flag: Demand = { expected: 'true or false', test: (value) => typeof value === 'boolean' }
const type = ['null', 'boolean', 'object', 'array', 'number', 'string', 'integer']

const demands: Readonly<Record<string, Demand>> = {
  minLength: count, maxLength: count, minItems: count, maxItems: count, minContains: count, maxContains: count, minProperties: count, maxProperties: count,
  minimum: number, maximum: number, exclusiveMinimum: number, exclusiveMaximum: number,
  multipleOf: { expected: 'a number above 0', test: (value) => isNumber(value) && (value as number) > 0 },
  nullable: flag, uniqueItems: flag, pattern: text, format: text, $ref: text, $dynamicRef: text,
  required: { expected: 'a list of names', test: isTexts },
  enum: { expected: 'a list of values', test: Array.isArray },
  type: { expected: 'types of JSON Schema', test: (value) => (Array.isArray(value) ? value : [value]).every((word) => type.includes(word as string)) },
  dependentRequired: { expected: 'lists of names', test: (value) => isObject(value) && Object.values(value).every(isTexts) },
}

const holding: Readonly<Record<string, Demand>> = {
  schema: { expected: 'a schema', test: isSchema },
  list: { expected: 'a list of schemas', test: (value) => Array.isArray(value) && value.every(isSchema) },
  map: { expected: 'schemas by name', test: (value) => isObject(value) && Object.values(value).every(isSchema) },
  value: { expected: 'a value', test: () => true },
}
const dependencies: Demand = {
  expected: 'schemas or lists of names',
  test: (value) => isObject(value) && Object.values(value).every((one) => isSchema(one) || isTexts(one)),
}

/**
 * Returns a function that checks the keywords of a schema, each schema once.
 * @throws Failure, from the function, for a malformed or unknown keyword, or a pattern that cannot be used.
 */
export function createVet({ locate, unknownKeywords = 'refuse' }: VetOptions): (spot: Spot) => void {
  const vetted = new Set<unknown>()
  return ({ schema, site }) => {
    if (typeof schema === 'boolean' || vetted.has(schema)) return
    vetted.add(schema)
    for (const [keyword, value] of Object.entries(schema)) {
      const demand = demandOf(keyword)
      const here = (): string => placeOf(join(site.pointer, keyword), locate)
      if (!demand) {
        if (keyword.startsWith('x-') || unknownKeywords === 'ignore') continue
        const expected = 'a keyword of JSON Schema 2020-12 or OpenAPI 3.1'
        throw failure(`read ${here()}`, { expected, received: JSON.stringify(keyword), cure: cureFor(keyword) })
      }
      if (!demand.test(value)) throw failure(`read ${here()}`, { expected: demand.expected, received: JSON.stringify(value) })
      for (const pattern of patternsOf(keyword, value)) {
        const fault = faultOf(pattern)
        if (fault) throw failure(`read ${here()}`, { expected: 'a regular expression (ECMA-262) that ends in time', received: fault })
      }
    }
  }
}

function cureFor(keyword: string): string {
  const close = suggest(keyword, [...keywords.keys()])
  return close.startsWith('Did') ? close : `Call it "x-${keyword}" if it is an annotation.`
}

function demandOf(keyword: string): Demand | undefined {
  if (keyword === 'dependencies') return dependencies
  const kind = keywords.get(keyword)
  return Object.hasOwn(demands, keyword) ? demands[keyword] : kind && holding[kind]
}

function patternsOf(keyword: string, value: unknown): readonly string[] {
  if (keyword === 'pattern') return [value as string]
  return keyword === 'patternProperties' && isObject(value) ? Object.keys(value) : []
}
