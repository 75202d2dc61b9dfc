import type { Occurrence, Role, Scope } from '../../spec/index.ts'
import { defineLaw } from '../law.ts'
import type { Claim } from '../law.ts'
import { show } from '../violation.ts'

/** Lists of things that have an identity of their own; one payment may be allocated twice, so allocations come first. */
const lists: readonly (readonly [list: Role, ...ids: Role[]])[] = [
  ['page.items', 'invoice.id'],
  ['invoice.lines', 'line.id'],
  ['invoice.payments', 'payment.allocationId', 'payment.id'],
  ['invoice.emails', 'email.id'],
  ['invoice.calls', 'call.id'],
  ['invoice.files', 'file.id'],
  ['page.messages', 'message.id'],
]

export const idsAreUnique = defineLaw({
  code: 'PF-IDS',
  says: 'ids are unique within their list',
  scope: 'any',
  needs: [lists.map(([list]) => list)],
  judge(scope) {
    if (scope.names.length === 0) return undefined
    const judged = lists.filter(([list]) => scope.list(list).length > 1)
    return judged.length === 0 ? undefined : judged.flatMap(([list, ...ids]) => repeats(scope.list(list), ids))
  },
})

function repeats(items: readonly Scope[], ids: readonly Role[]): readonly Claim[] {
  const seen = new Map<string, Occurrence>()
  return items.flatMap((item) => {
    const occurrence = ids.map((role) => item.first(role)).find((found) => found)
    if (!occurrence) return []
    const key = String(occurrence.raw)
    const before = seen.get(key)
    seen.set(key, before ?? occurrence)
    return before === undefined ? [] : [{ at: occurrence, expected: `an id other than that at ${before.pointer}`, received: show(occurrence.raw) }]
  })
}
