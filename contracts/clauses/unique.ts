import type { Occurrence, Role } from '../../spec/index.ts'
import { clause } from '../law.ts'
import type { Claim, Clause } from '../law.ts'
import { show } from '../violation.ts'

/**
 * Items of a list have ids of their own.
 * @param ids roles that identify an item; the first that it states counts
 * @example unique('invoice.lines', 'line.id')
 */
export const unique = (list: Role, ...ids: readonly Role[]): Clause =>
  clause([list], (object) => {
    const items = object.list(list)
    if (items.length < 2) return undefined
    const seen = new Map<string, Occurrence>()
    const claims: Claim[] = []
    for (const item of items) {
      const occurrence = ids.map((role) => item.first(role)).find((found) => found !== undefined)
      if (!occurrence) continue
      const key = String(occurrence.raw)
      const before = seen.get(key)
      if (!before) seen.set(key, occurrence)
      else
        claims.push({
          at: occurrence,
          expected: `an id other than that at ${before.pointer}`,
          received: show(occurrence.raw),
        })
    }
    return claims
  })
