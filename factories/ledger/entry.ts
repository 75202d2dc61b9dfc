// The types of the ledger: an invoice, its lines, taxes and payments, and the parties to it, in terms of no API.
import type { Day, Instant, Intake, Status } from '../../spec/index.ts'

/** A postal address. */
export interface Address {
  /** Unique among addresses of the ledger; at most 2⁵⁰. */
  readonly key: number
  readonly kind: 'billing' | 'shipping' | 'seller'
  readonly name: string
  readonly line1: string
  readonly line2?: string
  readonly city: string
  readonly postalCode: string
  readonly region?: string
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  readonly countryName: string
  /** From a range reserved for fiction. */
  readonly phone: string
  /** Degrees, somewhere near the town, four places. */
  readonly latitude: number
  readonly longitude: number
}

/** A person who works for a party. */
export interface Person {
  /** Unique among people of the ledger; at most 2⁵⁰. */
  readonly key: number
  readonly givenName: string
  readonly familyName: string
  readonly name: string
  readonly email: string
  readonly phone: string
  readonly jobTitle: string
  /** The first contact of the party. */
  readonly isPrimary: boolean
}

/** A company that buys or sells. */
export interface Party {
  /** −1 for the seller, else the number of the customer from 0. */
  readonly key: number
  readonly name: string
  readonly legalName: string
  readonly taxId: string
  readonly registrationId: string
  readonly email: string
  readonly phone: string
  readonly website: string
  /** Host name on a reserved domain. */
  readonly domain: string
  readonly iban: string
  readonly currency: string
  readonly country: string
  /** BCP 47. */
  readonly locale: string
  readonly timezone: string
  readonly industry: string
  readonly description: string
  readonly employees: number
  readonly founded: number
  readonly address: Address
  readonly shippingAddress: Address
  /** At least one; the first is the primary contact. */
  readonly people: readonly Person[]
}

/** One line of an invoice. Amounts are integers of the invoice currency's minor unit. */
export interface Line {
  /** Position from 0. */
  readonly index: number
  readonly name: string
  readonly description: string
  /** Number of the catalogue item; −1 where the line stands for something else (a discount, freight). */
  readonly product: number
  readonly productType: 'service' | 'goods' | 'subscription'
  /** UN/ECE Recommendation 20 code: HUR, DAY, MON, C62, … */
  readonly unit: string
  /** In thousandths. */
  readonly quantity: number
  /** Of one unit; may be finer than the minor unit, by up to six decimals. */
  readonly price: number
  readonly allowance: number
  /** round(quantity × price) − allowance */
  readonly net: number
  /** In thousandths of a percent: 19 % is 19_000. */
  readonly taxRate: number
  /** Share of the invoice's tax. */
  readonly tax: number
}

/** A document-level allowance or charge; the amount is positive. */
export interface Adjustment {
  readonly index: number
  readonly amount: number
  readonly reason: string
  /** Percentage of the line total in thousandths, where it is one. */
  readonly rate?: number
  readonly taxRate: number
}

/** One group of the tax breakdown. */
export interface TaxGroup {
  readonly category: 'S' | 'Z' | 'E' | 'AE' | 'K' | 'G' | 'O'
  /** In thousandths of a percent. */
  readonly rate: number
  readonly base: number
  readonly amount: number
  /** VAT 19 %, Sales tax 8.875 %, Reverse charge. */
  readonly name: string
  readonly reason?: string
}

/** Money that arrived. */
export interface Payment {
  /** Position from 0. */
  readonly index: number
  readonly amount: number
  readonly at: Instant
  readonly method: 'ach' | 'wire' | 'card' | 'check' | 'sepa'
  /** Ordered, not yet arrived: does not count as paid. */
  readonly isPending: boolean
}

/** The sums of an invoice, in minor units. */
export interface Totals {
  readonly lineTotal: number
  readonly allowances: number
  readonly charges: number
  readonly subtotal: number
  readonly tax: number
  readonly total: number
  readonly paid: number
  readonly rounding: number
  readonly due: number
}

/** One invoice of the ledger, in API-neutral terms. */
export interface Entry extends Totals {
  /** Place in the ledger from 0: its identity. */
  readonly index: number
  /** Seed of its own draws: what hangs on this invoice is keyed by it. */
  readonly key: number
  /** The day on which its status is what it is. */
  readonly today: Day
  readonly number: string
  readonly direction: 'receivable' | 'payable'
  readonly currency: string
  /** Decimal places of the currency. */
  readonly exponent: number
  /** Units of the seller's currency for one of the invoice's; 1 at home. At most six places. */
  readonly exchangeRate: number
  readonly buyer: Party
  readonly seller: Party
  readonly status: Status
  readonly issueDate: Day
  readonly dueDate: Day
  /** Agreed days to pay. */
  readonly terms: number
  readonly periodStart: Day
  readonly periodEnd: Day
  readonly createdAt: Instant
  readonly modifiedAt: Instant
  readonly sentAt?: Instant
  readonly paidAt?: Instant
  readonly voidedAt?: Instant
  readonly uncollectibleAt?: Instant
  readonly promisedDate?: Day
  readonly isDisputed: boolean
  readonly purchaseOrder?: string
  readonly salesOrder?: string
  readonly note?: string
  readonly privateNote?: string
  readonly intake: Intake
  readonly syncedAt: Instant
  readonly syncStatus: 'partial' | 'syncing' | 'synced' | 'failed'
  readonly lines: readonly Line[]
  readonly allowanceList: readonly Adjustment[]
  readonly chargeList: readonly Adjustment[]
  readonly taxes: readonly TaxGroup[]
  readonly payments: readonly Payment[]
}
