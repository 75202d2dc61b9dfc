// Reads a seeded target back and compares it with the dataset.

import type { Batch, MakeBatches } from './batch.ts'
import type { SqlDatabase } from './database.ts'
import type { TableSchema } from './dataset.ts'
import { createStaging, isSurplus, rowsThatDiffer, sqlName, stagingTable } from './sql.ts'
import { partsToWrite } from './target.ts'
import type { SeedPlan, SeedTarget } from './target.ts'

/** Rows that do not stand in a target as they were written, or break a rule of their table. */
export interface Discrepancy {
  readonly entity: string
  /** `missing, or other than they were written`. */
  readonly what: string
  readonly rows: number
}

/** Reads a target back. Batches come in the order in which they were written. */
export interface Verifier {
  check(batch: Batch): Promise<readonly Discrepancy[]>
  /** Returns what is there beyond the last batch. */
  end(): Promise<readonly Discrepancy[]>
}

/** What was read back. */
export interface Verified {
  /** Number of rows by entity. */
  readonly rows: Readonly<Record<string, number>>
  /** Each sort once, with the sum of its rows. */
  readonly discrepancies: readonly Discrepancy[]
  readonly isWhole: boolean
}

/**
 * Reads a target back and compares every row with the one that the dataset has, follows keys and adds up sums. Changes nothing.
 * @throws Failure for a target that cannot be read back, such as standard output.
 */
export async function verifySeeded(
  target: SeedTarget,
  plan: SeedPlan,
  {
    make,
    signal,
    onBatch,
  }: { readonly make: MakeBatches; readonly signal?: AbortSignal; readonly onBatch?: (batch: Batch) => void },
): Promise<Verified> {
  const rows: Record<string, number> = {}
  const found = new Map<string, Discrepancy>()
  const note = (discrepancies: readonly Discrepancy[]): void => {
    for (const one of discrepancies) {
      const key = `${one.entity}: ${one.what}`
      found.set(key, { ...one, rows: one.rows + (found.get(key)?.rows ?? 0) })
    }
  }
  try {
    const verifier = await target.verifier?.(plan)
    if (!verifier) return { rows, discrepancies: [], isWhole: false }
    for await (const batch of make(partsToWrite(plan, target.isShared), target.form)) {
      if (signal?.aborted) return { rows, discrepancies: [...found.values()], isWhole: false }
      note(await verifier.check(batch))
      for (const { entity, rows: count } of batch.pieces) {
        const { name } = plan.dataset.entities[entity] as TableSchema
        rows[name] = (rows[name] ?? 0) + count
      }
      onBatch?.(batch)
    }
    note(await verifier.end())
    return { rows, discrepancies: [...found.values()], isWhole: true }
  } finally {
    await target.close()
  }
}

/** Returns a verifier of a database: rows of a part are staged, compared there with those of the tables, and thrown away. */
export async function databaseVerifier(
  { connect, dialect }: Pick<SqlDatabase, 'connect' | 'dialect'>,
  { dataset: { entities } }: SeedPlan,
): Promise<Verifier> {
  const connection = await connect()
  for (const entity of entities) await connection.run(createStaging(entity, dialect))
  const countIn = async (sql: string): Promise<number> =>
    Number((await connection.all<{ count: unknown }>(`SELECT count(*) AS count ${sql}`))[0]?.count)
  return {
    async check({ part, pieces }) {
      const found: Discrepancy[] = []
      const add = async (entity: TableSchema, what: string, sql: string): Promise<void> => {
        const rows = await countIn(sql)
        if (rows > 0) found.push({ entity: entity.name, what, rows })
      }
      await connection.run('BEGIN')
      try {
        if (dialect !== 'postgres')
          for (const entity of entities) await connection.run(`DELETE FROM ${stagingTable(entity)}`)
        for (const rows of pieces) await connection.stage(entities[rows.entity] as TableSchema, rows)
        for (const { entity: place } of pieces) {
          const entity = entities[place] as TableSchema
          await add(entity, 'missing, or other than they were written', rowsThatDiffer(entity, dialect))
          for (const { entity: other, from } of danglingKeys(entity))
            await add(entity, `name ${other} that are not there`, from)
          for (const { says, fails } of entity.rules ?? [])
            if (rulesApply(fails, entities))
              await add(
                entity,
                `break “${says}”`,
                `FROM ${sqlName(entity.name)} WHERE ${entity.key.map(sqlName).join(', ')} IN (SELECT ${entity.key.map(sqlName).join(', ')} FROM ${stagingTable(entity)}) AND ${fails}`,
              )
        }
        if (part.stage === 'invoices')
          for (const entity of entities)
            if (entity.owner !== undefined)
              await add(entity, 'too many', `FROM ${sqlName(entity.name)} WHERE ${isSurplus(entity, entities)}`)
      } finally {
        await connection.run('ROLLBACK')
      }
      return found
    },
    end: async () => [],
  }
}

/** Returns, for each foreign key, the rows that name rows which are not there. */
const danglingKeys = (entity: TableSchema): readonly { readonly entity: string; readonly from: string }[] =>
  entity.references.map(({ column, entity: other, names }) => ({
    entity: other,
    from: `FROM ${stagingTable(entity)} AS own WHERE own.${sqlName(column)} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${sqlName(other)} AS other WHERE other.${sqlName(names)} = own.${sqlName(column)})`,
  }))

/** A rule that sums another table applies where that is seeded, too. */
const rulesApply = (condition: string, entities: readonly TableSchema[]): boolean =>
  [...condition.matchAll(/FROM "(\w+)"/g)].every(([, table]) => entities.some(({ name }) => name === table))
