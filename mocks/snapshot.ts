import { greatestSize } from '../factories/index.ts'
import { failure, intakes, isObject } from '../spec/index.ts'
import type { Day } from '../spec/index.ts'
import type { Order } from './books.ts'
import type { Business } from './business.ts'
import type { History } from './change.ts'
import type { LeaseRecord } from './claims.ts'
import type { PostedNotes } from './journal.ts'
import type { RowChange } from './resources/changes.ts'

/** A world as data: from which books, on which day, and what has happened. */
export interface Snapshot {
  readonly order: Order
  readonly today: Day
  readonly ticks: number
  readonly scenarios: readonly string[]
  readonly created: number
  readonly changes: readonly History[]
  readonly claims: readonly LeaseRecord[]
  readonly messages: readonly PostedNotes[]
  /** Items of resources that somebody created, changed or deleted. */
  readonly rows?: readonly RowChange[]
}

const refuse = (expected: string, received: unknown): never => {
  throw failure('restore a snapshot', {
    expected,
    received: (JSON.stringify(received) ?? 'nothing').slice(0, 80),
    cure: 'Use what a snapshot of this version returned.',
  })
}

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
/** Days from the year 0 to the year 9999. */
const isDay = (value: unknown): value is Day => Number.isInteger(value) && Math.abs(value as number) < 3_000_000
const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= 10_000

/** Returns a snapshot whose form is right. @throws Failure saying what is not. */
export function checkSnapshot(value: unknown): Snapshot {
  if (!isObject(value)) return refuse('a snapshot', value)
  const { order, today, ticks, scenarios, created, changes, claims, messages, rows } = value
  if (!isOrder(order)) return refuse('an order of books', order)
  if (!isDay(today)) return refuse('today to be a day', today)
  if (!isWhole(ticks) || !isWhole(created))
    return refuse('numbers of events and of created invoices', { ticks, created })
  if (!Array.isArray(scenarios) || !scenarios.every(isText)) return refuse('names of scenarios', scenarios)
  checkList('changes', changes, (item) => isHistory(item, order, created))
  checkList('claims', claims, isLease)
  checkList('messages', messages, isPosted)
  if (rows !== undefined) checkList('rows', rows, isRowChange)
  return value as unknown as Snapshot
}

/** Looks once at every invoice to which something happened. @throws Failure where it cannot have happened. */
export function tryOn(business: Business, { changes }: Snapshot): void {
  for (const [index] of changes) {
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

function checkList(name: string, list: unknown, isItem: (item: unknown) => boolean): void {
  if (!Array.isArray(list)) return refuse(`a list of ${name}`, list)
  const stranger = list.find((item) => !isItem(item))
  if (stranger !== undefined) refuse(`a list of ${name}`, stranger)
}

const isOrder = (value: unknown): value is Order =>
  isObject(value) &&
  (isText(value.seed) || Number.isFinite(value.seed)) &&
  isWhole(value.invoices) &&
  value.invoices <= greatestSize &&
  isDay(value.epoch) &&
  (value.currencies === undefined || (Array.isArray(value.currencies) && value.currencies.every(isText))) &&
  (value.constraints === undefined ||
    (isObject(value.constraints) &&
      Object.values(value.constraints).every(
        (part) => typeof part === 'boolean' || Number.isFinite(part) || isRange(part),
      )))

const isRange = (value: unknown): boolean =>
  Array.isArray(value) && value.length === 2 && value.every((part) => Number.isFinite(part))

const isHistory = (value: unknown, order: Order, created: number): boolean =>
  Array.isArray(value) &&
  value.length === 2 &&
  isWhole(value[0]) &&
  value[0] < order.invoices + created &&
  Array.isArray(value[1]) &&
  value[1].every(
    (change, place) =>
      isChange(change) && (change.kind === 'create') === (place === 0 && (value[0] as number) >= order.invoices),
  )

function isChange(value: unknown): value is { kind: string } {
  if (!isObject(value) || !isWhole(value.at)) return false
  switch (value.kind) {
    case 'create':
      return arePins(value.pins) && isDay(value.today)
    case 'amend':
      return arePins(value.pins)
    case 'intake':
      return intakes.includes(value.to as (typeof intakes)[number])
    default:
      return value.kind === 'sync' || value.kind === 'delete'
  }
}

const isPlain = (value: unknown): boolean => isText(value) || Number.isFinite(value) || typeof value === 'boolean'

/** Values and lines of values; whether they make an invoice shows when they are replayed. */
const arePins = (value: unknown): boolean =>
  isObject(value) &&
  Object.entries(value).every(([name, pin]) =>
    name === 'lines'
      ? Array.isArray(pin) && pin.every((line) => isObject(line) && Object.values(line).every(isPlain))
      : isPlain(pin),
  )

const isLease = (value: unknown): boolean =>
  isObject(value) &&
  isWhole(value.index) &&
  isWhole(value.count) &&
  (value.expiresAt === undefined || isWhole(value.expiresAt))

const isRowChange = (value: unknown): boolean =>
  isObject(value) &&
  isText(value.resource) &&
  isWhole(value.index) &&
  (value.item === undefined || isObject(value.item)) &&
  (value.parents === undefined || (isObject(value.parents) && Object.values(value.parents).every(isWhole)))

const isPosted = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length === 2 &&
  isWhole(value[0]) &&
  Array.isArray(value[1]) &&
  value[1].every((note) => isObject(note) && Object.values(note).every(isPlain))
