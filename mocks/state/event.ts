// Defines the events of a world and checks that a value is one.

import { greatestSize } from '../../factories/index.ts'
import type { Item, Message, Pins } from '../../factories/index.ts'
import { intakes, isInRange, isObject, statuses } from '../../spec/index.ts'
import type { Day, Instant, Intake } from '../../spec/index.ts'
import type { OperationAnswer } from '../context.ts'
import type { BooksOptions } from './books.ts'

/** What happened to an invoice, in API-neutral terms, so that every API over the same books sees it. */
export type InvoiceEvent = { readonly on: 'invoice'; readonly id: number; readonly at: Instant } & (
  | { readonly does: 'create'; readonly with: Pins }
  | { readonly does: 'amend'; readonly with: Pins }
  | { readonly does: 'intake'; readonly with: Intake }
  | { readonly does: 'sync' | 'delete' }
)

/** What a posted life-cycle message says. */
export type Note = Omit<Message, 'key' | 'invoice' | 'tier'>

/** A message was posted about an invoice. */
export interface PostEvent {
  readonly on: 'message'
  readonly does: 'post'
  /** Of the invoice. */
  readonly id: number
  readonly with: Note
}

/** An invoice's lease as it stands. */
export interface LeaseEvent {
  readonly on: 'lease'
  readonly does: 'put'
  /** Of the invoice. */
  readonly id: number
  readonly with: {
    /** How often the invoice has been claimed. */
    readonly count: number
    /** Where the lease still runs. */
    readonly expiresAt?: Instant
    /** Name that its claim gave itself. */
    readonly name?: string
  }
}

/** API and resource, as `lago plans`. */
export type ItemKind = `${string} ${string}`

/** An item of a resource as it stands, or its end. */
export type ItemEvent = { readonly on: ItemKind; readonly id: number } & (
  | {
      readonly does: 'put'
      readonly with: { readonly item: Item; readonly parents?: Readonly<Record<string, number>> }
    }
  | { readonly does: 'delete' }
)

/** An answer that stands for a key of the client's own. */
export interface KeyEvent {
  readonly on: 'key'
  readonly does: 'put'
  readonly id: string
  /** The fingerprint tells the request that it answered from others. */
  readonly with: { readonly fingerprint: string; readonly answer: OperationAnswer }
}

/** How a world begins, and begins anew when it is reset. */
export interface Start {
  readonly books: BooksOptions
  readonly today: Day
  /** Names of scenarios; later ones win. */
  readonly scenarios: readonly string[]
}

/** What time it is in a world. */
export interface Clock {
  readonly today: Day
  /** Moments of this day that have been used. */
  readonly ticks: number
}

/** A world as data: the shortest list of events that leads to it. */
export interface Snapshot {
  readonly events: readonly Event[]
}

/** What happened to a world as a whole, or to something that it has one of: as it stands now. */
type WholeEvent =
  | { readonly on: 'world'; readonly does: 'begin'; readonly with: readonly Event[] }
  | { readonly on: 'books'; readonly does: 'put'; readonly with: BooksOptions }
  /** A clock that was never moved goes by its server's day. */
  | { readonly on: 'clock'; readonly does: 'tick' | 'move'; readonly with: Clock }
  | { readonly on: 'scenarios'; readonly does: 'put'; readonly with: readonly string[] }
  /** In what it begins otherwise than its server says. */
  | { readonly on: 'start'; readonly does: 'put'; readonly with: Partial<Start> }
  /** How many there were, in worlds where something goes wrong by their number. */
  | { readonly on: 'requests'; readonly does: 'put'; readonly with: number }
  /** Put aside, to be restored. */
  | { readonly on: 'snapshot'; readonly does: 'put'; readonly with: Snapshot }

/**
 * What happened to one thing of a world, as data: a result, never a request. All events of a world, in order, make the world.
 *
 * @example
 * const paid: Event = { on: 'invoice', id: 3, at: 1_768_500_000, does: 'amend', with: { status: 'paid' } }
 */
export type Event = InvoiceEvent | PostEvent | LeaseEvent | ItemEvent | KeyEvent | WholeEvent

/** Tells whether events begin with one before which nothing counts. */
export const isWhole = ([first]: readonly Event[]): boolean => first?.on === 'world'

type Read = Readonly<Record<string, unknown>>

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
const isIndex = (value: unknown): boolean => isCount(value) && value < 2 * greatestSize
/** Tells whether a value is a day, from the year 0 to the year 9999. */
export const isDay = (value: unknown): value is Day => Number.isInteger(value) && Math.abs(value as number) < 3_000_000
/** Tells whether a value is a day that a clock may have. */
const isToday = (value: unknown): boolean => isDay(value) && isInRange(value)
const isText = (value: unknown): boolean => typeof value === 'string' && value.length <= 10_000
const isPlain = (value: unknown): boolean => isText(value) || Number.isFinite(value) || typeof value === 'boolean'
const arePlain = (value: unknown): boolean => isObject(value) && Object.values(value).every(isPlain)
/** Tells whether a value is a list of texts of a length that makes sense. */
export const areTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText)
const isRange = (value: unknown): boolean =>
  Array.isArray(value) && value.length === 2 && value.every((part) => Number.isFinite(part))

const isOneOf =
  (...words: readonly string[]) =>
  (value: unknown): boolean =>
    words.includes(value as string)

