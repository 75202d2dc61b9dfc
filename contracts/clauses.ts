// Builds clauses of laws: order of dates, equality of repeated values, keys and unique ids.

import { entityOf, formatDay, formatInstant, readDay, readInstant } from '../spec/index.ts'
import type { Binding, BusinessObject, Occurrence, Day, Role, Kind, Term, Anchor, Entity } from '../spec/index.ts'
import { noFindings, clause } from './law.ts'
import type { LawFinding, Clause, LawContext } from './law.ts'
import { shownJson } from './violation.ts'

/** What holds for each value of some roles. */
export interface Each<Limit> {
  /** The roles whose values are judged. */
  readonly of: (binding: Binding) => boolean
  /** What they are held against; where that is unknown, nothing is judged. */
  readonly limit: (object: BusinessObject, context: LawContext) => Limit | undefined
  readonly holds: (raw: unknown, limit: Limit, binding: Binding) => boolean
  /** What to say of a value for which it does not hold. */
  readonly describe: (occurrence: Occurrence, limit: Limit) => Omit<LawFinding, 'at'>
}

/** Something holds for each value that an object states about itself for some roles. */
export const each =
  <Limit>({ of, limit, holds, describe }: Each<Limit>): Clause =>
  ({ entity, statements }) => {
    const chosen = new Map(
      statements.map((statement) => [
        statement,
        statement.properties.filter(({ binding }) => entityOf(binding.role) === entity && of(binding)),
      ]),
    )
    if ([...chosen.values()].every((properties) => properties.length === 0)) return undefined
    return (object, context) => {
      const against = limit(object, context)
      if (against === undefined) return undefined
      let findings: readonly LawFinding[] | undefined
      for (const source of object.sources) {
        for (const property of chosen.get(source.statement) ?? noFindings) {
          const raw = source.value(property)
          if (raw === undefined) continue
          findings ??= noFindings
          if (holds(raw, against, property.binding)) continue
          const at = source.occurrence(property, raw)
          findings = [...findings, { at, ...describe(at, against) }]
        }
      }
      return findings
    }
  }

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
    if (isHeld !== false) return isHeld && noFindings
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

/** How values of some kinds are compared. */
export interface Sameness {
  readonly kinds: readonly Kind[]
  /** Tells whether two values that are not written alike mean the same. */
  readonly areSame: (home: Occurrence, other: Occurrence, object: BusinessObject, context: LawContext) => boolean
  /** Returns which values are compared with each other; all of a role, unless given. */
  readonly group?: (occurrence: Occurrence, context: LawContext) => string
  /** What is expected, given what stands at the first place. */
  readonly expected: (home: string, pointer: string) => string
}

/** A value that an object states at several places is the same everywhere. */
export const sameEverywhere =
  (sameness: Sameness): Clause =>
  ({ repeated, terms }) => {
    const compared = repeated.filter((role) => sameness.kinds.includes((terms.get(role) as Term).kind))
    if (compared.length === 0) return undefined
    return (object, context) => {
      let findings: readonly LawFinding[] | undefined
      for (const role of compared) {
        const isAlike = areWrittenAlike(object, role)
        if (isAlike === undefined) continue
        findings ??= noFindings
        if (!isAlike) findings = [...findings, ...differencesOf(object, role, sameness, context)]
      }
      return findings
    }
  }

/** Tells whether all values of a role are written alike, `undefined` where there are fewer than two. */
function areWrittenAlike(object: BusinessObject, role: Role): boolean | undefined {
  let home: unknown
  let isAlike: boolean | undefined
  for (const source of object.sources) {
    for (const property of source.statement.byRole.get(role) ?? noFindings) {
      const raw = source.value(property)
      if (raw === undefined) continue
      if (home === undefined) home = raw
      else if (raw !== home) return false
      else isAlike = true
    }
  }
  return isAlike
}

function differencesOf(
  object: BusinessObject,
  role: Role,
  { areSame, group = () => '', expected }: Sameness,
  context: LawContext,
): readonly LawFinding[] {
  const homes = new Map<string, Occurrence>()
  return object.all(role).flatMap((occurrence) => {
    const key = group(occurrence, context)
    const home = homes.get(key)
    if (!home) homes.set(key, occurrence)
    return !home || areSame(home, occurrence, object, context)
      ? []
      : [{ at: occurrence, expected: expected(shownJson(home.raw), home.pointer), received: shownJson(occurrence.raw) }]
  })
}

/**
 * A foreign key is the id of the object that travels with it. Identities of different forms are not compared.
 * @param path names of lists and entities that lead to the object
 * @example pointsAt('payment.approverId', 'payment.approver')
 */
export const pointsAt = (key: Role, ...path: readonly [Role | Anchor, ...Role[]]): Clause =>
  clause([key, path[0]], (object, context) => {
    const target = followLists(object, path)
    const id = target && idRole(target.entity)
    const home = id && target.first(id)
    const stated = home && object.first(key)
    if (!stated || idForm(stated, context) !== idForm(home, context)) return undefined
    if (isSameId(home, stated)) return noFindings
    return [{ at: stated, expected: idAt(shownJson(home.raw), home.pointer), received: shownJson(stated.raw) }]
  })

function followLists(object: BusinessObject, path: readonly string[]): BusinessObject | undefined {
  let found: BusinessObject | undefined = object
  for (const name of path) found = found?.list(name)[0]
  return found
}

/** The role of an entity's identity. */
const idRole = (entity: Entity): Role => `${entity}.id` as Role

/** Returns the form in which an identity is written: two forms of one identity are different texts. */
export const idForm = ({ binding }: Occurrence, { representation }: LawContext): string =>
  binding.as ?? representation.id ?? ''

/** Tells whether two identities are the same: `7` is `"7"`. */
export const isSameId = (left: Occurrence, right: Occurrence): boolean => String(left.raw) === String(right.raw)

/** Returns what is expected of a key. */
export const idAt = (id: string, pointer: string): string => `${id}, the id at ${pointer}`

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
        received: shownJson(occurrence.raw),
      })
  }
  return findings
}
