// The business objects that a value of an answer can be taken from, and how one is entered and left.

import type { CoreEntity, Day, Entity, Instant, Intake } from '../../spec/index.ts'
import type { Address, Adjustment, Entry, Line, Party, Payment, Person, TaxGroup } from '../ledger/entry.ts'
import type { Identities } from '../ledger/identity.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { hashText, mix2 } from '../random.ts'
import type { Call, Email, MatchSuggestion, Story, StoryFile } from '../story/story.ts'
import { storyFor } from '../story/story.ts'

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

/** One page of a list: what stands on it, and how it is paged. */
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
 * What a value of an answer can be taken from: the ledger, and the nearest business object of each sort. One context is
 * changed on the way through an answer, because a page of invoices holds thousands of objects.
 */
export class AnswerContext {
  readonly ledger: Ledger
  readonly identities: Identities
  /** Shows absent values as null where the schema allows it. */
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

/** What an answer is about: the objects that its context starts with. */
export type Subject = Partial<
  Pick<AnswerContext, 'invoice' | 'party' | 'lease' | 'message' | 'transition' | 'page' | 'nulls' | 'key'>
>

/** How the objects of one entity are entered. */
interface EntityRule {
  /** Returns the seed of the object's own draws. */
  readonly key: (item: never, context: AnswerContext) => number
  /** Whether the object reads the same in every invoice, so that its text may be written once. */
  readonly recurs: boolean
}

const nested =
  (salt: number) =>
  (item: { readonly index: number }, context: AnswerContext): number =>
    mix2(context.key ^ salt, item.index)
const keyed =
  (salt: number) =>
  (item: { readonly key: number }): number =>
    mix2(salt, item.key)

const coreRules = {
  invoice: { key: (item: { readonly key: number }) => item.key, recurs: false },
  party: { key: keyed(0x70617274), recurs: true },
  address: { key: keyed(0x61646472), recurs: true },
  person: { key: keyed(0x70657273), recurs: true },
  line: { key: nested(0x6c696e65), recurs: false },
  tax: {
    key: (item: { readonly rate: number }, context: AnswerContext) => mix2(context.key, item.rate),
    recurs: false,
  },
  allowance: { key: nested(0x616c6c6f), recurs: false },
  charge: { key: nested(0x63686172), recurs: false },
  payment: { key: nested(0x7061796d), recurs: false },
  email: { key: nested(0x656d6169), recurs: false },
  file: { key: nested(0x66696c65), recurs: false },
  lease: { key: keyed(0x6c656173), recurs: false },
  message: { key: keyed(0x6d657373), recurs: false },
  transition: { key: (_item: unknown, context: AnswerContext) => context.key, recurs: false },
  page: { key: (_item: unknown, context: AnswerContext) => context.key, recurs: false },
} as const satisfies Record<CoreEntity, EntityRule>

const declaredRules = new Map<string, EntityRule>()

/** Tells whether an entity is of the core vocabulary, not declared by a document. */
export const isCoreEntity = (entity: Entity): entity is CoreEntity => Object.hasOwn(coreRules, entity)

/** Returns the rule of an entity. An object that a document declares has a key of its own, else its number among those around it. */
export function ruleOf(entity: Entity): EntityRule {
  if (isCoreEntity(entity)) return coreRules[entity]
  const known = declaredRules.get(entity)
  if (known) return known
  const salt = hashText(entity)
  const rule: EntityRule = {
    key: ({ index = 0, key }: { readonly index?: number; readonly key?: number }, context) =>
      key === undefined ? mix2(context.key ^ salt, index) : mix2(mix2(salt, key), index),
    recurs: true,
  }
  declaredRules.set(entity, rule)
  return rule
}

/**
 * Calls `inside` with an object in the context, and takes the object out again. An invoice brings its story, a claim or a
 * message its invoice.
 */
export function within<T>(
  context: AnswerContext,
  entity: Entity,
  item: unknown,
  inside: (context: AnswerContext) => T,
): T {
  const { key, story, invoice } = context
  const places = context as unknown as Record<string, unknown>
  const outer = places[entity]
  enter(context, entity, item)
  try {
    return inside(context)
  } finally {
    context.key = key
    places[entity] = outer
    if (context.invoice !== invoice) {
      context.invoice = invoice
      context.story = story
    }
  }
}

function enter(context: AnswerContext, entity: Entity, item: unknown): void {
  context.key = ruleOf(entity).key(item as never, context)
  ;(context as unknown as Record<string, unknown>)[entity] = item
  if (entity === 'invoice') context.story = storyFor(context.invoice, context.ledger.staff)
  else if (entity === 'lease' || entity === 'message') enter(context, 'invoice', (item as { invoice: unknown }).invoice)
}
