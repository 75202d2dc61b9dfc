// Seeds Parquet files.

import { existsSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { databaseTarget } from './database.ts'
import type { SqlDatabase } from './database.ts'
import { PartSet } from './dataset.ts'
import type { TableSchema } from './dataset.ts'
import { duckdbDatabase } from './duckdb.ts'
import { fileOf, giveName, writablePath } from './file.ts'
import { columnList, sqlName, sqlText } from './sql.ts'
import type { SeedTarget } from './target.ts'
import { databaseVerifier } from './verify.ts'
import { openWorkspace, runOf } from './workspace.ts'
import type { Workspace } from './workspace.ts'

/** Returns a target of Parquet, one file for each entity. Rows go to a DuckDB in a workspace first, which goes on where it was interrupted. */
export function parquetTarget(path: string, force: boolean): SeedTarget {
  let database: SqlDatabase | undefined
  let rows: SeedTarget | undefined
  /** Opened to read the files back. */
  let read: SqlDatabase | undefined
  let workspace: Workspace | undefined
  let files: readonly { readonly entity: TableSchema; readonly partial: string; readonly whole: string }[] = []
  return {
    name: path,
    form: { encoding: 'csv' },
    isShared: false,
    concurrency: 1,
    recall: async () => undefined,
    async inspect({ dataset: { entities } }) {
      for (const entity of entities) await writablePath(fileOf(path, '.parquet', entity, entities), force)
      return new PartSet()
    },
    async begin(wanted) {
      const { entities } = wanted.dataset
      const target = await writablePath(path, true)
      const opened = await openWorkspace(target, runOf(wanted, 'parquet'), force)
      workspace = opened
      files = entities.map((entity) => {
        const whole = fileOf(target, '.parquet', entity, entities)
        return { entity, whole, partial: join(opened.folder, basename(whole)) }
      })
      const staging = join(opened.folder, 'rows.duckdb')
      try {
        if (!opened.progress.isWhole)
          for (const entity of entities) await writablePath(fileOf(path, '.parquet', entity, entities), force)
        if (opened.progress.parts === 0 && !opened.progress.isWhole)
          for (const name of [staging, `${staging}.wal`]) rmSync(name, { force: true })
        opened.note({ ...opened.progress, parts: 1 })
        database = duckdbDatabase(staging, path)
        rows = databaseTarget(database)
        return await rows.begin(wanted)
      } catch (error) {
        await rows?.close()
        rows = undefined
        if (opened.progress.parts === 0) opened.remove()
        else opened.close()
        workspace = undefined
        throw error
      }
    },
    write: async (batch) => rows?.write(batch),
    async verifier(wanted) {
      const { entities } = wanted.dataset
      read = duckdbDatabase(':memory:', path)
      const connection = await read.connect()
      for (const entity of entities) {
        const file = fileOf(path, '.parquet', entity, entities)
        await connection
          .run(`CREATE VIEW ${sqlName(entity.name)} AS SELECT * FROM read_parquet(${sqlText(file)})`)
          .catch((error: unknown) => {
            throw read?.explain(error, 'seed')
          })
      }
      return databaseVerifier(read, wanted)
    },
    async finish() {
      if (!workspace || !database) return
      if (!workspace.progress.isWhole) {
        const connection = await database.connect()
        for (const { entity, partial } of files)
          await connection
            .run(
              `COPY (SELECT ${columnList(entity)} FROM ${sqlName(entity.name)}) TO ${sqlText(partial)} (FORMAT parquet, COMPRESSION zstd)`,
            )
            .catch((error: unknown) => {
              throw database?.explain(error, 'seed')
            })
        workspace.note({ parts: 1, files: {}, isWhole: true })
      }
      await rows?.close()
      rows = undefined
      for (const { partial, whole } of files)
        // One that is not there has got its name before the run was interrupted.
        if (existsSync(partial)) giveName(partial, whole, force)
      workspace.remove()
      workspace = undefined
    },
    async close() {
      await read?.close()
      read = undefined
      await rows?.close()
      rows = undefined
      workspace?.close()
      workspace = undefined
    },
  }
}
