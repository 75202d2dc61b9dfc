import { closeSync, existsSync, fdatasyncSync, ftruncateSync, openSync, renameSync, writeSync } from 'node:fs'
import { basename, join } from 'node:path'
import { compressBytes } from './batch.ts'
import type { RowFormat } from './batch.ts'
import { PartSet } from './dataset.ts'
import { encodings } from './encodings.ts'
import type { TableSchema } from './dataset.ts'
import { fileOf, refuseFile, writablePath } from './file.ts'
import { partsToWrite } from './target.ts'
import type { SeedPlan, SeedTarget } from './target.ts'
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
        if (existsSync(partial)) renameSync(partial, whole)
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
