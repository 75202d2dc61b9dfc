import type { Entry, Person } from '../ledger/entry.ts'
import { callsOf } from './calls.ts'
import { capturedEmailOf, emailsOf } from './emails.ts'
import { filesOf } from './files.ts'
import { confidenceOf, matchesOf } from './matches.ts'
import type { Story } from './story.ts'
import { timelineOf } from './timeline.ts'

/**
 * Returns what people wrote and said about an invoice; its parts are told when they are first asked for.
 * A pure function of the entry and of `staff`, the seller's people who deal with invoices.
 */
export function tell(entry: Entry, staff: readonly Person[]): Story {
  const timeline = once(() => timelineOf(entry))
  const emails = once(() => emailsOf(entry, staff, timeline()))
  const calls = once(() => callsOf(entry, staff, timeline()))
  const files = once(() => filesOf(entry))
  const capturedEmail = once(() => capturedEmailOf(entry, staff))
  const matches = once(() => matchesOf(entry))
  return {
    get emails() { return emails() },
    get calls() { return calls() },
    get files() { return files() },
    get capturedEmail() { return capturedEmail() },
    get matches() { return matches() },
    get confidence() { return confidenceOf(matches()) },
    ...(entry.promisedDate !== undefined && { promisedDate: entry.promisedDate }),
  }
}

function once<T>(make: () => T): () => T {
  let known: { readonly value: T } | undefined
  return () => (known ??= { value: make() }).value
}
