import { complaintAbout, failure, isObject, join, keywords, patternOf } from '../../spec/index.ts'
import type { Locate } from '../../spec/index.ts'
import { placeOf } from './place.ts'
import type { Spot } from './spot.ts'

/** How schemas are vetted. */
export interface VetOptions {
  readonly locate?: Locate
  /** Whether keywords that neither JSON Schema nor OpenAPI defines are an error. Those that begin with `x-` never are. */
  readonly unknownKeywords?: 'refuse' | 'ignore'
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
      const here = (): string => placeOf(join(site.pointer, keyword), locate)
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