/** What each pin must be; whether they make an invoice together shows when they are applied. */
const pinForms: Readonly<Record<keyof Pins, (value: unknown) => boolean>> = {
  number: isText,
  buyer: isCount,
  currency: isText,
  exchangeRate: Number.isFinite,
  issueDate: isDay,
  dueDate: isDay,
  periodStart: isDay,
  periodEnd: isDay,
  promisedDate: isDay,
  status: isOneOf(...statuses),
  direction: isOneOf('receivable', 'payable'),
  isDisputed: (value) => typeof value === 'boolean',
  purchaseOrder: isText,
  salesOrder: isText,
  note: isText,
  privateNote: isText,
  intake: isOneOf(...intakes),
  syncStatus: isOneOf('partial', 'syncing', 'synced', 'failed'),
  syncedAt: Number.isFinite,
  createdAt: Number.isFinite,
  sentAt: Number.isFinite,
  paidAt: Number.isFinite,
  voidedAt: Number.isFinite,
  uncollectibleAt: Number.isFinite,
  lines: (value) => Array.isArray(value) && value.every(arePlain),
  lineTotal: Number.isFinite,
  allowances: Number.isFinite,
  charges: Number.isFinite,
  subtotal: Number.isFinite,
  tax: Number.isFinite,
  total: Number.isFinite,
  paid: Number.isFinite,
  due: Number.isFinite,
}

const arePins = (value: unknown): boolean =>
  isObject(value) &&
  Object.entries(value).every(([name, pin]) => Object.hasOwn(pinForms, name) && pinForms[name as keyof Pins](pin))

/** Tells whether a value is options of books. */
export const areBooks = (value: unknown): boolean =>
  isObject(value) &&
  (isText(value.seed) || Number.isFinite(value.seed)) &&
  isCount(value.invoices) &&
  value.invoices <= greatestSize &&
  isToday(value.newest) &&
  (value.epoch === undefined || isDay(value.epoch)) &&
  (value.pace === undefined || (isObject(value.pace) && Object.values(value.pace).every(Number.isFinite))) &&
  (value.seller === undefined || isText(value.seller)) &&
  (value.trade === undefined || isText(value.trade)) &&
  (value.mix === undefined || (isObject(value.mix) && Object.values(value.mix).every(Number.isFinite))) &&
  (value.currencies === undefined || areTexts(value.currencies)) &&
  (value.countries === undefined || areTexts(value.countries)) &&
  (value.rates === undefined || (Array.isArray(value.rates) && value.rates.every(Number.isFinite))) &&
  (value.constraints === undefined ||
    (isObject(value.constraints) && Object.values(value.constraints).every((part) => isPlain(part) || isRange(part))))

const isStart = (value: unknown): boolean =>
  isObject(value) &&
  (value.books === undefined || areBooks(value.books)) &&
  (value.today === undefined || isToday(value.today)) &&
  (value.scenarios === undefined || areTexts(value.scenarios))

const isClock = (value: unknown): boolean => isObject(value) && isToday(value.today) && isCount(value.ticks)

/** What an event must have, by what it is about and what was done. */
const forms: Readonly<Record<string, (event: Read) => boolean>> = {
  'invoice create': (event) => isOfInvoice(event) && arePins(event.with),
  'invoice amend': (event) => isOfInvoice(event) && arePins(event.with),
  'invoice intake': (event) => isOfInvoice(event) && intakes.includes(event.with as Intake),
  'invoice sync': (event) => isOfInvoice(event),
  'invoice delete': (event) => isOfInvoice(event),
  'message post': (event) => isIndex(event.id) && arePlain(event.with),
  'lease put': ({ id, with: lease }) =>
    isIndex(id) &&
    isObject(lease) &&
    isCount(lease.count) &&
    (lease.expiresAt === undefined || isCount(lease.expiresAt)) &&
    (lease.name === undefined || isText(lease.name)),
  'key put': ({ id, with: given }) =>
    typeof id === 'string' &&
    isObject(given) &&
    isText(given.fingerprint) &&
    isObject(given.answer) &&
    Number.isInteger(given.answer.status),
  'world begin': ({ with: events }) =>
    Array.isArray(events) && events.every((one) => isEvent(one) && one.on !== 'world'),
  'books put': (event) => areBooks(event.with),
  'clock tick': (event) => isClock(event.with),
  'clock move': (event) => isClock(event.with),
  'scenarios put': (event) => areTexts(event.with),
  'start put': (event) => isStart(event.with),
  'requests put': (event) => isCount(event.with),
  'snapshot put': ({ with: snapshot }) =>
    isObject(snapshot) && Array.isArray(snapshot.events) && snapshot.events.every(isTold),
}

const isOfInvoice = ({ id, at }: Read): boolean => isIndex(id) && isCount(at)

/** Levels of an item: what is deeper could be read, and not be written again. */
const deepest = 200

const isWithin = (value: unknown, depth: number): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (depth > 0 && Object.values(value).every((part) => isWithin(part, depth - 1)))

const isOfItem = ({ id, does, with: state }: Read): boolean =>
  isCount(id) &&
  (does === 'delete' ||
    (does === 'put' &&
      isObject(state) &&
      isObject(state.item) &&
      isWithin(state.item, deepest) &&
      (state.parents === undefined || (isObject(state.parents) && Object.values(state.parents).every(isCount)))))

/** Tells whether a value is an event, whose application will succeed. */
export function isEvent(value: unknown): value is Event {
  if (!isObject(value) || typeof value.on !== 'string' || typeof value.does !== 'string') return false
  const name = `${value.on} ${value.does}`
  return value.on.includes(' ') ? isOfItem(value) : Object.hasOwn(forms, name) && (forms[name]?.(value) ?? false)
}

/** What a snapshot tells of; the rest stays with the world that is put back to it. */
const told = new Set(['books', 'clock', 'scenarios', 'invoice', 'message', 'lease'])

/** Tells whether a value is an event that a snapshot may have. */
export const isTold = (value: unknown): value is Event =>
  isEvent(value) && (told.has(value.on) || value.on.includes(' '))
