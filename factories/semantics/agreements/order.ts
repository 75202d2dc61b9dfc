import { formatDay, formatInstant, parseDay, parseInstant, secondsPerDay } from '../../../spec/index.ts'
import { spoken } from '../members.ts'
import type { Agreement } from '../members.ts'

/** Words that come before others, each with what it must not be later or greater than. */
const pairs = (
  [
    ['start', 'end'],
    ['begin', 'end'],
    ['from', 'to'],
    ['from', 'until'],
    ['started', 'ended'],
    ['started', 'completed'],
    ['started', 'finished'],
    ['opens', 'closes'],
    ['opening', 'closing'],
    ['min', 'max'],
    ['minimum', 'maximum'],
    ['lower', 'upper'],
    ['first', 'last'],
    ['issue', 'due'],
    ['issued', 'due'],
    ['invoice', 'due'],
    ['valid from', 'valid until'],
    ['valid from', 'valid to'],
    ['effective', 'expiration'],
    ['issued', 'expires'],
    ['requested', 'completed'],
    ['queued', 'started'],
    ['after', 'before'],
    ['since', 'until'],
    ['earliest', 'latest'],
    ['low', 'high'],
    ['sent', 'delivered'],
    ['scheduled', 'completed'],
    ['created', 'expires'],
    ['errored', 'resolved'],
    ['failed', 'resolved'],
    ['opened', 'resolved'],
    ['opened', 'closed'],
    ['ordered', 'shipped'],
    ['shipped', 'delivered'],
  ] as const
).map(([before, after]) => [spoken(before), spoken(after)] as const)

/** Everything that happened came after the creation, and nothing after the last change. */
const creation =
  /^(?:date |source |remote )?(?:created|creation|inserted|registered)(?: at| date| on| time| utc| date time)?$/
const change =
  /^(?:date |source |remote )?(?:last )?(?:updated|modified|update|changed)(?: at| date| on| time| utc| date time)?$/
const events =
  'paid|sent|issued|completed|finalized|voided|archived|deleted|canceled|cancelled|closed|activated|approved|accepted|processed|delivered|' +
  'opened|started|synced|last \\w+|refunded|failed|resolved|marked as uncollectible|reviewed'
const happened = new RegExp(`(?:^| )(?:${events})(?: at| on| date| utc)?$`)

/** Moments in order of time, bounds in order of size: what is the wrong way round changes places. */
export const orderAgrees: Agreement = (members) => {
  const changes: Record<string, unknown> = {}
  const now = (name: string): unknown => changes[name] ?? members.value[name]
  const settle = (before: string, after: string): void => {
    const [low, high] = [now(before), now(after)]
    if (!isLater(low, high)) return
    if (members.isFixed(before) || members.isFixed(after) || !isAlike(low, high)) {
      if (members.isFixed(after)) changes[before] = inFormOf(low, high)
      else changes[after] = inFormOf(high, low)
    } else [changes[before], changes[after]] = [high, low]
  }
  for (const [before, after] of members.once(couplesOf)) settle(before, after)
  return changes
}

/** What is used or left of something is no more than all of it. */
const part = / ?\b(?:used|free|left|available|remaining|taken)\b ?/

function couplesOf(names: readonly string[]): (readonly [string, string])[] {
  const words = names.map(spoken)
  const couples: (readonly [string, string])[] = []
  const born = names.find((_, index) => creation.test(words[index] as string))
  const last = names.find((_, index) => change.test(words[index] as string))
  if (born !== undefined && last !== undefined) couples.push([born, last])
  for (const [index, name] of names.entries()) {
    const text = words[index] as string
    for (const [before, after] of pairs) {
      if (!` ${text} `.includes(` ${before} `)) continue
      const wanted = ` ${text} `.replace(` ${before} `, ` ${after} `).trim()
      const other = names.find(
        (candidate) =>
          candidate !== name && (spoken(candidate) === wanted || loosely(text, before, spoken(candidate), after)),
      )
      if (other !== undefined) couples.push([name, other])
    }
    const whole = text.replace(part, ' ').trim()
    const all = whole === text ? undefined : names.find((candidate) => spoken(candidate) === whole)
    if (all !== undefined) couples.push([name, all])
    if (born !== undefined && name !== born && name !== last && happened.test(text)) couples.push([born, name])
    if (last !== undefined && name !== born && name !== last && happened.test(text)) couples.push([name, last])
  }
  if (born !== undefined && last !== undefined) couples.push([born, last])
  return couples
}

/** `issued_at` and `due_date` are a pair although their last words differ. */
const loosely = (text: string, before: string, other: string, after: string): boolean => {
  const bare = (name: string): string => name.replace(/ (?:at|on|date|time|utc|date time)$/, '')
  return bare(text) === before && bare(other) === after
}

const clock = /^\d\d:\d\d(?::\d\d)?/

function isLater(left: unknown, right: unknown): boolean {
  if (typeof left === 'number' && typeof right === 'number') return left > right
  if (typeof left !== 'string' || typeof right !== 'string') return false
  const [first, second] = [parseInstant(left), parseInstant(right)]
  if (first === undefined || second === undefined) return clock.test(left) && clock.test(right) && left > right
  return parseDay(left) === undefined && parseDay(right) === undefined ? first > second : dayOf(first) > dayOf(second)
}

const dayOf = (instant: number): number => Math.floor(instant / secondsPerDay)
const isAlike = (left: unknown, right: unknown): boolean =>
  typeof left === typeof right && (typeof left !== 'string' || left.length === (right as string).length)

/** Writes the moment of another value the way a value is written. */
function inFormOf(value: unknown, other: unknown): unknown {
  const instant = typeof value === 'string' ? parseInstant(other) : undefined
  if (instant === undefined) return other
  return parseDay(value) === undefined ? formatInstant(instant) : formatDay(dayOf(instant))
}
