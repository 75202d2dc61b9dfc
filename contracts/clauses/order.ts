import { formatDay, formatInstant, readDay, readInstant } from '../../spec/index.ts'
import type { Day, Role } from '../../spec/index.ts'
import { clause, none } from '../law.ts'
import type { Clause } from '../law.ts'
import { each } from './each.ts'

/**
 * One date is not later than another of the same object; `day` compares calendar days as they are stated, before an offset, `moment`
 * seconds.
 * @example order('invoice.issueDate', '<=', 'invoice.dueDate', 'day')
 */
export const order = (earlier: Role, _: '<=', later: Role, by: 'day' | 'moment'): Clause =>
  clause([earlier, later], (object) => {
    const before = object.raw(earlier)
    const after = before === undefined ? undefined : object.raw(later)
    const [read, write] = by === 'day' ? [readDay, formatDay] : [readInstant, formatInstant]
    const isHeld = after === undefined ? undefined : areInOrder(before, after, read)
    if (isHeld !== false) return isHeld && none
    const [first, second] = [object.first(earlier), object.first(later)]
    const [begin, end] = [first && read(first), second && read(second)]
    if (!second || begin === undefined || end === undefined) return undefined
    return [{ at: second, expected: `${write(begin)} (${earlier}) or later`, received: write(end), of: [earlier] }]
  })

/** Dates and moments of an object are not later than today, save those that may lie ahead. */
export const notAfterToday = (): Clause =>
  each({
    of: ({ term: { kind, allows } }) => (kind === 'date' || kind === 'instant') && !allows?.includes('ahead'),
    limit: (_, { today }) => (today === undefined ? undefined : `${formatDay(today)}T23:59:59Z`),
    // Where the server is, it may be a day later or earlier than in UTC: only what is ahead in both is.
    holds: (raw, endOfToday) =>
      areInOrder(raw, endOfToday, readInstant) !== false || areInOrder(raw, endOfToday, readDay) !== false,
    describe: (date, endOfToday) => ({
      expected: `${formatDay(readDay({ raw: endOfToday }) as Day)} (today) or earlier`,
      received: formatDay(readDay(date) as Day),
    }),
  })

/** Tells whether one date is not later than another, `undefined` where one of them cannot be read: conformance reports that. */
function areInOrder(
  before: unknown,
  after: unknown,
  read: (date: { readonly raw: unknown }) => number | undefined,
): boolean | undefined {
  // Days and moments in UTC are in the order of their texts, and reading them takes several times as long.
  if (isPlain(before) && isPlain(after) && before <= after) return true
  const begin = read({ raw: before })
  const end = read({ raw: after })
  return begin === undefined || end === undefined ? undefined : begin <= end
}

const [upperT, upperZ] = [84, 90]

/** `2026-01-15` or `2026-01-15T09:30:00Z`. */
const isPlain = (raw: unknown): raw is string =>
  typeof raw === 'string' &&
  (raw.length === 10 || (raw.length === 20 && raw.charCodeAt(10) === upperT && raw.charCodeAt(19) === upperZ))
