import { exponentOf } from '../../spec/index.ts'
import { normal, salt, unit } from './draw.ts'
import { homeOf } from './home.ts'
import type { Home } from './home.ts'
import type { TaxTable } from './place.ts'
import { taxesOf } from './tax.ts'
import type { TaxPlace } from './tax.ts'

/** How often a contract is billed. */
export type Cycle = 'monthly' | 'quarterly' | 'annual'

/** What must be known of a customer to draw its invoices: how it is taxed, what was agreed, and how it pays. */
export interface Profile {
  readonly home: Home
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  readonly currency: string
  /** Decimal places of the currency. */
  readonly exponent: number
  readonly isSepa: boolean
  readonly taxes: TaxTable
  /** Agreed days to pay. */
  readonly terms: number
  readonly cycle: Cycle
  /** Days after the due date at which it usually pays; negative for early payers. */
  readonly lateness: number
  /** Share of its invoices that it never pays. */
  readonly risk: number
  /** Leaning of its quantities, −1 to 1: above 0 for customers who buy much. */
  readonly size: number
}

const names = {
  terms: salt('terms'),
  cycle: salt('cycle'),
  lateness: salt('lateness'),
  kind: salt('sort of payer'),
  risk: salt('risk'),
  size: salt('size'),
}

/** Returns the profile of a customer in O(1); `key` and `currencies` are those of `homeOf`. */
export function profileOf(key: number, seller: TaxPlace, currencies?: readonly string[]): Profile {
  const home = homeOf(key, currencies, seller.country.code)
  return {
    home,
    country: home.country.code,
    currency: home.currency,
    exponent: exponentOf(home.currency),
    isSepa: home.country.isSepa && home.currency === 'EUR',
    taxes: taxesOf(key, home, seller),
    terms: termsOf(unit(key, names.terms), home.country.isSepa),
    cycle: cycleOf(unit(key, names.cycle)),
    ...payerOf(key),
    size: Math.min(0.8, Math.max(-0.8, normal(key, names.size) * 0.3)),
  }
}

/** Continental Europe agrees on shorter terms than the rest. */
function termsOf(draw: number, isEuropean: boolean): number {
  if (draw < 0.06) return 0
  if (isEuropean) return draw < 0.35 ? 14 : draw < 0.85 ? 30 : draw < 0.95 ? 45 : 60
  return draw < 0.16 ? 15 : draw < 0.7 ? 30 : draw < 0.85 ? 45 : draw < 0.97 ? 60 : 90
}

const cycleOf = (draw: number): Cycle => (draw < 0.6 ? 'monthly' : draw < 0.85 ? 'quarterly' : 'annual')

/** Nearly half of the customers pay on time, a third some days late, the rest when they are reminded often enough. */
function payerOf(key: number): Pick<Profile, 'lateness' | 'risk'> {
  const kind = unit(key, names.kind)
  const [low, high] = kind < 0.46 ? [-4, 2] : kind < 0.76 ? [3, 15] : kind < 0.92 ? [16, 45] : [45, 95]
  const risk = (kind < 0.46 ? 0.004 : kind < 0.76 ? 0.015 : kind < 0.92 ? 0.03 : 0.14) * (0.5 + unit(key, names.risk))
  return { lateness: Math.round(low + (high - low) * unit(key, names.lateness)), risk }
}
