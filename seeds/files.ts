// Writes a dataset to files that can be continued after an interruption.

import { closeSync, existsSync, fdatasyncSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs'
import { basename, join } from 'node:path'
import { compressBytes } from './batch.ts'
import type { RowFormat } from './batch.ts'
import { PartSet } from './dataset.ts'
import { encodings } from './encodings.ts'
import type { TableSchema } from './dataset.ts'
import { fileOf, giveName, refuseFile, writablePath } from './file.ts'
import { partsToWrite } from './target.ts'
import type { SeedPlan, SeedTarget } from './target.ts'
import type { Discrepancy, Verifier } from './verify.ts'
import { openWorkspace, runOf } from './workspace.ts'
import type { Workspace } from './workspace.ts'

/** A file of a target as it grows. */
interface Growing {
  /** Its name once it is whole. */
  readonly path: string
  readonly partial: string
  /** Those whose rows it holds. */
  readonly entities: readonly TableSchema[]
  /** −1 for one that is whole. */
  handle: number
  bytes: number
  rows: number
  isDirty: boolean
}

/** Milliseconds between two notes of how far a run has come: what a crash can cost. */
const interval = 1000

const goesOn = 'The same command goes on from there.'

/**
 * Returns a target of files: one of an entity, or one of all where the form is `sql`. They grow in a workspace beside them and
 * get their names at the end, so nobody ever finds half a file.
 * @param suffix what the name ends in, before which the name of an entity goes: `.csv.gz`
 */
export function filesTarget(
  path: string,
  { form, suffix, force }: { readonly form: RowFormat; readonly suffix: string; readonly force: boolean },
): SeedTarget {
  const encoding = encodings[form.encoding]
  const isOne = form.encoding === 'sql'
  let workspace: Workspace | undefined
  let files: readonly Growing[] = []
  let parts = 0
  let noted = 0

  function writeChunk(file: Growing, bytes: Uint8Array): void {
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(file.handle, bytes, at, bytes.length - at, file.bytes + at)
    } catch (error) {
      refuseFile(path, error, goesOn)
    }
    file.bytes += bytes.length
    file.isDirty = true
  }

  function putText(file: Growing, text: string): void {
    if (text !== '') writeChunk(file, compressBytes(new TextEncoder().encode(text), form.compression))
  }

  function note(isWhole: boolean): void {
    try {
      for (const file of files) if (file.isDirty) fdatasyncSync(file.handle)
    } catch (error) {
      refuseFile(path, error, goesOn)
    }
    for (const file of files) file.isDirty = false
    const lengths = files.map(({ partial, bytes, rows }) => [basename(partial), { bytes, rows }])
    workspace?.note({ parts, files: Object.fromEntries(lengths), isWhole })
    noted = performance.now()
  }

  /** Opens a file that grows, without what came after its last note. */
  function open(file: Growing): void {
    try {
      file.handle = openSync(file.partial, parts > 0 ? 'r+' : 'w')
      ftruncateSync(file.handle, file.bytes)
    } catch (error) {
      refuseFile(path, error)
    }
  }

  function closeAll(): void {
    for (const file of files) if (file.handle >= 0) closeSync(file.handle)
    files = []
  }

  return {
    name: path,
    form,
    isShared: false,
    concurrency: 1,
    recall: async () => undefined,
    async inspect({ dataset: { entities } }) {
      const names = isOne ? [path] : entities.map((entity) => fileOf(path, suffix, entity, entities))
      for (const name of names) await writablePath(name, force)
      return new PartSet()
    },
    async begin(plan) {
      const { dataset, shard } = plan
      const target = await writablePath(path, true)
      const namesFor = (named: string): readonly string[] =>
        isOne ? [named] : dataset.entities.map((entity) => fileOf(named, suffix, entity, dataset.entities))
      const names = namesFor(target)
      workspace = await openWorkspace(
        target,
        runOf(plan, [form.encoding, form.compression ?? ''].join(' ').trim()),
        force,
      )
      const { folder, progress } = workspace
      if (!progress.isWhole)
        await Promise.all(namesFor(path).map((name) => writablePath(name, force))).catch((error: unknown) => {
          if (progress.parts === 0) workspace?.remove()
          else workspace?.close()
          workspace = undefined
          throw error
        })
      parts = progress.parts
      files = names.map((name, place): Growing => ({
        path: name,
        partial: join(folder, basename(name)),
        entities: isOne ? dataset.entities : dataset.entities.slice(place, place + 1),
        handle: -1,
        ...(progress.files[basename(name)] ?? { bytes: 0, rows: 0 }),
        isDirty: false,
      }))
      if (!progress.isWhole) files.forEach(open)
      if (parts === 0 && !progress.isWhole && (shard === undefined || shard.number === 1))
        for (const file of files) for (const entity of file.entities) putText(file, encoding.head(entity))
      noted = performance.now()
      return donePartsOf(plan, progress.isWhole ? Infinity : parts)
    },
    async verifier(plan) {
      const { entities } = plan.dataset
      const named = isOne
        ? [{ path, of: entities }]
        : entities.map((entity) => ({ path: fileOf(path, suffix, entity, entities), of: [entity] }))
      return filesVerifier(named, form, plan)
    },
    async write({ pieces }) {
      for (const { entity, rows, bytes } of pieces) {
        const file = files[isOne ? 0 : entity] as Growing
        if (file.rows > 0) putText(file, encoding.between)
        writeChunk(file, bytes)
        file.rows += rows
      }
      parts++
      if (performance.now() - noted >= interval) note(false)
    },
    async finish() {
      if (!workspace) return
      if (!workspace.progress.isWhole) {
        for (const file of files) putText(file, encoding.foot)
        note(true)
      }
      for (const { partial, path: whole } of files)
        // One that is not there has got its name before the run was interrupted.
        if (existsSync(partial)) giveName(partial, whole, force)
      closeAll()
      workspace.remove()
      workspace = undefined
    },
    async close() {
      if (!workspace) return
      try {
        if (parts > workspace.progress.parts) note(false)
      } finally {
        closeAll()
        workspace.close()
        workspace = undefined
      }
    },
  }
}

/** Returns a verifier that compares files, byte for byte, with what would be written. */
function filesVerifier(
  named: readonly { readonly path: string; readonly of: readonly TableSchema[] }[],
  { encoding: name, compression }: RowFormat,
  { dataset: { entities }, shard }: SeedPlan,
): Verifier {
  const encoding = encodings[name]
  const files = named.map(({ path, of }) => {
    try {
      return { entity: of[0]?.name ?? '', handle: openSync(path, 'r'), bytes: 0, rows: 0, isSame: true }
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
    for (const [place, { of }] of named.entries())
      for (const entity of of) compareText(files[place] as Compared, encoding.head(entity))
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
