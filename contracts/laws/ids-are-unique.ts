import type { Occurrence, Role, Scope } from '../../spec/index.ts'
import { both, defineLaw } from '../law.ts'
import type { Claim } from '../law.ts'
import { show } from '../violation.ts'

/** Lists of things that have an identity of their own; one payment may be allocated twice, so allocations come first. */
const lists: readonly { readonly list: Role; readonly ids: readonly Role[] }[] = [
  { list: 'page.items', ids: ['invoice.id'] },
  { list: 'invoice.lines', ids: ['line.id'] },
  { list: 'invoice.payments', ids: ['payment.allocationId', 'payment.id'] },
  { list: 'invoice.emails', ids: ['email.id'] },
  { list: 'invoice.calls', ids: ['call.id'] },
  { list: 'invoice.files', ids: ['file.id'] },
  { list: 'page.messages', ids: ['message.id'] },
]

export const idsAreUnique = defineLaw({
  code: 'PF-IDS',
  says: 'ids are unique within their list',
  scope: 'any',
  needs: [lists.map(({ list }) => list)],
  screen: ({ isNested }) => (isNested ? ({ names }) => (names.some(isListed) ? 'unsure' : 'silent') : undefined),
  judge(scope) {
    let claims: readonly Claim[] | undefined
    for (let index = 0; index < lists.length; index++) {
      const { list, ids } = lists[index] as (typeof lists)[number]
      const items = scope.list(list)
      if (items.length > 1) claims = both(claims, areDistinct(items, ids) ? none : repeats(items, ids))
    }
    return claims
  },
})

const none: readonly never[] = []

const listed: ReadonlySet<string> = new Set(lists.map(({ list }) => list))
const isListed = (name: string): boolean => listed.has(name)

function areDistinct(items: readonly Scope[], ids: readonly Role[]): boolean {
  const seen = new Set<string>()
  let count = 0
  for (let index = 0; index < items.length; index++) {
    const item = items[index] as Scope
    let raw: unknown
    for (let at = 0; raw === undefined && at < ids.length; at++) raw = item.raw(ids[at] as Role)
    if (raw === undefined) continue
    seen.add(String(raw))
    count++
  }
  return seen.size === count
}

function repeats(items: readonly Scope[], ids: readonly Role[]): readonly Claim[] {
  const seen = new Map<string, Occurrence>()
  return items.flatMap((item) => {
    const occurrence = ids.map((role) => item.first(role)).find((found) => found)
    if (!occurrence) return []
    const key = String(occurrence.raw)
    const before = seen.get(key)
    seen.set(key, before ?? occurrence)
    return before === undefined
      ? []
      : [{ at: occurrence, expected: `an id other than that at ${before.pointer}`, received: show(occurrence.raw) }]
  })
}
