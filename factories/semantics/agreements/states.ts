import { spoken } from '../members.ts'
import type { Agreement } from '../members.ts'

const early = new Set(['draft', 'pending', 'new', 'open', 'created', 'queued', 'scheduled', 'unknown'])
const late = new Set([
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
const doings = new Map([
  ['void', 'voided'],
  ['canceled', 'cancelled'],
  ['complete', 'completed'],
])

const stateOf = (text: string): string => {
  const words = text.toLowerCase().replaceAll(/[_-]/g, ' ')
  return doings.get(words) ?? words
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
  const isNullable = moments.some(([name, state]) => late.has(state) && members.value[name] === null)
  const last = members.text(members.find('updated at', 'modified at', 'created at'))
  for (const [name, state] of moments) {
    const isNow = state === stateOf(status)
    if (isNow && members.value[name] === null && last !== undefined && spoken(name).endsWith(' at'))
      changes[name] = last
    else if (isNullable && early.has(stateOf(status)) && late.has(state)) changes[name] = null
  }
  return changes
}
