// Traits of a factory: named ways an invoice can be.

import { multiplyDivide, suggest, failure } from '../spec/index.ts'
import type { Entry } from './ledger/entry.ts'
import type { LinePin, Pins } from './ledger/pins.ts'

/** A named way an invoice can be; pins that follow from the entry it is built from. */
export type Trait = (entry: Entry) => Pins

/** A foreign currency: the euro, or the dollar where the seller counts in euros. */
const abroad = ({ seller }: Entry): string => (seller.currency === 'EUR' ? 'USD' : 'EUR')

const repeat = ({ lines }: Entry, count: number): LinePin[] =>
  Array.from({ length: count }, (_, index) => {
    const { name, description, product, productType, unit, price, taxRate } = lines[
      index % lines.length
    ] as Entry['lines'][number]
    return {
      name,
      description,
      product,
      productType,
      unit,
      price,
      taxRate,
      quantity: (1 + (index % 7)) * 1000,
      allowance: 0,
    }
  })

/** Traits that every factory knows. They compose with each other and with params, which win. */
export const traits = {
  draft: () => ({ status: 'draft' }),
  open: () => ({ status: 'open' }),
  processing: () => ({ status: 'processing' }),
  paid: () => ({ status: 'paid' }),
  overdue: () => ({ status: 'overdue' }),
  void: () => ({ status: 'void' }),
  uncollectible: () => ({ status: 'uncollectible' }),
  /** Two fifths have arrived. */
  partiallyPaid: ({ total, status }) => ({
    paid: multiplyDivide(total, 2, 5),
    ...(status !== 'open' && { status: 'overdue' as const }),
  }),
  disputed: ({ status }) => ({ isDisputed: true, ...(status !== 'open' && { status: 'overdue' as const }) }),
  multiCurrency: (entry) => ({ currency: abroad(entry) }),
  manyLines: (entry) => ({ lines: repeat(entry, 60) }),
  singleLine: (entry) => ({ lines: repeat(entry, 1) }),
  taxFree: (entry) => ({ lines: repeat(entry, entry.lines.length).map((line) => ({ ...line, taxRate: 0 })) }),
  discounted: ({ lineTotal }) => ({ allowances: multiplyDivide(lineTotal, 1, 10) }),
  /** The seller owes the buyer: every line is taken back. */
  creditBalance: (entry) => ({
    status: 'open',
    lines: repeat(entry, entry.lines.length).map((line) => ({ ...line, price: -(line.price as number) })),
  }),
} as const satisfies Record<string, Trait>

/** The name of a trait. */
export type TraitName = keyof typeof traits

/** Returns the trait of a name. @throws Failure with a suggestion. */
export function traitOf(name: string): Trait {
  if (Object.hasOwn(traits, name)) return traits[name as TraitName]
  throw failure(`find trait "${name}"`, {
    expected: 'a trait that factories know',
    received: 'none of that name',
    cure: suggest(name, Object.keys(traits)),
  })
}
