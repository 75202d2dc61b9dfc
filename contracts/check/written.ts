import { isObject, join, parseDay, parseDecimal } from '../../spec/index.ts'
import type { BusinessObject, Pointer } from '../../spec/index.ts'
import { show } from '../violation.ts'
import type { Violation } from '../violation.ts'
import { breach } from './rules.ts'

/** More of them tell nothing new. */
const most = 5

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
): readonly Violation[] => differences(sent, shown, decided, pointer).slice(0, most)

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
  return [breach('PF-WRITE', `${show(sent)}, as it was sent`, show(shown), pointer)]
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
      return [breach('PF-WRITE', `${show(raw)}, which the request did not change`, show(now.raw), now.pointer)]
    })
    .slice(0, most)
}
