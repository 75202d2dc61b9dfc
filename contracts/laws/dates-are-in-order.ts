import { formatDay, formatInstant, Pairing, readDay, readInstant, roles, Selection } from '../../spec/index.ts'
import type { Day, Entity, Occurrence, Role, Scope } from '../../spec/index.ts'
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

interface Orders {
  readonly list: readonly Order[]
  readonly pairing: Pairing
}

const known = new Map<Entity, Orders>()

function ordersOf(entity: Entity): Orders {
  const orders = known.get(entity)
  if (orders) return orders
  const list = within(entity)
  const made = { list, pairing: new Pairing(list.map(({ earlier, later }) => [earlier, later])) }
  known.set(entity, made)
  return made
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
    const { list, pairing } = ordersOf(scope.entity)
    const stated = scope.compareAll(pairing, areInOrder)
    const count = context.today === undefined ? 0 : scope.scan(dated, isBefore(context.today + 1))
    if (stated >= 0 && count >= 0) return stated + count > 0 ? none : undefined
    const late = count < 0 ? scope.select(dated).flatMap((date) => notAhead(date, context)) : none
    const orders = stated < 0 ? list.map((order) => inOrder(scope, order)) : [stated > 0 ? none : undefined]
    const claims = orders.filter((found) => found !== undefined)
    return claims.length === 0 && count === 0 ? undefined : [...claims.flat(), ...late]
  },
})

const none: readonly never[] = []

/** The days and moments that must not lie ahead of today. */
const dated = new Selection((role) => (roles[role].kind === 'date' || roles[role].kind === 'instant') && !ahead.has(role))

const upperZ = 90

/** Days, and moments in UTC, are in the order of their texts; reading them takes much longer, and bodies have a great many. */
const isUtc = (raw: unknown): raw is string => typeof raw === 'string' && (raw.length === 10 || (raw.length === 20 && raw.charCodeAt(19) === upperZ))

/** Surely in order; what is written in other ways is looked at closely. */
const areInOrder = (before: unknown, after: unknown): boolean => isUtc(before) && isUtc(after) && before.length === after.length && before <= after

let tests: { readonly day: Day; readonly test: (raw: unknown) => boolean } | undefined

/** Returns a test for being surely before a day; every object asks for the same. */
function isBefore(day: Day): (raw: unknown) => boolean {
  if (tests?.day === day) return tests.test
  const text = formatDay(day)
  tests = { day, test: (raw) => isUtc(raw) && raw < text }
  return tests.test
}

function inOrder(scope: Scope, { earlier, later, by }: Order): readonly Claim[] | undefined {
  const first = scope.first(earlier)
  const second = first && scope.first(later)
  const [read, write] = by === 'day' ? [readDay, formatDay] : [readInstant, formatInstant]
  const begin = first && read(first)
  const end = second && read(second)
  if (!second || begin === undefined || end === undefined) return undefined
  return begin <= end ? none : [{ at: second, expected: `${write(begin)} (${earlier}) or later`, received: write(end) }]
}

function notAhead(date: Occurrence, { today }: Context): readonly Claim[] {
  const day = readDay(date)
  if (today === undefined || day === undefined || day <= today) return []
  return [{ at: date, expected: `${formatDay(today)} (today) or earlier`, received: formatDay(day) }]
}
