import { failure, isObject } from '../../spec/index.ts'
import type { Scenarios } from '../scenarios.ts'
import { scenarioOf } from '../scenarios.ts'
import type { BooksCache } from './books.ts'
import { Business } from './business.ts'
import { isTold } from './event.ts'
import type { Event, Snapshot } from './event.ts'
import { State } from './state.ts'

/**
 * Returns a snapshot to which a world can be put back, which anybody may have written. Every invoice that it tells of is looked at once.
 * @throws Failure saying what it is not, or what cannot have happened.
 */
export function readSnapshot(
  value: unknown,
  { books, scenarios }: { readonly books: BooksCache; readonly scenarios: Scenarios },
): Snapshot {
  const events: unknown = isObject(value) ? value.events : undefined
  if (!Array.isArray(events)) return refuse('a list of events', value)
  const stranger: unknown = events.find((event) => !isTold(event))
  if (stranger !== undefined) return refuse('events of a world', stranger)
  const known = events as readonly Event[]
  const drawn = known.find((event) => event.on === 'books')
  const clock = known.find((event) => event.on === 'clock')
  if (!drawn || !clock) return refuse('the books and the clock of a world', events.slice(0, 1))
  for (const event of known) if (event.on === 'scenarios') for (const name of event.with) scenarioOf(name, scenarios)
  const state = new State({ books: drawn.with, today: clock.with.today })
  for (const event of known) {
    const isFirst = event.on === 'invoice' && state.changesOf(event.id).length === 0
    if (event.on === 'invoice' && (event.does === 'create') !== (isFirst && event.id >= drawn.with.invoices))
      refuse('invoices to be created once, behind those that were drawn', event)
    state.apply(event)
  }
  tryOn(new Business(state, (options) => books.get(options)))
  return { events: known }
}

function tryOn(business: Business): void {
  for (const index of business.state.changed()) {
    try {
      business.find(index)
    } catch (error) {
      throw failure('restore a snapshot', {
        expected: 'changes that fit their invoices',
        received: `those of invoice ${index}: ${(error as Error).message}`,
      })
    }
  }
}

function refuse(expected: string, received: unknown): never {
  throw failure('restore a snapshot', {
    expected,
    received: inBrief(received),
    cure: 'Use what a snapshot of this version returned.',
  })
}

/** What was sent may be too deep to be written. */
function inBrief(value: unknown): string {
  try {
    return (JSON.stringify(value) ?? 'nothing').slice(0, 80)
  } catch {
    return 'something without end'
  }
}
