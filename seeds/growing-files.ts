// Lets files grow in a workspace, with notes from which an interrupted run goes on.

import { closeSync, existsSync, fdatasyncSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { basename, join } from 'node:path'
import { compressBytes } from './batch.ts'
import type { RowFormat } from './batch.ts'
import type { TableSchema } from './dataset.ts'
import { encodings } from './encodings.ts'
import { giveName, refuseFile } from './file.ts'
import type { Workspace } from './workspace.ts'

/** A file of a target, and the entities whose rows it holds. */
export interface NamedFile {
  /** Its name once it is whole. */
  readonly path: string
  readonly entities: readonly TableSchema[]
}

/** A file as it grows. */
interface Growing extends NamedFile {
  readonly partial: string
  /** −1 for one that is whole. */
  handle: number
  bytes: number
  rows: number
  isDirty: boolean
}

/** Rows of one file in a batch. */
interface FileRows {
  /** Place among the files. */
  readonly file: number
  readonly rows: number
  readonly bytes: Uint8Array
}

/** Milliseconds between two notes of how far a run has come: what a crash can cost. */
const interval = 1000

const goesOn = 'The same command goes on from there.'

/** The files of a run. They get their names when all of them are whole. */
export class GrowingFiles {
  /** As it is shown. */
  readonly #name: string
  readonly #workspace: Workspace
  readonly #form: RowFormat
  readonly #files: readonly Growing[]
  #parts: number
  #noted = performance.now()

  /** Opens the files as an interrupted run has noted them, without what came after its last note. */
  constructor(name: string, workspace: Workspace, files: readonly NamedFile[], form: RowFormat) {
    const { folder, progress } = workspace
    this.#name = name
    this.#workspace = workspace
    this.#form = form
    this.#parts = progress.parts
    this.#files = files.map((file) => ({
      ...file,
      partial: join(folder, basename(file.path)),
      handle: -1,
      ...(progress.files[basename(file.path)] ?? { bytes: 0, rows: 0 }),
      isDirty: false,
    }))
    if (!progress.isWhole) this.#files.forEach((file) => this.#open(file))
  }

  /** Writes what stands before the first rows. */
  putHeads(): void {
    const { head } = encodings[this.#form.encoding]
    for (const file of this.#files) for (const entity of file.entities) this.#putText(file, head(entity))
  }

  /** Writes the rows of a part. */
  write(pieces: readonly FileRows[]): void {
    const { between } = encodings[this.#form.encoding]
    for (const { file: place, rows, bytes } of pieces) {
      const file = this.#files[place] as Growing
      if (file.rows > 0) this.#putText(file, between)
      this.#put(file, bytes)
      file.rows += rows
    }
    this.#parts++
    if (performance.now() - this.#noted >= interval) this.#note(false)
  }

  /** Ends the files and gives them their names. */
  finish(force: boolean): void {
    if (!this.#workspace.progress.isWhole) {
      for (const file of this.#files) this.#putText(file, encodings[this.#form.encoding].foot)
      this.#note(true)
    }
    for (const { partial, path } of this.#files)
      // One that is not there has got its name before the run was interrupted.
      if (existsSync(partial)) giveName(partial, path, force)
    this.#closeAll()
    this.#workspace.remove()
  }

  /** Leaves the files for the next run. */
  close(): void {
    try {
      if (this.#parts > this.#workspace.progress.parts) this.#note(false)
    } finally {
      this.#closeAll()
      this.#workspace.close()
    }
  }

  #put(file: Growing, bytes: Uint8Array): void {
    this.#attempt(() => {
      for (let at = 0; at < bytes.length;) at += writeSync(file.handle, bytes, at, bytes.length - at, file.bytes + at)
    }, goesOn)
    file.bytes += bytes.length
    file.isDirty = true
  }

  #putText(file: Growing, text: string): void {
    if (text !== '') this.#put(file, compressBytes(new TextEncoder().encode(text), this.#form.compression))
  }

  #note(isWhole: boolean): void {
    this.#attempt(() => {
      for (const file of this.#files) if (file.isDirty) fdatasyncSync(file.handle)
    }, goesOn)
    for (const file of this.#files) file.isDirty = false
    const lengths = this.#files.map(({ partial, bytes, rows }) => [basename(partial), { bytes, rows }])
    this.#workspace.note({ parts: this.#parts, files: Object.fromEntries(lengths), isWhole })
    this.#noted = performance.now()
  }

  #open(file: Growing): void {
    this.#attempt(() => {
      file.handle = openSync(file.partial, this.#parts > 0 ? 'r+' : 'w')
      ftruncateSync(file.handle, file.bytes)
    })
  }

  #closeAll(): void {
    for (const file of this.#files) if (file.handle >= 0) closeSync(file.handle)
  }

  #attempt(work: () => void, cure?: string): void {
    try {
      work()
    } catch (error) {
      refuseFile(this.#name, error, cure)
    }
  }
}
