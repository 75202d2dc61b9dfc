import { formatDay, formatInstant, readDay, readInstant, roles, Selection } from '../../spec/index.ts'
import type { Entity, Occurrence, Role, Scope } from '../../spec/index.ts'
import { defineLaw } from '../law.ts'
import type { Claim, Context } from '../law.ts'

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
    const orders = ordersOf(scope.entity)
    let claims: readonly Claim[] | undefined
    for (let index = 0; index < orders.length; index++) claims = join(claims, inOrder(scope, orders[index] as Order))
    if (context.today === undefined) return claims
    const tomorrow = formatDay(context.today + 1)
    const count = scope.scan(dated, (raw) => isUtc(raw) && raw < tomorrow)
    return count === 0 ? claims : join(claims, count > 0 ? none : scope.select(dated).flatMap((date) => notAhead(date, context)))
  },
})

const none: readonly never[] = []

/** Nearly all objects give no claims, and bodies have a great many objects. */
const join = (left: readonly Claim[] | undefined, right: readonly Claim[] | undefined): readonly Claim[] | undefined =>
  !left || left.length === 0 ? (right ?? left) : right && right.length > 0 ? [...left, ...right] : left

/** The days and moments that must not lie ahead of today. */
const dated = new Selection((role) => (roles[role].kind === 'date' || roles[role].kind === 'instant') && !ahead.has(role))

const upperZ = 90

/** Days, and moments in UTC, are in the order of their texts; reading them takes much longer, and bodies have a great many. */
const isUtc = (raw: unknown): raw is string => typeof raw === 'string' && (raw.length === 10 || (raw.length === 20 && raw.charCodeAt(19) === upperZ))

function inOrder(scope: Scope, { earlier, later, by }: Order): readonly Claim[] | undefined {
  const before = scope.raw(earlier)
  const after = before === undefined ? undefined : scope.raw(later)
  if (after === undefined) return undefined
  const [read, write] = by === 'day' ? [readDay, formatDay] : [readInstant, formatInstant]
  if (isUtc(before) && isUtc(after) && before.length === after.length && before <= after) return none
  const first = scope.first(earlier) as Occurrence
  const second = scope.first(later) as Occurrence
  const begin = read(first)
  const end = read(second)
  if (begin === undefined || end === undefined) return undefined
  return begin <= end ? [] : [{ at: second, expected: `${write(begin)} (${earlier}) or later`, received: write(end) }]
}

function notAhead(date: Occurrence, { today }: Context): readonly Claim[] {
  const day = readDay(date)
  if (today === undefined || day === undefined || day <= today) return []
  return [{ at: date, expected: `${formatDay(today)} (today) or earlier`, received: formatDay(day) }]
}
