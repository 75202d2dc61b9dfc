import { statusAt } from '../factories/index.ts'
import type { Day } from '../spec/index.ts'
import type { Business, Happening } from './business.ts'

/** Words for what can happen to an invoice. */
export const occasions = ['created', 'updated', 'deleted', 'finalized', 'paid', 'voided', 'synced'] as const

export type Occasion = (typeof occasions)[number]

/** Returns what a happening is an occasion of: paying an invoice also updates it, creating one as open also finalizes it. */
export function occasionsOf({ before, after, change }: Happening): Occasion[] {
  const became = (status: string): boolean => after?.status === status && before?.status !== status
  const isFinal = (entry: Happening['after']): boolean => entry !== undefined && entry.status !== 'draft'
  const holds: Readonly<Record<Occasion, boolean>> = {
    created: !before && after !== undefined,
    updated: before !== undefined && after !== undefined,
    deleted: before !== undefined && after === undefined,
    finalized: isFinal(after) && !isFinal(before),
    paid: became('paid'),
    voided: became('void'),
    synced: change?.kind === 'sync',
  }
  return occasions.filter((occasion) => holds[occasion])
}

/** Invoices of which a move of the clock tells; a year may change thousands. */
const most = 1000

/** Moves the clock and returns what has happened to invoices by that, oldest first: some become final, some are paid or void. */
export function pass(business: Business, to: Day): Happening[] {
  const from = business.today
  const changed = new Set(business.store.changed())
  const columns = business.ledger.columns()
  const touched = [...changed]
  for (let index = 0; index < columns.size && touched.length < most; index++) {
    if (!changed.has(index) && statusAt(columns, index, from) !== statusAt(columns, index, to)) touched.push(index)
  }
  const before = touched.map((index) => business.find(index))
  business.moveTo(to)
  if (to <= from) return []
  return touched.flatMap((index, place): Happening[] => {
    const [was, is] = [before[place], business.find(index)]
    if (!is || was?.status === is.status) return []
    return [{ ...(was && { before: was }), after: is }]
  })
}
