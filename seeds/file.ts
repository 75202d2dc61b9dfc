// Writes a file atomically and explains why a file cannot be written.

import { randomUUID } from 'node:crypto'
import { linkSync, lstatSync, renameSync, rmSync } from 'node:fs'
import type { Stats } from 'node:fs'
import { open, realpath, rm, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { failure } from '../spec/index.ts'
import type { Failure } from '../spec/index.ts'
import type { TableSchema } from './dataset.ts'

/** How a file is written. */
export interface WriteFileOptions {
  /** Replaces a file that exists. */
  readonly force?: boolean
  /** Stops between two chunks and leaves nothing behind. */
  readonly signal?: AbortSignal
}

/**
 * Writes chunks to a file and returns the number of bytes. They go to a new file beside it, which takes the file's name when it is
 * whole: nobody ever finds half a file, and an old one stays until then.
 * @throws Failure for a file that exists (without `force`), is no regular file, or cannot be written; the reason of an abort.
 */
export async function writeFile(
  path: string,
  chunks: AsyncIterable<string | Uint8Array>,
  { force = false, signal }: WriteFileOptions = {},
): Promise<number> {
  const target = await writablePath(path, force)
  const partial = `${target}.${randomUUID()}.partial`
  // A new file, never what a link that somebody has put there leads to.
  const file = await open(partial, 'wx').catch((error: unknown) => refuseFile(path, error))
  try {
    const bytes = await fill(file, path, chunks, signal).finally(() => file.close())
    giveName(partial, target, force)
    return bytes
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}

/**
 * Gives a file that is whole its name. Without `force`, it never replaces a file that has come meanwhile.
 * @throws Failure for such a file, or where the name cannot be given.
 */
export function giveName(partial: string, whole: string, force: boolean): void {
  try {
    if (force) return renameSync(partial, whole)
    const found = lstatSync(whole, { throwIfNoEntry: false })
    // A run that was killed between the two steps goes on here.
    if (found?.ino !== lstatSync(partial).ino) linkOrRename(partial, whole, found !== undefined)
    rmSync(partial, { force: true })
  } catch (error) {
    if (error instanceof Error && error.name === 'Failure') throw error
    refuseFile(whole, error)
  }
}

/** Not every disk has links. */
function linkOrRename(partial: string, whole: string, isTaken: boolean): void {
  try {
    linkSync(partial, whole)
  } catch (error) {
    if (isTaken || (error as NodeJS.ErrnoException).code === 'EEXIST') throw refuseExisting(whole)
    renameSync(partial, whole)
  }
}

const refuseExisting = (path: string): Failure =>
  failure(`write ${path}`, {
    expected: 'a new file',
    received: 'one that exists',
    cure: 'Choose another name, or replace it with --force.',
  })

/**
 * Returns the file to write: a link is followed, so that what it points at is replaced and not the link.
 * @throws Failure for one that exists (without `force`) or is no regular file.
 */
export async function writablePath(path: string, force: boolean): Promise<string> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' ? undefined : refuseFile(path, error),
  )
  if (!found) {
    if (lstatSync(path, { throwIfNoEntry: false }))
      throw failure(`write ${path}`, {
        expected: 'a file',
        received: 'a link to one that does not exist',
        cure: 'Name that file, or take the link away.',
      })
    return path
  }
  if (!found.isFile()) throw failure(`write ${path}`, { expected: 'a file', received: kindOf(found) })
  if (!force) throw refuseExisting(path)
  return realpath(path)
}

const kindOf = (found: Stats): string => (found.isDirectory() ? 'a directory' : 'a device or pipe')

async function fill(
  file: FileHandle,
  path: string,
  chunks: AsyncIterable<string | Uint8Array>,
  signal?: AbortSignal,
): Promise<number> {
  let bytes = 0
  for await (const chunk of chunks) {
    signal?.throwIfAborted()
    const buffer = Buffer.from(chunk)
    // `writeFile` of a handle writes on from where it is, and all of it.
    await file.writeFile(buffer).catch((error: unknown) => refuseFile(path, error))
    bytes += buffer.byteLength
  }
  signal?.throwIfAborted()
  return bytes
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'one that this user may not write',
  EPERM: 'one that this user may not write',
  EROFS: 'one on a read-only disk',
  ENOENT: 'one in a directory that does not exist',
  ENOTDIR: 'one in something that is no directory',
  EISDIR: 'a directory',
  ENOSPC: 'a full disk',
  ELOOP: 'a link that leads to itself',
  EEXIST: 'something of that name that it is not',
  EDQUOT: 'a full quota',
  EFBIG: 'more than the greatest size a file may have here (ulimit -f)',
  ENAMETOOLONG: 'a name that is too long',
}

/** @throws Failure that says why a file cannot be written. */
export function refuseFile(path: string, error: unknown, cure?: string): never {
  const { code = '', message } = error as NodeJS.ErrnoException
  throw failure(`write ${path}`, {
    expected: 'a file that can be written',
    received: reasons[code] ?? (code || message),
    ...(cure !== undefined && { cure }),
  })
}

/** Returns the file of an entity: the path itself where there is one entity, else `books.invoices.csv`. */
export function fileOf(path: string, suffix: string, entity: TableSchema, entities: readonly TableSchema[]): string {
  if (entities.length === 1) return path
  const name = basename(path)
  const stem = name.toLowerCase().endsWith(suffix) ? name.slice(0, name.length - suffix.length) : name
  return join(dirname(path), `${stem}.${entity.name}${name.slice(stem.length)}`)
}
