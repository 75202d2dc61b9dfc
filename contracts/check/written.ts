// Compares what was sent with what is shown after a write; checks Location, idempotency and If-Match.

import { isObject, join, parseDay, parseDecimal, percentDecoded } from '../../spec/index.ts'
import type { BusinessObject, Operation, Pointer } from '../../spec/index.ts'
import { shortText, shownJson } from '../violation.ts'
import type { Violation } from '../violation.ts'
import { replayedKey } from '../samples.ts'
import type { Ask } from './request.ts'
import { breach, mayBeAnything } from './rules.ts'
import type { CheckedExchange } from './run.ts'
import type { Session } from './session.ts'

/** More of them tell nothing new. */
const mostDifferences = 5

/**
 * Returns violations for what was sent and is shown otherwise, where both have a property of that name. A server may write numbers, days and
 * the case of letters in its own way, expand a key into the object it names, and set what it alone decides.
 * @param decided names of properties that the server decides
 */
export const notKept = (
  sent: unknown,
  shown: unknown,
  decided: ReadonlySet<string>,
  pointer: Pointer = '',
): readonly Violation[] => differences(sent, shown, decided, pointer).slice(0, mostDifferences)

function differences(sent: unknown, shown: unknown, decided: ReadonlySet<string>, pointer: Pointer): Violation[] {
  if (isObject(sent) && isObject(shown))
    return Object.keys(sent)
      .filter((name) => Object.hasOwn(shown, name) && !decided.has(name))
      .flatMap((name) => differences(sent[name], shown[name], decided, join(pointer, name)))
  if (Array.isArray(sent) && Array.isArray(shown))
    return sent.length > shown.length
      ? [breach('PF-WRITE', `${sent.length} items, as they were sent`, `${shown.length} items`, pointer)]
      : []
  if (sent === null || sent === undefined || isStructured(sent) || isStructured(shown) || isAlike(sent, shown))
    return []
  return [breach('PF-WRITE', `${shownJson(sent)}, as it was sent`, shownJson(shown), pointer)]
}

const isStructured = (value: unknown): boolean => typeof value === 'object' && value !== null

/** Tells whether two values are the same, each in the spelling of its side. */
function isAlike(sent: unknown, shown: unknown): boolean {
  if (sent === shown || String(sent).trim().toLowerCase() === String(shown).trim().toLowerCase()) return true
  const [left, right] = [parseDecimal(sent), parseDecimal(shown)]
  if (left !== undefined && right !== undefined) return left === right
  const [day, other] = [dayIn(sent), dayIn(shown)]
  return day !== undefined && day === other
}

const dayIn = (value: unknown): number | undefined =>
  typeof value === 'string' ? parseDay(value.slice(0, 10)) : undefined

/** Kinds of values that change only where somebody changes them; moments of a record change by themselves. */
const lasting = new Set(['amount', 'quantity', 'rate', 'date', 'text', 'flag'])

/** Returns violations for values of an invoice that a write did not name and that are others afterwards. */
export function notLeft(
  before: BusinessObject,
  after: BusinessObject,
  named: ReadonlySet<string>,
): readonly Violation[] {
  const seen = new Set<string>()
  return before.occurrences
    .flatMap(({ binding: { role, term }, raw }): Violation[] => {
      if (seen.has(role) || named.has(role) || !lasting.has(term.kind) || term.allows?.includes('fresh')) return []
      seen.add(role)
      const now = after.first(role)
      if (!now || isStructured(raw) || isAlike(raw, now.raw)) return []
      return [
        breach('PF-WRITE', `${shownJson(raw)}, which the request did not change`, shownJson(now.raw), now.pointer),
      ]
    })
    .slice(0, mostDifferences)
}

/** Names of what a server changes by itself. */
const ownBusiness = /updated|modified|changed|version|revision|etag|sequence|(?:_at|At|_on|On|time|Time|stamp)$/

