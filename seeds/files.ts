// Writes a dataset to files that can be continued after an interruption.

import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { compressBytes } from './batch.ts'
import type { Batch, RowFormat } from './batch.ts'
import { PartSet } from './dataset.ts'
import type { TableSchema } from './dataset.ts'
import { encodings } from './encodings.ts'
import { fileOf, refuseFile, writablePath } from './file.ts'
import { GrowingFiles } from './growing-files.ts'
import type { NamedFile } from './growing-files.ts'
import { partsToWrite } from './target.ts'
import type { SeedPlan, SeedTarget } from './target.ts'
import type { Discrepancy, Verifier } from './verify.ts'
import { openWorkspace, runOf } from './workspace.ts'

/** How files are written. */
export interface FilesOptions {
  readonly form: RowFormat
  /** What their names end in, before which the name of an entity goes: `.csv.gz` */
  readonly suffix: string
  /** Replaces files that exist. */
  readonly force: boolean
}

/**
 * Returns a target of files: one of an entity, or one of all where the form is `sql`. They grow in a workspace beside them and
 * get their names at the end, so nobody ever finds half a file.
 */
export const filesTarget = (path: string, options: FilesOptions): SeedTarget => new FilesTarget(path, options)

class FilesTarget implements SeedTarget {
  readonly name: string
  readonly form: RowFormat
  readonly isShared = false
  readonly concurrency = 1
  readonly #options: FilesOptions
  /** All entities are in one file. */
  readonly #isOne: boolean
  #run: GrowingFiles | undefined

  constructor(path: string, options: FilesOptions) {
    this.name = path
    this.form = options.form
    this.#options = options
    this.#isOne = options.form.encoding === 'sql'
  }

  async recall(): Promise<undefined> {
    return undefined
  }

  async inspect({ dataset: { entities } }: SeedPlan): Promise<PartSet> {
    await this.#checkNames(entities)
    return new PartSet()
  }

  async begin(plan: SeedPlan): Promise<PartSet> {
    const { dataset, shard } = plan
    const { encoding, compression } = this.form
    const target = await writablePath(this.name, true)
    const run = runOf(plan, [encoding, compression ?? ''].join(' ').trim())
    const workspace = await openWorkspace(target, run, this.#options.force)
    const { progress } = workspace
    if (!progress.isWhole)
      await this.#checkNames(dataset.entities).catch((error: unknown) => {
        if (progress.parts === 0) workspace.remove()
        else workspace.close()
        throw error
      })
    this.#run = new GrowingFiles(this.name, workspace, this.#filesOf(target, dataset.entities), this.form)
    const isFirst = shard === undefined || shard.number === 1
    if (progress.parts === 0 && !progress.isWhole && isFirst) this.#run.putHeads()
    return donePartsOf(plan, progress.isWhole ? Infinity : progress.parts)
  }

  async verifier(plan: SeedPlan): Promise<Verifier> {
    return filesVerifier(this.#filesOf(this.name, plan.dataset.entities), this.form, plan)
  }

  async write({ pieces }: Batch): Promise<void> {
    this.#run?.write(pieces.map((piece) => ({ ...piece, file: this.#isOne ? 0 : piece.entity })))
  }

  async finish(): Promise<void> {
    this.#run?.finish(this.#options.force)
    this.#run = undefined
  }

  async close(): Promise<void> {
    const run = this.#run
    this.#run = undefined
    run?.close()
  }

  #filesOf(path: string, entities: readonly TableSchema[]): readonly NamedFile[] {
    return this.#isOne
      ? [{ path, entities }]
      : entities.map((entity) => ({ path: fileOf(path, this.#options.suffix, entity, entities), entities: [entity] }))
  }

  async #checkNames(entities: readonly TableSchema[]): Promise<void> {
    for (const { path } of this.#filesOf(this.name, entities)) await writablePath(path, this.#options.force)
  }
}

/** Returns a verifier that compares files, byte for byte, with what would be written. */
function filesVerifier(
  named: readonly NamedFile[],
  { encoding: name, compression }: RowFormat,
  { dataset: { entities }, shard }: SeedPlan,
): Verifier {
  const encoding = encodings[name]
  const files = named.map(({ path, entities: [first] }) => {
    try {
      return { entity: first?.name ?? '', handle: openSync(path, 'r'), bytes: 0, rows: 0, isSame: true }
    } catch (error) {
      return refuseFile(path, error)
    }
  })
  type Compared = (typeof files)[number]
  /** Compares what comes next in a file. After a difference nothing stands where it should. */
  function compare(file: Compared, expected: Uint8Array): boolean {
    const found = Buffer.alloc(expected.length)
    const length = file.isSame ? readSync(file.handle, found, 0, found.length, file.bytes) : 0
    file.isSame &&= length === expected.length && found.equals(expected)
    file.bytes += expected.length
    return file.isSame
  }
  const compareText = (file: Compared, text: string): boolean =>
    text === '' || compare(file, compressBytes(new TextEncoder().encode(text), compression))
  const differing = ({ entity }: Compared, rows: number): Discrepancy => ({
    entity,
    what: 'other than they were written, or moved',
    rows,
  })
  if (shard === undefined || shard.number === 1)
    for (const [place, { entities: those }] of named.entries())
      for (const entity of those) compareText(files[place] as Compared, encoding.head(entity))
  return {
    async check({ pieces }) {
      return pieces.flatMap(({ entity, rows, bytes }): Discrepancy[] => {
        const file = files[named.length < entities.length ? 0 : entity] as Compared
        if (file.rows > 0) compareText(file, encoding.between)
        file.rows += rows
        return compare(file, bytes) ? [] : [differing(file, rows)]
      })
    },
    async end() {
      return files.flatMap((file): Discrepancy[] => {
        const wasSame = file.isSame
        const isEnd = compareText(file, encoding.foot) && fstatSync(file.handle).size === file.bytes
        closeSync(file.handle)
        return isEnd || !wasSame ? [] : [{ entity: file.entity, what: 'followed by something else', rows: 1 }]
      })
    },
  }
}

/** Files are written in order: what is done are the first parts. */
function donePartsOf(plan: SeedPlan, count: number): PartSet {
  const done = new PartSet()
  let left = count
  for (const part of partsToWrite(plan, false)) {
    if (left-- <= 0) break
    done.add(part)
  }
  return done
}
