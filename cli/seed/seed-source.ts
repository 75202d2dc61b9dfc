// Builds a dataset from plain options, so that worker threads can build the same one.

import { ledgerOf } from '../../factories/index.ts'
import type { FittingBooks, Mix } from '../../factories/index.ts'
import { apiDataset, creationDataset, relationalDataset, tableNames } from '../../seeds/index.ts'
import type { Dataset, Provenance, RelationalOptions } from '../../seeds/index.ts'
import { formatDay, showing, suggest } from '../../spec/index.ts'
import type { Day, Optional } from '../../spec/index.ts'
import { ledgerOptionsOf } from '../options/invoices.ts'
import { usageError } from '../usage-error.ts'
import { modelFor } from '../models.ts'
import type { OwnDocument } from '../models.ts'
import type { OptionValues } from '../options/table.ts'

/** What a dataset is made from: plain data, because threads make it, too. */
export interface SeedSource extends OwnDocument {
  readonly name: string | undefined
  /** `create` is what an API is told to create. */
  readonly as: 'api' | 'relational' | 'create'
  readonly entities?: readonly string[]
  readonly money: 'decimal' | 'minor'
  readonly optional?: Optional
  readonly seed: number | string
  readonly invoices: number
  readonly today: Day
  readonly epoch: Day
  readonly firstYear: number
  readonly growth: number
  readonly season: number
  readonly seller?: OptionValues<'seed'>['seller']
  readonly trade?: OptionValues<'seed'>['trade']
  /** What the document asks of the books. */
  readonly fitting: FittingBooks
  readonly mix?: Mix
}

/** Returns what the books of a source are drawn from: what is stated wins over what fits the document. */
export const booksFor = ({
  fitting,
  ...stated
}: Parameters<typeof ledgerOptionsOf>[0] & Pick<SeedSource, 'fitting'>): ReturnType<typeof ledgerOptionsOf> => ({
  ...fitting,
  ...ledgerOptionsOf(stated),
})

/**
 * Returns the dataset of a source.
 * @throws Failure for a document that cannot be read, or entities that it does not have.
 */
export function datasetOf(source: SeedSource): Dataset {
  const { as, entities, money } = source
  const ledger = ledgerOf(booksFor(source))
  if (as === 'relational')
    return relationalDataset(ledger, { money, ...(entities && { entities: tablesIn(entities) }) })
  const model = showing(modelFor(source.name, source), source.optional)
  return as === 'create' ? creationDataset(model, ledger, entities) : apiDataset(model, ledger, entities)
}

function tablesIn(names: readonly string[]): NonNullable<RelationalOptions['entities']> {
  const known: readonly string[] = tableNames
  const stranger = names.find((name) => !known.includes(name))
  if (stranger !== undefined)
    throw usageError('--entities', {
      expected: 'tables of the books',
      received: JSON.stringify(stranger),
      cure: suggest(stranger, known),
    })
  return names as NonNullable<RelationalOptions['entities']>
}

/** What tells a dataset from others in one target. The tables of the books are the same whatever API they stand behind. */
export const datasetKeyOf = (
  api: string,
  { as, entities, seed }: Pick<SeedSource, 'as' | 'entities' | 'seed'>,
): Pick<Provenance, 'api' | 'form' | 'seed'> => ({
  api: as === 'relational' ? 'books' : api,
  form: [as, ...(entities ?? [])].join(' '),
  seed: String(seed),
})

/** Returns what a dataset is made from as targets note it. */
export const provenanceOf = (api: string, source: SeedSource): Provenance => ({
  ...datasetKeyOf(api, source),
  invoices: source.invoices,
  epoch: formatDay(source.epoch),
  today: formatDay(source.today),
  options: [
    source.as === 'relational' ? `money ${source.money}` : `optional ${source.optional ?? 'realistic'}`,
    `first year ${source.firstYear}, growth ${source.growth}, season ${source.season}, seller ${booksFor(source).seller ?? 'US'}`,
    ...(source.trade === undefined ? [] : [`trade ${source.trade}`]),
    ...Object.entries(source.mix ?? {}).map(([kind, share]) => `${kind} ${share} %`),
  ].join(', '),
})
