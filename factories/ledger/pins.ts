import { failure, formatMajor } from '../../spec/index.ts'
import type { Day, Failure, Instant, Intake, Status } from '../../spec/index.ts'
import type { LineInput } from './calculate.ts'

/** A line somebody has stated in parts; what is missing follows from the rest. */
export type LinePin = Partial<LineInput> & { readonly net?: number }

/** What somebody has fixed about an invoice; everything else is derived so that every law holds. Minor units, thousandths, days. */
export interface Pins {
  readonly number?: string
  /** Number of the customer. */
  readonly buyer?: number
  readonly currency?: string
  readonly exchangeRate?: number
  readonly issueDate?: Day
  readonly dueDate?: Day
  readonly periodStart?: Day
  readonly periodEnd?: Day
  readonly promisedDate?: Day
  readonly status?: Status
  readonly direction?: 'receivable' | 'payable'
  readonly isDisputed?: boolean
  readonly purchaseOrder?: string
  readonly salesOrder?: string
  readonly note?: string
  readonly privateNote?: string
  readonly intake?: Intake
  readonly syncStatus?: 'partial' | 'syncing' | 'synced' | 'failed'
  readonly syncedAt?: Instant
  readonly createdAt?: Instant
  readonly sentAt?: Instant
  readonly paidAt?: Instant
  readonly voidedAt?: Instant
  readonly uncollectibleAt?: Instant
  readonly lines?: readonly LinePin[]
  readonly lineTotal?: number
  readonly allowances?: number
  readonly charges?: number
  readonly subtotal?: number
  readonly tax?: number
  readonly total?: number
  readonly paid?: number
  readonly due?: number
}

/** Returns the error of pins that no invoice can have together; it names the law they break. */
export const contradiction = (law: string, expected: string, received: string): Failure =>
  failure('build an invoice', {
    expected: `${expected} (${law})`,
    received,
    cure: 'Leave one of the values out and it is derived.',
  })

/** Returns how errors spell an amount of minor units: in major units, with all decimals. */
export const spellIn =
  (exponent: number) =>
  (minor: number): string =>
    formatMajor(minor, exponent)

/** Spells an amount for an error. */
export type Spell = (minor: number) => string
