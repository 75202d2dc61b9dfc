// Defines the tables in which a database notes what was seeded.

import { failure, isObject } from '../spec/index.ts'
import { partOf } from './dataset.ts'
import type { TableSchema, DatasetPart } from './dataset.ts'
import type { Provenance, SeedPlan } from './target.ts'

const column = (
  name: string,
  type: TableSchema['columns'][number]['type'],
  says: string,
): TableSchema['columns'][number] => ({
  name,
  type,
  says,
})
const dataset = [
  column('api', 'text', 'API whose objects it has, or books.'),
  column('form', 'text', 'api or relational, and the entities that were named.'),
  column('seed', 'text', 'Seed.'),
]

/** What a database says of the datasets in it. */
export const seedsTable: TableSchema = {
  name: 'proforma_seeds',
  says: 'Datasets that proforma has written here.',
  columns: [...dataset, column('facts', 'text', 'What it was made from, as JSON.')],
  key: ['api', 'form', 'seed'],
  references: [],
  indexes: [],
}

/** What a database says of the parts that are in it. A part is noted in the transaction that writes it. */
export const partsTable: TableSchema = {
  name: 'proforma_parts',
  says: 'Parts of datasets that are here whole.',
  columns: [
    ...dataset,
    column('stage', 'text', 'master or invoices.'),
    column('number', 'integer', 'Number of the part.'),
    column('last', 'integer', 'Number of things up to its end.'),
    column('today', 'date', 'Day that its statuses are of.'),
  ],
  key: ['api', 'form', 'seed', 'stage', 'number'],
  references: [],
  indexes: [],
}

/** A part as it is noted. */
export interface PartNote {
  readonly stage: DatasetPart['stage']
  readonly number: number
  readonly last: number
  /** `2026-01-15` */
  readonly today: string
}

/** Tells whether a part is there as a run would write it: whole, and of the same day. Master data does not change with the day. */
export const isUpToDate = (
  { stage, number, last, today }: PartNote,
  { dataset: { sizes }, provenance }: SeedPlan,
): boolean => last >= partOf(stage, number, sizes[stage]).to && (stage === 'master' || today === provenance.today)

export const seedCells = (facts: Provenance): string[] => [facts.api, facts.form, facts.seed, JSON.stringify(facts)]

export const partCells = (
  { api, form, seed, today }: Provenance,
  { stage, number, to }: DatasetPart,
): (string | number)[] => [api, form, seed, stage, number, to, today]

/** Returns the facts that a text notes; `undefined` where it is no such text. */
export function readProvenance(text: unknown): Provenance | undefined {
  try {
    const facts: unknown = JSON.parse(text as string)
    const texts = ['api', 'form', 'seed', 'epoch', 'today', 'options'] as const satisfies readonly (keyof Provenance)[]
    return isObject(facts) &&
      texts.every((name) => typeof facts[name] === 'string') &&
      Number.isSafeInteger(facts.invoices)
      ? (facts as unknown as Provenance)
      : undefined
  } catch {
    return undefined
  }
}

/**
 * Checks that a run goes on with the dataset that a database has.
 * @throws Failure for one of another epoch or form, and for a day before that of its statuses.
 */
export function checkProvenance(
  target: string,
  found: Provenance | undefined,
  { provenance: wanted, isAnew }: SeedPlan,
): void {
  if (!found || isAnew) return
  const differing = (['options', 'epoch'] as const).find((name) => found[name] !== wanted[name])
  if (differing)
    throw failure(`seed ${target}`, {
      expected: `the dataset that is there, of ${differing} ${found[differing]}`,
      received: `${differing} ${wanted[differing]}`,
      cure: 'Say the same as before, another --seed, or --truncate to begin anew.',
    })
  if (found.today > wanted.today)
    throw failure(`seed ${target}`, {
      expected: `a day from ${found.today}, of which it is`,
      received: wanted.today,
      cure: 'Time runs forward in a database. Say --truncate to begin anew.',
    })
}

/** A column as a database has it, its type in that database's words. */
export interface FoundColumn {
  readonly name: string
  readonly type: string
}

/**
 * Checks that a table which exists takes an entity's rows. It may have other columns.
 * @throws Failure for a column that is missing or of another type.
 */
export function checkTable(
  target: string,
  { name, columns }: TableSchema,
  found: readonly FoundColumn[],
  typeFor: (column: TableSchema['columns'][number]) => string,
): void {
  for (const wanted of columns) {
    const type = typeFor(wanted)
    const there = found.find((candidate) => candidate.name === wanted.name)
    if (there?.type.toLowerCase() === type.toLowerCase()) continue
    throw failure(`seed ${target}`, {
      expected: `a column ${wanted.name} of type ${type} in the table ${name} that exists`,
      received: there ? `one of type ${there.type}` : 'none',
      cure: 'Name another database or schema, or move the table away.',
    })
  }
}
