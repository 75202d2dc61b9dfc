// Defines a store of events and the books that it is for.

import { isObject } from '../../spec/index.ts'
import type { Day } from '../../spec/index.ts'
import type { BooksOptions } from '../state/books.ts'
import { areBooks, areTexts } from '../state/event.ts'
import type { Log } from '../state/log.ts'

/** What is asked of a store: books, the scenarios in which worlds begin, and the day it is. */
export interface Wanted {
  readonly books: BooksOptions
  readonly scenarios: readonly string[]
  readonly today: Day
}

/** What happened, kept outside of this process. */
export interface StateStore {
  /** Books that it is about: those asked for, drawn back from the day on which it was begun. */
  readonly books: BooksOptions
  readonly log: Log
}

/** Returns a text that is equal for equal states. The day is left out: books are drawn back from the day on which the state was begun. */
export const wantedText = ({ books: { seed, invoices, ...books }, scenarios }: Wanted): string =>
  JSON.stringify([seed, invoices, { ...books, newest: undefined }, scenarios])

/** Tells whether {@link wantedText} may have returned a text. */
export function isWantedText(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    if (!Array.isArray(value) || value.length !== 4) return false
    const [seed, invoices, books, scenarios] = value as readonly unknown[]
    return isObject(books) && areBooks({ ...books, seed, invoices, newest: 0 }) && areTexts(scenarios)
  } catch {
    return false
  }
}

/** Returns the wanted state in words, for messages. */
export function sayWanted(text: string): string {
  const [seed, invoices, , scenarios] = JSON.parse(text) as [unknown, unknown, unknown, readonly string[]]
  return [
    `seed ${String(seed)} and ${String(invoices)} invoices`,
    ...(scenarios.length > 0 ? [`in scenario ${scenarios.join(', ')}`] : []),
  ].join(' ')
}
