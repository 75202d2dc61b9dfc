import { existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { failure } from '../spec/index.ts'
import type { Failure } from '../spec/index.ts'
import type { Batch } from './batch.ts'
import { PartSet } from './dataset.ts'
import { createTable, sqlName, insertInto, sqlNames, onConflictUpdate, sqlType } from './sql.ts'
import type { Cell, TableSchema } from './dataset.ts'
import { checkProvenance, checkTable, isUpToDate, partCells, partsTable, seedCells, seedsTable } from './notes.ts'
import type { FoundColumn, PartNote } from './notes.ts'
import { lockFile, openSqlite } from './open-sqlite.ts'
import type { Provenance, SeedPlan, SeedTarget } from './target.ts'

/** Returns a target of a file of SQLite, made where it is absent. Others may read it while it is written. */
export function sqliteTarget(file: string): SeedTarget {
  let database: DatabaseSync | undefined
  let unlock: (() => void) | undefined
  let plan: SeedPlan | undefined
  let noteOf: StatementSync | undefined
  let writers: readonly Writer[] = []

  const open = async (): Promise<DatabaseSync> => {
    if (database) return database
    checkPath(file)
    const opened = await openSqlite(file)
    try {
      opened.exec(
        'PRAGMA busy_timeout = 10000; PRAGMA foreign_keys = ON; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL',
      )
    } catch (error) {
      opened.close()
      throw explain(file, error)
    }
    return (database = opened)
  }

  const inspect = async (wanted: SeedPlan): Promise<PartSet> => {
    const done = new PartSet()
    if (!existsSync(file)) return done
    const opened = await open()
    checkProvenance(file, factsIn(opened, wanted.provenance), wanted)
    for (const entity of [seedsTable, partsTable, ...wanted.dataset.entities]) {
      const found = columnsOf(opened, entity)
      if (found.length > 0) checkTable(file, entity, found, (column) => sqlType(column, 'sqlite'))
    }
    if (columnsOf(opened, partsTable).length > 0)
      for (const note of notesOf(opened, wanted.provenance)) if (isUpToDate(note, wanted)) done.add(note)
    return done
  }

  /** Does something whole, or not at all. */
  const within = (work: (opened: DatabaseSync) => void): void => {
    if (!database) return
    try {
      database.exec('BEGIN IMMEDIATE')
      work(database)
      database.exec('COMMIT')
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK')
      throw explain(file, error)
    }
  }

  return {
    name: file,
    form: { encoding: 'values' },
    isShared: true,
    concurrency: 1,
    recall: async (dataset) => (existsSync(file) ? factsIn(await open(), dataset) : undefined),
    inspect,
    clearing: {
      truncate: async () =>
        within((opened) => {
          const tables = [...(plan?.dataset.entities ?? []).toReversed(), partsTable, seedsTable]
          for (const { name } of tables) opened.exec(`DELETE FROM ${sqlName(name)}`)
          if (plan) insert(opened, seedsTable).run(...seedCells(plan.provenance))
        }),
      remove: async (batch) => within((opened) => removeRows(opened, batch, plan as SeedPlan)),
      forget: async () =>
        within((opened) => {
          const { api, form, seed } = (plan as SeedPlan).provenance
          for (const { name } of [partsTable, seedsTable])
            opened.prepare(`DELETE FROM ${name} WHERE api = ? AND form = ? AND seed = ?`).run(api, form, seed)
        }),
    },
    async begin(wanted) {
      plan = wanted
      const { dataset, provenance } = wanted
      const opened = await open()
      unlock = await lockFile(file)
      const done = await inspect(wanted)
      try {
        opened.exec('BEGIN IMMEDIATE')
        for (const entity of [seedsTable, partsTable, ...dataset.entities]) opened.exec(createTable(entity, 'sqlite'))
        insert(opened, seedsTable).run(...seedCells(provenance))
        opened.exec('COMMIT')
        noteOf = insert(opened, partsTable)
        writers = dataset.entities.map((entity) => writerOf(opened, entity))
      } catch (error) {
        throw explain(file, error)
      }
      return done
    },
    write: async (batch) =>
      within(() => {
        writeRows(batch, plan as SeedPlan, writers)
        noteOf?.run(...partCells((plan as SeedPlan).provenance, batch.part))
      }),
    finish: async () => database?.exec('PRAGMA optimize'),
    async close() {
      database?.close()
      database = undefined
      unlock?.()
      unlock = undefined
    },
  }
}

/** Statements that write the rows of an entity. */
interface Writer {
  readonly entity: TableSchema
  readonly upsert: StatementSync
  /** Takes the rows of an invoice after a position away. */
  readonly cut: StatementSync | undefined
}

const insert = (database: DatabaseSync, entity: TableSchema): StatementSync =>
  database.prepare(`${insertInto(entity)} (${entity.columns.map(() => '?').join(', ')}) ${onConflictUpdate(entity)}`)

const writerOf = (database: DatabaseSync, entity: TableSchema): Writer => ({
  entity,
  upsert: insert(database, entity),
  cut:
    entity.owner === undefined
      ? undefined
      : database.prepare(`DELETE FROM ${sqlName(entity.name)} WHERE ${sqlName(entity.owner)} = ? AND position > ?`),
})

function writeRows({ pieces }: Batch, { dataset }: SeedPlan, writers: readonly Writer[]): void {
  const decoder = new TextDecoder()
  const rows = new Map(
    pieces.map(({ entity, bytes }) => [entity, JSON.parse(decoder.decode(bytes)) as readonly (readonly Cell[])[]]),
  )
  const invoices = dataset.entities.findIndex(({ name }) => name === 'invoices')
  for (const [place, { entity, upsert, cut }] of writers.entries()) {
    const own = rows.get(place) ?? []
    for (const cells of own) upsert.run(...cells.map((cell) => (typeof cell === 'boolean' ? Number(cell) : cell)))
    if (!cut) continue
    const owner = entity.columns.findIndex(({ name }) => name === entity.owner)
    const counts = new Map((rows.get(invoices) ?? []).map(([id]) => [id as string, 0]))
    for (const cells of own) counts.set(cells[owner] as string, (counts.get(cells[owner] as string) ?? 0) + 1)
    for (const [id, count] of counts) cut.run(id, count)
  }
}

/** Takes out the rows of a batch, children first; those of invoices by their invoice. */
function removeRows(database: DatabaseSync, { pieces }: Batch, { dataset: { entities } }: SeedPlan): void {
  const decoder = new TextDecoder()
  const rowsOf = (place: number): readonly (readonly Cell[])[] => {
    const bytes = pieces.find(({ entity }) => entity === place)?.bytes
    return bytes ? (JSON.parse(decoder.decode(bytes)) as readonly (readonly Cell[])[]) : []
  }
  const invoices = entities.findIndex(({ name }) => name === 'invoices')
  for (const [place, { name, columns, key, owner }] of [...entities.entries()].toReversed()) {
    const isChild = owner !== undefined && invoices >= 0
    const named = owner === undefined ? key : [owner]
    const places = isChild ? [0] : named.map((column) => columns.findIndex((candidate) => candidate.name === column))
    const statement = database.prepare(
      `DELETE FROM ${sqlName(name)} WHERE ${named.map((column) => `${sqlName(column)} = ?`).join(' AND ')}`,
    )
    for (const cells of rowsOf(isChild ? invoices : place))
      statement.run(...places.map((at) => cells[at] as string | number))
  }
}

function factsIn(
  database: DatabaseSync,
  { api, form, seed }: Pick<Provenance, 'api' | 'form' | 'seed'>,
): Provenance | undefined {
  if (columnsOf(database, seedsTable).length === 0) return undefined
  const row = database
    .prepare(`SELECT facts FROM ${seedsTable.name} WHERE api = ? AND form = ? AND seed = ?`)
    .get(api, form, seed)
  return row && (JSON.parse(String(row.facts)) as Provenance)
}

const notesOf = (database: DatabaseSync, { api, form, seed }: Provenance): Iterable<PartNote> =>
  database
    .prepare(
      `SELECT ${sqlNames(['stage', 'number', 'last', 'today'])} FROM ${partsTable.name} WHERE api = ? AND form = ? AND seed = ?`,
    )
    .iterate(api, form, seed) as Iterable<unknown> as Iterable<PartNote>

const columnsOf = (database: DatabaseSync, { name }: TableSchema): readonly FoundColumn[] =>
  database.prepare('SELECT name, type FROM pragma_table_info(?)').all(name) as unknown as FoundColumn[]

function checkPath(file: string): void {
  const found = statSync(file, { throwIfNoEntry: false })
  const folder = statSync(dirname(file), { throwIfNoEntry: false })
  const received =
    found && !found.isFile()
      ? 'a directory or device'
      : folder?.isDirectory()
        ? undefined
        : 'one in a directory that does not exist'
  if (received !== undefined) throw failure(`open ${file}`, { expected: 'a file of SQLite, or a new one', received })
}

const reasons: Readonly<Record<number, string>> = {
  5: 'one that another process writes to',
  8: 'one that this user may not write',
  13: 'a full disk',
  14: 'one that cannot be opened',
  26: 'a file of something else',
}

function explain(file: string, error: unknown): Failure {
  const { errcode = 0, message } = error as { errcode?: number; message: string }
  return failure(`seed ${file}`, {
    expected: 'a database that takes it',
    received: reasons[errcode & 0xff] ?? message,
    cure: 'What is written whole stays: the same command goes on from there.',
  })
}
