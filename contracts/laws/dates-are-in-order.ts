import { Chart, formatDay, formatInstant, readDay, readInstant, roles, Selection } from '../../spec/index.ts'
import type { Entity, Leaf, Occurrence, Role, Scope } from '../../spec/index.ts'
import { defineLaw } from '../law.ts'
import type { Claim, Context, Glance } from '../law.ts'

interface Order {
  readonly earlier: Role
  readonly later: Role
  readonly by: 'day' | 'moment'
}

const orders = new Map<Entity, readonly Order[]>()

/** What comes before what, within one object; `day` compares calendar days, `moment` seconds. */
function within(entity: Entity): readonly Order[] {
  const known = orders.get(entity) ?? ordersOf(entity)
  orders.set(entity, known)
  return known
}

const ordersOf = (entity: Entity): readonly Order[] =>
  (
    [
      ...(entity === 'invoice'
        ? ['dueDate', 'paidAt', 'voidedAt', 'uncollectibleAt'].map((later) => ['issueDate', later, 'day'] as const)
        : []),
      ['period.start', 'period.end', 'day'],
      ['createdAt', 'modifiedAt', 'moment'],
      ['startAt', 'endAt', 'moment'],
      ['rangeStart', 'rangeEnd', 'moment'],
      ['lastSyncStartedAt', 'lastSyncAt', 'moment'],
    ] as const
  )
    .map(([earlier, later, by]) => ({
      earlier: `${entity}.${earlier}` as Role,
      later: `${entity}.${later}` as Role,
      by,
    }))
    .filter(({ earlier, later }) => Object.hasOwn(roles, earlier) && Object.hasOwn(roles, later))

/** What may lie ahead of today: what is planned, promised, agreed, asked for, or runs out. */
const ahead: ReadonlySet<string> = new Set<Role>([
  'invoice.dueDate',
  'invoice.promisedDate',
  'invoice.period.start',
  'invoice.period.end',
  'line.period.start',
  'line.period.end',
  'allowance.dueDate',
  'payment.expectedAt',
  'integration.expiresAt',
  'feed.nextSyncAt',
  'contract.startAt',
  'contract.endAt',
  'file.urlExpiresAt',
  'lease.expiresAt',
  'service.startAt',
  'service.endAt',
  'page.since',
])

/** The days and moments that must not lie ahead of today. */
const dated = new Selection(
  (role) => (roles[role].kind === 'date' || roles[role].kind === 'instant') && !ahead.has(role),
)

/** Two dates of an order, each by its property where just one states it. */
interface Pair {
  readonly first: Leaf | Role
  readonly second: Leaf | Role
  /** Whether the first need not be held against today, because the second is. */
  readonly covers: boolean
}

/** What to look at in objects that are stated alike. */
interface Schedule {
  readonly pairs: readonly Pair[]
  readonly singles: readonly Leaf[]
}

const schedules = new Chart((plan, entity): Schedule => {
  const leaves = dated.leaves(plan, entity)
  const covered = new Set<Leaf>()
  const place = (role: Role): Leaf | Role => {
    const [leaf, ...others] = plan.own.get(role) ?? []
    return leaf && others.length === 0 ? leaf : role
  }
  const pairs = within(entity)
    .filter(({ earlier, later }) => plan.own.has(earlier) && plan.own.has(later))
    .map(({ earlier, later }): Pair => {
      const [first, second] = [place(earlier), place(later)]
      const covers =
        typeof first === 'object' &&
        typeof second === 'object' &&
        leaves.includes(first) &&
        leaves.includes(second) &&
        !covered.has(first)
      if (covers) covered.add(first)
      return { first, second, covers }
    })
  return { pairs, singles: leaves.filter((leaf) => !covered.has(leaf)) }
})

export const datesAreInOrder = defineLaw({
  code: 'PF-DATES',
  says: 'issued ≤ due, created ≤ modified, nothing happens after today',
  scope: 'any',
  needs: [],
  screen({ plan, entity, isScattered }, { today }) {
    const schedule = schedules.of(plan, entity)
    const end = today === undefined ? undefined : formatDay(today + 1)
    if (isScattered) return (scope) => (scope.elsewhere.some(isDate) ? 'unsure' : glanceAt(scope, schedule, end))
    return schedule.pairs.length + schedule.singles.length === 0 ? undefined : (scope) => glanceAt(scope, schedule, end)
  },
  judge(scope, context) {
    const dates = context.today === undefined ? none : scope.select(dated)
    const late = dates.flatMap((date) => notAhead(date, context))
    const claims = within(scope.entity)
      .map((order) => inOrder(scope, order))
      .filter((found) => found !== undefined)
    return claims.length === 0 && dates.length === 0 ? undefined : [...claims.flat(), ...late]
  },
})

const none: readonly never[] = []

const isDate = ({
  binding: {
    term: { kind },
  },
}: Occurrence): boolean => kind === 'date' || kind === 'instant'

const valueOf = (scope: Scope, place: Leaf | Role): unknown =>
  typeof place === 'string' ? scope.raw(place) : scope.value(place)

/** Tells what the texts alone tell, up to the end of the day it is. */
function glanceAt(scope: Scope, { pairs, singles }: Schedule, end: string | undefined): Glance {
  let told: Glance = 'silent'
  for (let index = 0; index < pairs.length; index++) {
    const { first, second, covers } = pairs[index] as Pair
    const before = valueOf(scope, first)
    if (before === undefined) continue
    const after = valueOf(scope, second)
    const isAlone = after === undefined
    if (isAlone && (!covers || end === undefined)) continue
    if (isAlone ? !isBefore(before, end as string) : !areInOrder(before, after)) return 'unsure'
    told = 'fine'
  }
  if (end === undefined) return told
  for (let index = 0; index < singles.length; index++) {
    const raw = scope.value(singles[index] as Leaf)
    if (raw === undefined) continue
    if (!isBefore(raw, end)) return 'unsure'
    told = 'fine'
  }
  return told
}

const upperZ = 90

/** Days, and moments in UTC, are in the order of their texts; reading them takes much longer, and bodies have a great many. */
const isUtc = (raw: unknown): raw is string =>
  typeof raw === 'string' && (raw.length === 10 || (raw.length === 20 && raw.charCodeAt(19) === upperZ))

/** Surely in order; what is written in other ways is looked at closely. */
const areInOrder = (before: unknown, after: unknown): boolean =>
  isUtc(before) && isUtc(after) && before.length === after.length && before <= after

/** Surely before a day. */
const isBefore = (raw: unknown, day: string): boolean => isUtc(raw) && raw < day

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
