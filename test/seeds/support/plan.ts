import { ledgerOf } from '../../../factories/index.ts'
import { apiDataset, makeHere, relationalDataset } from '../../../seeds/index.ts'
import type { MakeBatches, SeedPlan } from '../../../seeds/index.ts'
import { builtIn, formatDay, parseDay } from '../../../spec/index.ts'
import type { Day } from '../../../spec/index.ts'

/** What a plan is made from. */
export interface PlanParts {
  readonly seed?: number
  readonly invoices?: number
  readonly today?: string
  /** First day of the books; where missing, the newest invoice is of 2026-01-15. */
  readonly epoch?: string
  readonly form?: 'api' | 'relational'
  readonly api?: string
}

/** Returns what a run writes: 600 invoices as tables, unless told otherwise. The newest is of 2026-01-15. */
export function planOf({
  seed = 7,
  invoices = 600,
  today = '2026-01-15',
  epoch: begins,
  form = 'relational',
  api = 'books',
}: PlanParts = {}): SeedPlan {
  const epoch = begins
    ? (parseDay(begins) as Day)
    : ledgerOf({ seed, invoices, today: parseDay('2026-01-15') as Day }).book.epoch
  const ledger = ledgerOf({ seed, invoices, today: parseDay(today) as Day, epoch })
  return {
    dataset: form === 'api' ? apiDataset(builtIn(api), ledger) : relationalDataset(ledger),
    provenance: { api, form, seed: String(seed), invoices, epoch: formatDay(epoch), today, options: '' },
  }
}

/** Makes some batches, and then fails as a lost disk or a crash would. */
export const breakingAfter = ({ dataset }: SeedPlan, batches: number): MakeBatches =>
  async function* (parts, form) {
    let left = batches
    for await (const batch of makeHere(dataset)(parts, form)) {
      if (left-- === 0) throw new Error('broken')
      yield batch
    }
  }
