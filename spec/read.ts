import type { Binding, Word } from './binding.ts'
import type { Representation } from './representation.ts'
import type { BusinessObject, Occurrence } from './business-object.ts'
import { exponentOf } from './currency.ts'
import { parseDay, parseInstant, secondsPerDay } from './date.ts'
import type { Day, Instant } from './date.ts'
import { fromMinor, parseDecimal } from './decimal.ts'
import type { Decimal } from './decimal.ts'
import type { Role } from './roles.ts'

/** Returns how an amount is written at a binding; major units where nothing says otherwise. */
export const unitOf = (binding: Binding, representation: Representation): 'minor' | 'major' =>
  binding.unit ?? representation.amount ?? 'major'

/** Returns the amount an occurrence states, exactly, in major units; `undefined` where it states none. */
export function readAmount(
  { binding, raw }: Occurrence,
  currency: string,
  representation: Representation,
): Decimal | undefined {
  if (typeof raw === 'number' && Number.isSafeInteger(raw))
    return fromMinor(raw, unitOf(binding, representation) === 'minor' ? exponentOf(currency) : 0)
  const value = parseDecimal(raw)
  if (value === undefined || unitOf(binding, representation) === 'major') return value
  return (value * fromMinor(1, exponentOf(currency))) / fromMinor(1, 0)
}

/** Returns the number an occurrence states, exactly: quantities, ratios, counts. */
export const readNumber = ({ raw }: Occurrence): Decimal | undefined => parseDecimal(raw)

/** Returns the percentage an occurrence states: 19 for 19 %, whether written 19, "19" or 0.19. */
export function readRate({ binding, raw }: Occurrence): Decimal | undefined {
  const value = parseDecimal(raw)
  return value !== undefined && binding.as === 'fraction' ? value * 100n : value
}

/** Returns the moment an occurrence states; a plain date is its midnight, UTC. */
export const readInstant = ({ raw }: Pick<Occurrence, 'raw'>): Instant | undefined =>
  typeof raw === 'number' ? secondsIn(raw) : parseInstant(raw)

/** Seconds since 1970; what would be a year beyond 5000 is milliseconds. */
const secondsIn = (raw: number): Instant => Math.floor(Math.abs(raw) > 1e11 ? raw / 1000 : raw)

/** Returns the calendar day an occurrence states: of a text with an offset, the day that stands before it; of a number, its day in UTC. */
export function readDay({ raw }: Pick<Occurrence, 'raw'>): Day | undefined {
  const day = parseDay(raw)
  if (day !== undefined) return day
  const instant = readInstant({ raw })
  if (instant === undefined) return undefined
  return (typeof raw === 'string' ? parseDay(raw.slice(0, 10)) : undefined) ?? Math.floor(instant / secondsPerDay)
}

/** Returns the ledger's words that a value of the API can stand for; several where the API has fewer words. */
export function readWords({ values, case: letters, term }: Binding, raw: unknown): readonly string[] {
  if (values)
    return Object.entries(values)
      .filter(([, word]) => sameWord(word, raw))
      .map(([word]) => word)
  if (typeof raw !== 'string') return []
  const word = term.words?.find(
    (candidate) => candidate === raw || (letters && candidate.toLowerCase() === raw.toLowerCase()),
  )
  return term.words ? (word === undefined ? [] : [word]) : [letters ? raw.toUpperCase() : raw]
}

/** A text and a number that read the same are the same word: query strings have only texts. */
const sameWord = (word: Word, raw: unknown): boolean =>
  word === raw || (word !== null && raw !== null && String(word) === String(raw))

/** Returns the currency of an invoice, upper case; the empty text where the body states none. */
export function currencyOf(invoice: BusinessObject): string {
  const raw = invoice.first('invoice.currency' satisfies Role)?.raw
  return typeof raw === 'string' ? raw.toUpperCase() : ''
}
