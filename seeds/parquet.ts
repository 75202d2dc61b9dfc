// Seeds Parquet files.

import { existsSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Batch } from './batch.ts'
import { databaseTarget } from './database.ts'
import type { SqlDatabase } from './database.ts'
import { PartSet } from './dataset.ts'
import type { TableSchema } from './dataset.ts'
import { duckdbDatabase } from './duckdb.ts'
import { fileOf, giveName, writablePath } from './file.ts'
import { columnList, sqlName, sqlText } from './sql.ts'
import type { SeedPlan, SeedTarget } from './target.ts'
import { databaseVerifier } from './verify.ts'
import type { Verifier } from './verify.ts'
import { openWorkspace, runOf } from './workspace.ts'
import type { Workspace } from './workspace.ts'

/** Returns a target of Parquet, one file for each entity. Rows go to a DuckDB in a workspace first, which goes on where it was interrupted. */
export const parquetTarget = (path: string, force: boolean): SeedTarget => new ParquetTarget(path, force)

/** A file of an entity. */
interface ParquetFile {
  readonly entity: TableSchema
  /** Its name once it is whole. */
  readonly path: string
}

/** What a run has open. */
interface ParquetRun {
  readonly workspace: Workspace
  readonly files: readonly ParquetFile[]
  /** Where rows go first. */
  readonly database: SqlDatabase
  readonly rows: SeedTarget
}

class ParquetTarget implements SeedTarget {
  readonly name: string
  readonly form = { encoding: 'csv' } as const
  readonly isShared = false
  readonly concurrency = 1
  readonly #force: boolean
  #run: ParquetRun | undefined
  /** Opened to read the files back. */
  #read: SqlDatabase | undefined

  constructor(path: string, force: boolean) {
    this.name = path
    this.#force = force
  }

  async recall(): Promise<undefined> {
    return undefined
  }

  async inspect({ dataset: { entities } }: SeedPlan): Promise<PartSet> {
    for (const { path } of filesOf(this.name, entities)) await writablePath(path, this.#force)
    return new PartSet()
  }

  async begin(plan: SeedPlan): Promise<PartSet> {
    const target = await writablePath(this.name, true)
    const workspace = await openWorkspace(target, runOf(plan, 'parquet'), this.#force)
    const { parts, isWhole } = workspace.progress
    const staging = join(workspace.folder, 'rows.duckdb')
    const database = duckdbDatabase(staging, this.name)
    const rows = databaseTarget(database)
    try {
      if (!isWhole) await this.inspect(plan)
      if (parts === 0 && !isWhole) for (const name of [staging, `${staging}.wal`]) rmSync(name, { force: true })
      workspace.note({ ...workspace.progress, parts: 1 })
      const done = await rows.begin(plan)
      this.#run = { workspace, files: filesOf(target, plan.dataset.entities), database, rows }
      return done
    } catch (error) {
      await rows.close()
      if (parts === 0) workspace.remove()
      else workspace.close()
      throw error
    }
  }

  async write(batch: Batch): Promise<void> {
    await this.#run?.rows.write(batch)
  }

  async verifier(plan: SeedPlan): Promise<Verifier> {
    const read = (this.#read = duckdbDatabase(':memory:', this.name))
    const { run } = await read.connect()
    for (const { entity, path } of filesOf(this.name, plan.dataset.entities))
      await explained(read, () =>
        run(`CREATE VIEW ${sqlName(entity.name)} AS SELECT * FROM read_parquet(${sqlText(path)})`),
      )
    return databaseVerifier(read, plan)
  }

  async finish(): Promise<void> {
    if (!this.#run) return
    const { workspace, files, database, rows } = this.#run
    const partialOf = ({ path }: ParquetFile): string => join(workspace.folder, basename(path))
    if (!workspace.progress.isWhole) {
      const { run } = await database.connect()
      for (const file of files) await explained(database, () => run(copyTo(file.entity, partialOf(file))))
      workspace.note({ parts: 1, files: {}, isWhole: true })
    }
    await rows.close()
    for (const file of files)
      // One that is not there has got its name before the run was interrupted.
      if (existsSync(partialOf(file))) giveName(partialOf(file), file.path, this.#force)
    workspace.remove()
    this.#run = undefined
  }

  async close(): Promise<void> {
    const [run, read] = [this.#run, this.#read]
    this.#run = this.#read = undefined
    await read?.close()
    await run?.rows.close()
    run?.workspace.close()
  }
}

const filesOf = (path: string, entities: readonly TableSchema[]): readonly ParquetFile[] =>
  entities.map((entity) => ({ entity, path: fileOf(path, '.parquet', entity, entities) }))

const copyTo = (entity: TableSchema, path: string): string =>
  `COPY (SELECT ${columnList(entity)} FROM ${sqlName(entity.name)}) TO ${sqlText(path)} (FORMAT parquet, COMPRESSION zstd)`

async function explained(database: SqlDatabase, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    throw database.explain(error, 'seed')
  }
}
