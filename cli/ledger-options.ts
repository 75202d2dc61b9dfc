import type { LedgerOptions, Mix } from '../factories/index.ts'
import type { Day } from '../spec/index.ts'
import type { Values } from './options/values.ts'

/** Returns from what the books are drawn that a command line states. */
export const ledgerOptionsOf = ({
  seed,
  invoices,
  today,
  epoch,
  firstYear: perYear,
  growth,
  season,
  seller,
  mix,
}: Pick<Values<'serve'>, 'seed' | 'invoices' | 'today' | 'firstYear' | 'growth' | 'season' | 'seller'> & {
  readonly epoch?: Day | undefined
  readonly mix?: Mix | undefined
}): LedgerOptions & { readonly seed: string | number; readonly invoices: number } => ({
  seed,
  invoices,
  today,
  pace: { perYear, growth, season },
  ...(epoch !== undefined && { epoch }),
  ...(seller !== 'US' && { seller }),
  ...(mix && { mix }),
})
