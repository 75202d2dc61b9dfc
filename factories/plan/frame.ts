import type { Day, Instant, Intake } from '../../spec/index.ts'
import type { Address, Adjustment, Entry, Line, Party, Payment, Person, TaxGroup } from '../ledger/entry.ts'
import type { Identities } from '../ledger/identity.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Call, Email, MatchSuggestion, Story, StoryFile } from '../story/story.ts'

/** A claim on a received invoice. */
export interface Lease {
  readonly key: number
  readonly invoice: Entry
  readonly expiresAt: Instant
}

/** A change of a received invoice's state. */
export interface Transition {
  readonly from: Intake
  readonly to: Intake
  readonly ok: boolean
  readonly success: boolean
  /** Asks for numeric codes as well. */
  readonly debug: boolean
}

/** A life-cycle message of a received invoice. */
export interface Message {
  readonly key: number
  readonly invoice: Entry
  readonly code: string
  readonly tier: '1' | '2' | '3'
  readonly source: 'system' | 'api' | 'person'
  readonly at: Instant
  readonly recordedAt: Instant
  readonly noteInternal?: string
  readonly noteSupplier?: string
  readonly referenceType?: string
  readonly reference?: string
  readonly actorName?: string
  readonly clarification?: string
}

/** What surrounds the objects of an answer. */
export interface Page {
  readonly invoices?: readonly Entry[]
  readonly messages?: readonly Message[]
  readonly leases?: readonly Lease[]
  /** From 0. */
  readonly number?: number
  readonly size?: number
  readonly total?: number
  readonly cursor?: string
  readonly nextCursor?: string
  readonly previousCursor?: string
  readonly since?: Instant
  readonly timezone?: string
  readonly tier?: string
  /** What was asked for, by the role it filters: some answers repeat it. */
  readonly filters?: Readonly<Record<string, unknown>>
}

/**
 * Where a plan is while it runs: the nearest business object of each sort. One frame is moved from place to place,
 * because a page of invoices passes through thousands of them.
 */
export class Frame {
  readonly ledger: Ledger
  readonly identities: Identities
  /** Show absent values as null where the schema allows it. */
  nulls: boolean
  /** Seed of values without a role: the key of the nearest object. */
  key = 0
  today: Day

  invoice!: Entry
  story!: Story
  party!: Party
  address!: Address
  person!: Person
  line!: Line
  tax!: TaxGroup
  allowance!: Adjustment
  charge!: Adjustment
  payment!: Payment
  email!: Email
  file!: StoryFile
  call!: Call
  match!: MatchSuggestion
  lease!: Lease
  message!: Message
  transition!: Transition
  page: Page = {}

  constructor(ledger: Ledger, identities: Identities, nulls: boolean) {
    this.ledger = ledger
    this.identities = identities
    this.nulls = nulls
    this.today = ledger.today
  }
}

/** The objects a frame can be given to start from. */
export type Subject = Partial<
  Pick<Frame, 'invoice' | 'party' | 'lease' | 'message' | 'transition' | 'page' | 'nulls' | 'key'>
>
