import { formatDay, formatInstant, readDay, readInstant } from '../../spec/index.ts'
import type { Entity, Role, Scope } from '../../spec/index.ts'
import { defineLaw } from '../law.ts'
import type { Claim, Context } from '../law.ts'
import { ownRoles } from '../scopes.ts'

/** What comes before what, within one object; `day` compares calendar days, `moment` seconds. */
const orders: readonly (readonly [earlier: string, later: string, by: 'day' | 'moment', entity?: Entity])[] = [
  ['issueDate', 'dueDate', 'day', 'invoice'],
  ['issueDate', 'paidAt', 'day', 'invoice'],
  ['issueDate', 'voidedAt', 'day', 'invoice'],
  ['issueDate', 'uncollectibleAt', 'day', 'invoice'],
  ['period.start', 'period.end', 'day'],
  ['createdAt', 'modifiedAt', 'moment'],
  ['startAt', 'endAt', 'moment'],
  ['rangeStart', 'rangeEnd', 'moment'],
  ['lastSyncStartedAt', 'lastSyncAt', 'moment'],
]

/** What may lie ahead of today: what is planned, promised, agreed, or runs out. */
const ahead: ReadonlySet<string> = new Set<Role>([
  'invoice.dueDate', 'invoice.promisedDate', 'invoice.period.start', 'invoice.period.end', 'line.period.start', 'line.period.end', 'allowance.dueDate',
  'payment.expectedAt', 'integration.expiresAt', 'feed.nextSyncAt', 'contract.startAt', 'contract.endAt', 'file.urlExpiresAt', 'lease.expiresAt',
  'service.startAt', 'service.endAt',
])

export const datesAreInOrder = defineLaw({
  code: 'PF-DATES',
  says: 'issued ≤ due, created ≤ modified, nothing happens after today',
  scope: 'any',
  needs: [],
  judge(scope, context) {
    const roles = ownRoles(scope)
    const pairs = orders.map((order) => inOrder(scope, order)).filter((claims) => claims !== undefined)
    const future = context.today === undefined ? [] : roles.map((role) => notAhead(scope, role, context)).filter((claims) => claims !== undefined)
    return pairs.length + future.length === 0 ? undefined : [...pairs, ...future].flat()
  },
})

function inOrder(scope: Scope, [earlier, later, by, entity = scope.entity]: (typeof orders)[number]): readonly Claim[] | undefined {
  if (scope.entity !== entity) return undefined
  const first = scope.first(`${entity}.${earlier}` as Role)
  const second = scope.first(`${entity}.${later}` as Role)
  if (!first || !second) return undefined
  const [read, write] = by === 'day' ? [readDay, formatDay] : [readInstant, formatInstant]
  const begin = read(first)
  const end = read(second)
  if (begin === undefined || end === undefined) return undefined
  return begin <= end ? [] : [{ at: second, expected: `${write(begin)} (${earlier}) or later`, received: write(end) }]
}

function notAhead(scope: Scope, role: Role, { today }: Context): readonly Claim[] | undefined {
  if (today === undefined || ahead.has(role)) return undefined
  const dates = scope.all(role).filter(({ binding }) => binding.term.kind === 'date' || binding.term.kind === 'instant')
  if (dates.length === 0) return undefined
  return dates.flatMap((occurrence) => {
    const day = readDay(occurrence)
    return day === undefined || day <= today ? [] : [{ at: occurrence, expected: `${formatDay(today)} (today) or earlier`, received: formatDay(day) }]
  })
}
