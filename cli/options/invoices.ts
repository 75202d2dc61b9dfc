// Declares the options that choose which invoices are drawn.

import type { Day, Optional } from '../../spec/index.ts'
import type { LedgerOptions, Mix } from '../../factories/index.ts'
import { optionKinds, option } from './kinds.ts'
import type { OptionValues } from './table.ts'

/** Lists, filters and sorts keep some facts of every invoice in memory: about a hundred bytes each. */
const mostInMemory = 10_000_000
/** As `greatestSize` of a ledger. */
const mostInLedger = 2_000_000_000

/** As `usualPace` of a ledger, which is not loaded to read options. */
const usualPace = { perYear: 250, growth: 50, season: 100 }

/** As `mixKinds` of a ledger. */
const mixKinds = ['draft', 'overdue', 'partial', 'disputed', 'void', 'uncollectible', 'paid', 'credit'] as const

/** As `tradeCodes` of a ledger. */
const tradeCodes = [
  'technology',
  'logistics',
  'construction',
  'food',
  'machinery',
  'health',
  'energy',
  'media',
  'hospitality',
  'agriculture',
  'packaging',
  'property',
  'automotive',
] as const

/** Which invoices there are. */
export const invoiceOptions = [
  option({
    name: 'seed',
    short: 's',
    kind: optionKinds.seed,
    default: 42,
    says: 'same seed, same invoices',
    commands: ['serve', 'seed', 'export-examples'],
  }),
  option({
    name: 'seed',
    short: 's',
    kind: optionKinds.seed,
    says: 'same seed, same replacements, in every file; who knows it can test guesses, so take one that nobody guesses',
    otherwise: 'another each time, which nobody knows',
    commands: ['mask'],
  }),
  option({
    name: 'invoices',
    short: 'n',
    kind: optionKinds.integer(0, mostInMemory),
    default: 250,
    says: 'number of invoices',
    commands: ['serve', 'export-examples'],
  }),
  option({
    name: 'invoices',
    short: 'n',
    kind: optionKinds.integer(0, mostInLedger),
    default: 1000,
    says: 'number of invoices',
    commands: ['seed'],
  }),
  option({
    name: 'today',
    kind: optionKinds.day,
    default: 'now',
    says: 'the day it is: now, or a day like 2026-01-15',
    commands: ['serve', 'seed', 'export-examples'],
  }),
  option({
    name: 'epoch',
    kind: optionKinds.day,
    says: 'first day of the books, like 2025-01-01: an invoice is then the same for any number of them, and on any day',
    otherwise: 'the one with which the newest invoice is of today',
    commands: ['serve', 'export-examples'],
  }),
  option({
    name: 'first-year',
    kind: optionKinds.integer(1, 1_000_000_000),
    default: usualPace.perYear,
    says: 'invoices that the company issues in its first year',
    commands: ['serve', 'seed', 'export-examples'],
  }),
  option({
    name: 'growth',
    kind: optionKinds.integer(0, 10_000, 'percent'),
    default: usualPace.growth,
    says: 'by how much a year has more invoices than the year before',
    commands: ['serve', 'seed', 'export-examples'],
  }),
  option({
    name: 'season',
    kind: optionKinds.integer(0, 300, 'percent'),
    default: usualPace.season,
    says: 'how much months differ: 0 for not at all, 200 for twice as much as usual',
    commands: ['serve', 'seed', 'export-examples'],
  }),
  option({
    name: 'seller',
    kind: optionKinds.choice(
      ['US', 'CA', 'GB', 'IE', 'DE', 'AT', 'CH', 'FR', 'NL', 'ES', 'IT', 'SE', 'JP', 'AU', 'KW'],
      'country',
    ),
    says: 'where the seller lives, which decides its currency, calendar and tax',
    otherwise: 'as the document says, US where it says nothing',
    commands: ['serve', 'seed', 'export-examples'],
  }),
  option({
    name: 'trade',
    kind: optionKinds.choice([...tradeCodes], 'business'),
    says: 'what the seller deals in',
    otherwise: 'a draw of the seed',
    commands: ['serve', 'seed', 'export-examples'],
  }),
  option({
    name: 'mix',
    kind: optionKinds.percentages([...mixKinds]),
    says: 'percentages of invoices that stay drafts, are never paid, are credit notes …, like overdue=20,draft=5,credit=3',
    otherwise: 'as in the books of a usual company',
    commands: ['serve', 'seed', 'export-examples'],
  }),
  option({
    name: 'optional',
    kind: optionKinds.choice(['all', 'none', 'realistic'] satisfies Optional[], 'which'),
    says: 'optional properties: all, none, or realistic, as real data has them',
    commands: ['serve', 'seed', 'export-examples'],
  }),
] as const

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
  trade,
  mix,
}: Pick<OptionValues<'serve'>, 'seed' | 'invoices' | 'today' | 'firstYear' | 'growth' | 'season'> & {
  readonly epoch?: Day | undefined
  readonly seller?: string | undefined
  readonly trade?: LedgerOptions['trade']
  readonly mix?: Mix | undefined
}): LedgerOptions & { readonly seed: string | number; readonly invoices: number } => ({
  seed,
  invoices,
  today,
  pace: { perYear, growth, season },
  ...(epoch !== undefined && { epoch }),
  ...(seller !== undefined && { seller }),
  ...(trade !== undefined && { trade }),
  ...(mix && { mix }),
})
