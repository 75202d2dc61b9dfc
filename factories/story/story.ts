// The story of an invoice: its e-mails, calls, files and matches, each told when first asked for.

import type { Day, Instant } from '../../spec/index.ts'
import type { Entry, Person } from '../ledger/entry.ts'
import { callsOf } from './calls.ts'
import { capturedEmailOf, emailsOf } from './emails.ts'
import { confidenceOf, filesOf, matchesOf } from './papers.ts'
import { timelineOf } from './timeline.ts'
import type { Beat } from './timeline.ts'

/** A file that hangs on an e-mail or an invoice. */
export interface StoryFile {
  /** Position among the invoice's files from 0. */
  readonly index: number
  readonly name: string
  readonly mediaType: string
  readonly kind: 'document' | 'email' | 'emailAttachment'
  readonly size: number
  /** Position of the file it was taken from. */
  readonly parent?: number
  readonly createdAt: Instant
}

/** One e-mail of the conversation about an invoice. */
export interface Email {
  /** Position in the conversation from 0, oldest first. */
  readonly index: number
  /** Position of the e-mail it answers. */
  readonly parent?: number
  readonly direction: 'inbound' | 'outbound'
  readonly status: 'draft' | 'sent' | 'received'
  readonly reason: 'issued' | 'reminder' | 'dispute' | 'promise' | 'receipt' | 'reply'
  readonly subject: string
  readonly body: string
  readonly author: Person
  readonly from: string
  readonly to: readonly string[]
  readonly cc: readonly string[]
  readonly replyTo: readonly string[]
  readonly sentAt: Instant
  readonly isAutomated: boolean
  readonly isUnread: boolean
  readonly files: readonly StoryFile[]
}

/** What happened to cause a task. */
interface StoryEvent {
  readonly index: number
  /** invoice.overdue, call.completed, … */
  readonly name: string
  readonly message: string
  readonly at: Instant
}

/** What somebody has to do after a call. */
export interface CallTask {
  readonly index: number
  readonly kind: string
  readonly label: string
  readonly description: string
  readonly status: 'open' | 'closed'
  readonly action?: 'complete' | 'dismiss'
  readonly closeReason?: string
  readonly assignee: Person
  readonly event: StoryEvent
  readonly createdAt: Instant
  readonly modifiedAt: Instant
}

/** What was understood from a call. */
export interface CallFinding {
  readonly index: number
  /** payment_inquiry, promise_to_pay, dispute, wrong_contact, no_answer */
  readonly kind: string
  readonly reason: string
  readonly recommendation: string
  /** 0 to 1, two places. */
  readonly confidence: number
  readonly confidenceReason: string
  readonly replyReason: string
  readonly isActionRequired: boolean
  readonly isReplyRequired: boolean
  /** ISO 639. */
  readonly language: string
  readonly uncertainties: readonly string[]
  readonly createdAt: Instant
  readonly tasks: readonly CallTask[]
}

/** A telephone call about an invoice. */
export interface Call {
  readonly index: number
  readonly direction: 'inbound' | 'outbound'
  readonly from: string
  readonly to: string
  readonly startAt: Instant
  readonly endAt: Instant
  readonly reason: string
  readonly summary: string
  readonly turns: readonly { readonly role: 'agent' | 'user'; readonly content: string }[]
  readonly sentiment: 'positive' | 'neutral' | 'negative'
  readonly isVoicemail: boolean
  readonly isAutomated: boolean
  /** user_hangup, agent_hangup, voicemail_reached */
  readonly ending: string
  readonly agent: Person
  readonly findings: readonly CallFinding[]
}

/** A suggested match of a line with an order and a goods receipt. */
export interface MatchSuggestion {
  readonly index: number
  /** Position of the invoice line. */
  readonly line: number
  readonly order: string
  readonly orderLine: number
  readonly receipt?: string
  readonly receiptLine?: number
  readonly confidence: number
  readonly reason: string
}

/** What people wrote and said about one invoice, in order of time; all of it before the end of the entry's `today`. */
export interface Story {
  readonly emails: readonly Email[]
  /** Every address in the e-mails. */
  readonly participants: readonly string[]
  readonly calls: readonly Call[]
  /** The received invoice as files: the e-mail, its attachment, the captured document. */
  readonly files: readonly StoryFile[]
  /** The e-mail the invoice was received with. */
  readonly capturedEmail: Email
  readonly matches: readonly MatchSuggestion[]
  /** How sure the capture is, 0 to 1, two places: the least of its matches' confidences. */
  readonly confidence: number
  readonly promisedDate?: Day
  /** The last e-mail or call from the seller, and where it went. */
  readonly lastOutreach: Outreach | undefined
  /** When the buyer last wrote or called. */
  readonly lastInboundAt: Instant | undefined
}

/** That somebody was written to or called. */
interface Outreach {
  readonly at: Instant
  readonly channel: 'email' | 'call'
  /** Address or number. */
  readonly to: string
}

/**
 * Returns what people wrote and said about an invoice; its parts are told when they are first asked for.
 * A pure function of the entry and of `staff`, the seller's people who deal with invoices.
 */
export const tell = (entry: Entry, staff: readonly Person[]): Story => new LazyStory(entry, staff)

const told = new WeakMap<Entry, Story>()

/** Returns the story of an entry in its ledger, as {@link tell} does; told once. */
export function storyFor(entry: Entry, staff: readonly Person[]): Story {
  const known = told.get(entry) ?? tell(entry, staff)
  told.set(entry, known)
  return known
}

class LazyStory implements Story {
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
