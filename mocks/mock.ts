import { answersOf, ledgerOf, termsOf } from '../factories/index.ts'
import type { LedgerOptions } from '../factories/index.ts'
import { failure, parseDay } from '../spec/index.ts'
import type { Day, Fetch, Model } from '../spec/index.ts'
import { Business } from './business.ts'
import { claimsInMemory } from './claims.ts'
import { dispatch } from './dispatch.ts'
import { journalInMemory } from './journal.ts'

/** The day on which a library's mocks stand still unless they are told another. */
export const standingDay = '2026-01-15'

/** What a mock is made of. */
export interface MockOptions extends Omit<LedgerOptions, 'today' | 'epoch'> {
  /** `2026-01-15`, the rule, or a day. */
  readonly today?: string | Day
  /** Books that other mocks share, so that all tell the same story; seed and size are then theirs. */
  readonly business?: Business
}

/** One mocked API. */
export interface Mock {
  readonly model: Model
  readonly business: Business
  /** Answers a request whose path is the document's own. */
  readonly fetch: Fetch
  /** Forgets everything that happened. */
  reset(): void
}

/**
 * Returns the mock of a model.
 * @throws Failure for a day that is none, or a number of invoices that no ledger has.
 */
export function mockModel(model: Model, { today = standingDay, business, ...ledger }: MockOptions = {}): Mock {
  const books = business ?? new Business(ledgerOf({ ...ledger, today: readToday(today) }))
  const claims = claimsInMemory()
  const journal = journalInMemory()
  const answers = answersOf(model, books.ledger)
  return {
    model,
    business: books,
    fetch: dispatch({ model, business: books, answers, terms: termsOf(model), claims, journal }),
    reset() {
      books.reset()
      claims.reset()
      journal.reset()
    },
  }
}

/** Returns the day that an option names. @throws Failure where it names none. */
export function readToday(today: string | Day): Day {
  const day = typeof today === 'number' && Number.isInteger(today) ? today : parseDay(today)
  if (day === undefined) throw failure('set the day', { expected: 'a day like 2026-01-15', received: JSON.stringify(today) })
  return day
}
