import type { Instant } from '../../spec/index.ts'
import type { Entry, Person } from '../ledger/entry.ts'
import { callsOf } from './calls.ts'
import { capturedEmailOf, emailsOf } from './emails.ts'
import { filesOf } from './files.ts'
import { confidenceOf, matchesOf } from './matches.ts'
import type { Call, Email, MatchSuggestion, Outreach, Story, StoryFile } from './story.ts'
import { timelineOf } from './timeline.ts'
import type { Beat } from './timeline.ts'

/**
 * Returns what people wrote and said about an invoice; its parts are told when they are first asked for.
 * A pure function of the entry and of `staff`, the seller's people who deal with invoices.
 */
export const tell = (entry: Entry, staff: readonly Person[]): Story => new Telling(entry, staff)

const told = new WeakMap<Entry, Story>()

/** Returns the story of an entry in its ledger, as {@link tell} does; told once. */
export function storyOf(entry: Entry, staff: readonly Person[]): Story {
  const known = told.get(entry) ?? tell(entry, staff)
  told.set(entry, known)
  return known
}

class Telling implements Story {
  readonly #entry: Entry
  readonly #staff: readonly Person[]
  #timeline: readonly Beat[] | undefined
  #emails: readonly Email[] | undefined
  #participants: readonly string[] | undefined
  #calls: readonly Call[] | undefined
  #files: readonly StoryFile[] | undefined
  #capturedEmail: Email | undefined
  #matches: readonly MatchSuggestion[] | undefined

  constructor(entry: Entry, staff: readonly Person[]) {
    this.#entry = entry
    this.#staff = staff
  }

  get emails(): readonly Email[] {
    return (this.#emails ??= emailsOf(this.#entry, this.#staff, this.#beats))
  }

  get participants(): readonly string[] {
    return (this.#participants ??= [...new Set(this.emails.flatMap(({ from, to }) => [from, ...to]))])
  }

  get calls(): readonly Call[] {
    return (this.#calls ??= callsOf(this.#entry, this.#staff, this.#beats))
  }

  get files(): readonly StoryFile[] {
    return (this.#files ??= filesOf(this.#entry))
  }

  get capturedEmail(): Email {
    return (this.#capturedEmail ??= capturedEmailOf(this.#entry, this.#staff))
  }

  get matches(): readonly MatchSuggestion[] {
    return (this.#matches ??= matchesOf(this.#entry))
  }

  get confidence(): number {
    return confidenceOf(this.matches)
  }

  get promisedDate(): Story['promisedDate'] {
    return this.#entry.promisedDate
  }

  get lastOutreach(): Outreach | undefined {
    const email = this.emails.findLast(({ direction, status }) => direction === 'outbound' && status === 'sent')
    const call = this.calls.findLast(({ direction }) => direction === 'outbound')
    if (call && (!email || call.startAt > email.sentAt)) return { at: call.startAt, channel: 'call', to: call.to }
    return email && { at: email.sentAt, channel: 'email', to: email.to[0] as string }
  }

  get lastInboundAt(): Instant | undefined {
    const email = this.emails.findLast(({ direction }) => direction === 'inbound')
    const call = this.calls.findLast(({ direction }) => direction === 'inbound')
    return email || call ? Math.max(email?.sentAt ?? 0, call?.startAt ?? 0) : undefined
  }

  get #beats(): readonly Beat[] {
    return (this.#timeline ??= timelineOf(this.#entry))
  }
}
