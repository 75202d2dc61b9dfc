// Refuses schemas that cannot be sampled: unknown keywords, patterns that may never end, references in a circle.

import { complaintAbout, failure, isObject, join, keywords, patternOf } from '../../spec/index.ts'
import type { Locate } from '../../spec/index.ts'
import { describePlace } from './subschema.ts'
import type { Subschema, Subschemas } from './subschema.ts'

/** How schemas are vetted. */
export interface KeywordOptions {
  readonly locate?: Locate
  /** Whether keywords that neither JSON Schema nor OpenAPI defines are an error. Those that begin with `x-` never are. */
  readonly unknownKeywords?: 'refuse' | 'ignore'
}

/**
 * Returns a function that checks the keywords of a schema, each schema once.
 * @throws Failure, from the function, for a malformed or unknown keyword, or a pattern that cannot be used.
 */
export function createKeywordCheck({
  locate,
  unknownKeywords = 'refuse',
}: KeywordOptions): (subschema: Subschema) => void {
  const vetted = new Set<unknown>()
  return ({ schema, location }) => {
    if (typeof schema === 'boolean' || vetted.has(schema)) return
    vetted.add(schema)
    for (const [keyword, value] of Object.entries(schema)) {
      const here = (): string => describePlace(join(location.pointer, keyword), locate)
      if (unknownKeywords === 'ignore' && !keywords.has(keyword)) continue
      const complaint = complaintAbout(keyword, value)
      if (complaint) throw failure(`read ${here()}`, complaint)
      for (const pattern of patternsOf(keyword, value)) {
        const { fault } = patternOf(pattern)
        if (fault) throw failure(`read ${here()}`, fault)
      }
    }
  }
}

function patternsOf(keyword: string, value: unknown): readonly string[] {
  if (keyword === 'pattern') return [value as string]
  return keyword === 'patternProperties' && isObject(value) ? Object.keys(value) : []
}

const single = ['not', 'if', 'then', 'else']
const several = ['allOf', 'anyOf', 'oneOf']

/**
 * Returns a check that a schema does not come back to itself while it looks at one and the same value: no validator would end.
 * @throws Failure, from the check, for such a circle.
 */
export function createCycleCheck(subschemas: Subschemas, locate: Locate | undefined): (subschema: Subschema) => void {
  const done = new Set<Subschema>()
  const open = new Set<Subschema>()
  return function check(subschema: Subschema): void {
    if (done.has(subschema) || typeof subschema.schema === 'boolean') return
    if (open.has(subschema)) {
      const received = 'a circle that comes back without a step into the value'
      throw failure(`follow the references at ${describePlace(subschema.location.pointer, locate)}`, {
        expected: 'an end',
        received,
      })
    }
    open.add(subschema)
    for (const next of beside(subschemas, subschema)) check(next)
    open.delete(subschema)
    done.add(subschema)
  }
}

/** Schemas that apply to the same value. */
function beside(subschemas: Subschemas, subschema: Subschema): Subschema[] {
  if (subschema.negated) return [subschemas.negation(subschema)]
  if (typeof subschema.schema === 'boolean') return []
  const { schema } = subschema
  const paths = [
    ...single.filter((keyword) => keyword in schema).map((keyword) => `/${keyword}`),
    ...several.flatMap((keyword) =>
      Array.isArray(schema[keyword]) ? schema[keyword].map((_, index) => join('', keyword, index)) : [],
    ),
    ...(isObject(schema.dependentSchemas)
      ? Object.keys(schema.dependentSchemas).map((name) => join('/dependentSchemas', name))
      : []),
  ]
  return [
    ...(typeof schema.$ref === 'string' ? [subschemas.follow(subschema, schema.$ref)] : []),
    ...(typeof schema.$dynamicRef === 'string' ? [subschemas.followDynamic(subschema, schema.$dynamicRef)] : []),
    ...paths.map((path) => subschemas.child(subschema, path)),
  ]
}
