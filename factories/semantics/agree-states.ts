// Agreements about time and state: moments in order, flags with their moments, statuses, reason phrases.

import { formatDay, formatInstant, parseDay, parseInstant, secondsPerDay } from '../../spec/index.ts'
import { spoken } from './members.ts'
import type { Agreement } from './members.ts'

/** Words that come before others, each with what it must not be later or greater than. */
const orderedWords = (
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
const modification =
  /^(?:date |source |remote )?(?:last )?(?:updated|modified|update|changed)(?: at| date| on| time| utc| date time)?$/
const eventNames =
  'paid|sent|issued|completed|finalized|voided|archived|deleted|canceled|cancelled|closed|activated|approved|accepted|processed|delivered|' +
  'opened|started|synced|last \\w+|refunded|failed|resolved|marked as uncollectible|reviewed'
const happened = new RegExp(`(?:^| )(?:${eventNames})(?: at| on| date| utc)?$`)

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
const portion = / ?\b(?:used|free|left|available|remaining|taken)\b ?/

function couplesOf(names: readonly string[]): (readonly [string, string])[] {
  const words = names.map(spoken)
  const couples: (readonly [string, string])[] = []
  const born = names.find((_, index) => creation.test(words[index] as string))
  const last = names.find((_, index) => modification.test(words[index] as string))
  if (born !== undefined && last !== undefined) couples.push([born, last])
  for (const [index, name] of names.entries()) {
    const text = words[index] as string
    for (const [before, after] of orderedWords) {
      if (!` ${text} `.includes(` ${before} `)) continue
      const wanted = ` ${text} `.replace(` ${before} `, ` ${after} `).trim()
      const other = names.find(
        (candidate) =>
          candidate !== name && (spoken(candidate) === wanted || loosely(text, before, spoken(candidate), after)),
      )
      if (other !== undefined) couples.push([name, other])
    }
    const whole = text.replace(portion, ' ').trim()
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

const earlyStates = new Set(['draft', 'pending', 'new', 'open', 'created', 'queued', 'scheduled', 'unknown'])
const lateStates = new Set([
  'paid',
  'shipped',
  'delivered',
  'cancelled',
  'canceled',
  'voided',
  'refunded',
  'completed',
  'closed',
  'uncollectible',
  'fulfilled',
  'returned',
])
const sameStates = new Map([
  ['void', 'voided'],
  ['canceled', 'cancelled'],
  ['complete', 'completed'],
])

const stateOf = (text: string): string => {
  const words = text.toLowerCase().replaceAll(/[_-]/g, ' ')
  return sameStates.get(words) ?? words
}

/** Moments by what happened then: `marked_as_paid_at` and `paid_on` are both of `paid`. */
const momentsOf = (names: readonly string[]): (readonly [name: string, state: string])[] =>
  names.flatMap((name) => {
    const state = /^(?:marked as )?(\w+) (?:at|on|date)$/.exec(spoken(name))?.[1]
    return state === undefined ? [] : [[name, stateOf(state)] as const]
  })

/** What a status says has happened has a moment, and what it says is still to come has none, where moments may be null. */
export const statesAgree: Agreement = (members) => {
  const status = members.text(members.find('status', 'state'))
  const moments = members.once(momentsOf)
  if (status === undefined || moments.length === 0) return undefined
  const changes: Record<string, unknown> = {}
  const isNullable = moments.some(([name, state]) => lateStates.has(state) && members.value[name] === null)
  const last = members.text(members.find('updated at', 'modified at', 'created at'))
  for (const [name, state] of moments) {
    const isNow = state === stateOf(status)
    if (isNow && members.value[name] === null && last !== undefined && spoken(name).endsWith(' at'))
      changes[name] = last
    else if (isNullable && earlyStates.has(stateOf(status)) && lateStates.has(state)) changes[name] = null
  }
  return changes
}

interface FlagState {
  readonly name: string
  readonly state: string
  readonly moment: string | undefined
  readonly fault: string | undefined
}

const faultNames = ['error', 'error message', 'failure reason', 'error code']

function flagStates(names: readonly string[]): FlagState[] {
  const fault = names.find((name) => faultNames.includes(spoken(name)))
  const moments = new Map(
    names.toReversed().flatMap((name) => {
      const state = /^(.+) (?:at|on|date)$/.exec(spoken(name))?.[1]
      return state === undefined ? [] : [[state, name] as const]
    }),
  )
  return names.map((name) => {
    const state = spoken(name).replace(/^(?:is|was|has|has been) /, '')
    return { name, state, moment: moments.get(state), fault }
  })
}

/** `is_archived` and `archived_at` say the same, and so do `success` and `error`. */
export const flagsAgree: Agreement = (members) => {
  const { value } = members
  const changes: Record<string, unknown> = {}
  for (const { name, state, moment, fault } of members.once(flagStates)) {
    const flag = value[name]
    if (typeof flag !== 'boolean') continue
    if (moment !== undefined) {
      if (value[moment] === null) changes[name] = false
      else if (!flag) changes[moment] = null
    }
    if (fault !== undefined && ['success', 'ok', 'successful', 'succeeded'].includes(state))
      changes[name] = value[fault] === null
  }
  return changes
}

/** Reason phrases of RFC 9110. */
const phrases: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
}
const knownPhrases = new Set([...Object.values(phrases), 'Unprocessable Entity'])

/** The reason phrase beside a status code is that of the code. */
export const answersAgree: Agreement = (members) => {
  const code = members.find('status code', 'http status', 'http status code', 'code', 'status')
  const phrase = phrases[Number(members.value[code ?? ''])]
  const text = members.find('status text', 'error', 'reason phrase', 'status message', 'error name', 'title')
  return phrase !== undefined && knownPhrases.has(members.text(text) ?? '') ? { [text as string]: phrase } : undefined
}