/** Returns violations for texts of an item that a change did not name and that are others afterwards, save those that a server keeps itself. */
export function changedBesides(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  sent: Readonly<Record<string, unknown>>,
  pointer: Pointer,
): readonly Violation[] {
  return Object.keys(before)
    .filter((name) => !Object.hasOwn(sent, name) && Object.hasOwn(after, name) && !ownBusiness.test(name))
    .filter((name) => typeof before[name] === 'string' || before[name] === null || after[name] === null)
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) =>
      breach(
        'PF-WRITE',
        `${shownJson(before[name])}, which the request did not change`,
        shownJson(after[name]),
        `${pointer}/${name}`,
      ),
    )
}

/**
 * Reports a `Location` that does not name what was made (RFC 9110, 10.2.2).
 * @returns the last step of its path, which is what the object is called
 */
export function checkLocation(
  { options: { baseUrl } }: Session,
  exchange: CheckedExchange,
  { path }: Operation,
  id: unknown,
): string | undefined {
  const location = exchange.headers?.get('location')
  if (!location || exchange.status !== 201 || !path.endsWith('}')) return undefined
  const target = URL.parse(location, `${baseUrl.replace(/\/+$/, '')}/`)
  const stated = target && (target.pathname.replace(/\/+$/, '').split('/').at(-1) as string)
  const step = stated && (percentDecoded(stated) ?? stated)
  if (id === undefined) return step ?? undefined
  if (step === String(id)) return step
  exchange.report({
    ...breach('PF-WRITE', `a Location that ends with ${shownJson(id)}`, shownJson(location)),
    says: 'Location leads to what was made',
  })
  return undefined
}

/** Reports an entity tag that stayed the same where the object did not (RFC 9110, 8.8.3): whoever asks whether it has changed is told that it has not. */
export function checkTagChanged(before: CheckedExchange | undefined, after: CheckedExchange): void {
  const [was, is] = [before, after].map((exchange) => exchange?.headers?.get('etag'))
  if (!was || was !== is || JSON.stringify(before?.json) === JSON.stringify(after.json)) return
  after.report({
    ...breach('PF-ETAG', 'another entity tag than before the change', shortText(was)),
    says: 'an object that has changed has another entity tag',
  })
}

/** Names of headers that make a request that is repeated do nothing. */
export const idempotencyKey = /^(?:x-)?idempotency-key$/i

/** Where an operation documents an idempotency key, sends the same request with the same key again: it must answer with the same object. */
export async function checkIdempotency(
  session: Session,
  ask: Ask,
  first: CheckedExchange,
  idIn: (exchange: CheckedExchange) => unknown,
): Promise<void> {
  const key = ask.operation.parameters.find(({ in: place, name }) => place === 'header' && idempotencyKey.test(name))
  if (!key) return
  const repeated = { ...ask, values: { ...ask.values, [key.name]: replayedKey } }
  const once = await session.send(repeated, { expect: mayBeAnything })
  const twice = once.isSuccess ? await session.send(repeated, { expect: mayBeAnything }) : undefined
  const [id, again] = [idIn(once), twice && idIn(twice)]
  if (!first.isSuccess || !twice || id === undefined || id === again) return
  twice.report({
    ...breach(
      'PF-WRITE',
      `${shownJson(id)}, as the first answer with this key`,
      `${String(twice.status)} with ${shownJson(again)}`,
    ),
    says: 'the same idempotency key gives the same answer',
  })
}

/** Where an operation documents `If-Match`, or the status 412, sends an entity tag that the object never had: it must be refused (RFC 9110, 13.1.1). */
export async function checkStaleTag(session: Session, ask: Ask): Promise<void> {
  const { operation } = ask
  const isDocumented =
    operation.replies.some(({ status }) => status === '412') ||
    operation.parameters.some(({ in: place, name }) => place === 'header' && name.toLowerCase() === 'if-match')
  if (!isDocumented) return
  const exchange = await session.send(
    { ...ask, headers: { 'if-match': '"proforma-never-sent"' } },
    { expect: { ...mayBeAnything, isBare: (status) => status === 412 } },
  )
  if (exchange.isSuccess)
    exchange.report({
      ...breach('PF-WRITE', '412', String(exchange.status)),
      says: 'a change of what has changed since (If-Match) is refused',
    })
}
