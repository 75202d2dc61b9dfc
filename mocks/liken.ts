import { pinsFrom, traitOf } from '../factories/index.ts'
import type { Entry, InvoiceParams, Pins, TraitName } from '../factories/index.ts'

/** How invoices are to be: traits first, then params, which win. */
export interface Likeness {
  readonly traits?: readonly TraitName[]
  readonly params?: InvoiceParams
}

/** Returns what has to be fixed about an invoice to make it so. @throws Failure for an unknown trait or param. */
export const pinsFor = (entry: Entry, { traits = [], params = {} }: Likeness): Pins =>
  ({
    ...Object.assign({}, ...traits.map((name) => traitOf(name)(entry))),
    ...pinsFrom(params, params.currency ?? entry.currency),
  }) as Pins
