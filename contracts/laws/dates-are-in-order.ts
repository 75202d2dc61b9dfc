import { formatDay, formatInstant, readDay, readInstant, roles } from '../../spec/index.ts'
import type { Entity, Occurrence, Role, Scope } from '../../spec/index.ts'
import { defineLaw } from '../law.ts'
import type { Claim, Context } from '../law.ts'
import { ownRoles } from '../scopes.ts'

interface Order {
  readonly earlier: Role
  readonly later: Role
  readonly by: 'day' | 'moment'
}

/** What comes before what, within one object; `day` compares calendar days, `moment` seconds. */
const within = (entity: Entity): readonly Order[] =>
  ([
    ...(entity === 'invoice' ? ['dueDate', 'paidAt', 'voidedAt', 'uncollectibleAt'].map((later) => ['issueDate', later, 'day'] as const) : []),
    ['period.start', 'period.end', 'day'],
    ['createdAt', 'modifiedAt', 'moment'],
    ['startAt', 'endAt', 'moment'],
    ['rangeStart', 'rangeEnd', 'moment'],
    ['lastSyncStartedAt', 'lastSyncAt', 'moment'],
  ] as const).map(([earlier, later, by]) => ({ earlier: `${entity}.${earlier}` as Role, later: `${entity}.${later}` as Role, by }))
    .filter(({ earlier, later }) => Object.hasOwn(roles, earlier) && Object.hasOwn(roles, later))

const orders = new Map<Entity, readonly Order[]>()

function ordersOf(entity: Entity): readonly Order[] {
  const list = orders.get(entity) ?? within(entity)
  orders.set(entity, list)
  return list
}

/** What may lie ahead of today: what is planned, promised, agreed, asked for, or runs out. */
const ahead: ReadonlySet<string> = new Set<Role>([
  'invoice.dueDate', 'invoice.promisedDate', 'invoice.period.start', 'invoice.period.end', 'line.period.start', 'line.period.end', 'allowance.dueDate',
  'payment.expectedAt', 'integration.expiresAt', 'feed.nextSyncAt', 'contract.startAt', 'contract.endAt', 'file.urlExpiresAt', 'lease.expiresAt',
  'service.startAt', 'service.endAt', 'page.since',
])

export const datesAreInOrder = defineLaw({
  code: 'PF-DATES',
  says: 'issued ≤ due, created ≤ modified, nothing happens after today',
  scope: 'any',
  needs: [],
  judge(scope, context) {
    const pairs = ordersOf(scope.entity).map((order) => inOrder(scope, order)).filter((claims) => claims !== undefined)
    const dates = context.today === undefined ? [] : datesOf(scope)
    return pairs.length + dates.length === 0 ? undefined : [...pairs.flat(), ...dates.flatMap((date) => notAhead(date, context))]
  },
})

function inOrder(scope: Scope, { earlier, later, by }: Order): readonly Claim[] | undefined {
  const first = scope.first(earlier)
  const second = scope.first(later)
  if (!first || !second) return undefined
  const [read, write] = by === 'day' ? [readDay, formatDay] : [readInstant, formatInstant]
  const begin = read(first)
  const end = read(second)
  if (begin === undefined || end === undefined) return undefined
  return begin <= end ? [] : [{ at: second, expected: `${write(begin)} (${earlier}) or later`, received: write(end) }]
}

/** The days and moments of an object that must not lie ahead of today. */
const datesOf = (scope: Scope): readonly Occurrence[] =>
  ownRoles(scope)
    .filter((role) => (roles[role].kind === 'date' || roles[role].kind === 'instant') && !ahead.has(role))
    .flatMap((role) => scope.all(role))

function notAhead(date: Occurrence, { today }: Context): readonly Claim[] {
  const day = readDay(date)
  if (today === undefined || day === undefined || day <= today) return []
  return [{ at: date, expected: `${formatDay(today)} (today) or earlier`, received: formatDay(day) }]
}
