import type { BusinessObject, Occurrence, Role } from '../../spec/index.ts'
import { clause } from '../law.ts'
import type { LawFinding, Clause } from '../law.ts'
import { show } from '../violation.ts'

/**
 * Items of a list have ids of their own.
 * @param ids roles that identify an item; the first that it states counts
 * @example unique('invoice.lines', 'line.id')
 */
export const unique = (list: Role, ...ids: readonly Role[]): Clause =>
  clause([list], (object) => repeatedIn(object.list(list), () => ids))

/** Items of every list of an invoice or a page, save some, have ids of their own: `call.id` for a list of calls. */
export const uniqueInOthers =
  (except: readonly string[]): Clause =>
  ({ entity: owner, lists }) => {
    if (owner !== 'invoice' && owner !== 'page') return undefined
    const others = [...lists].filter((name) => name.startsWith(`${owner}.`) && !except.includes(name))
    if (others.length === 0) return undefined
    return (object) => {
      const judged = others
        .map((name) => repeatedIn(object.list(name), ({ entity }) => [`${entity}.id` as Role]))
        .filter((findings) => findings !== undefined)
      return judged.length === 0 ? undefined : judged.flat()
    }
  }

function repeatedIn(
  items: readonly BusinessObject[],
  idsOf: (item: BusinessObject) => readonly Role[],
): readonly LawFinding[] | undefined {
  if (items.length < 2) return undefined
  const seen = new Map<string, Occurrence>()
  const findings: LawFinding[] = []
  for (const item of items) {
    const occurrence = idsOf(item)
      .map((role) => item.first(role))
      .find((found) => found !== undefined)
    if (!occurrence) continue
    const key = String(occurrence.raw)
    const before = seen.get(key)
    if (!before) seen.set(key, occurrence)
    else
      findings.push({
        at: occurrence,
        expected: `an id other than that at ${before.pointer}`,
        received: show(occurrence.raw),
      })
  }
  return findings
}
