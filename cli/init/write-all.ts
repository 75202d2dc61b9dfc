// Writes several files, or none if one of them fails.

import { existsSync } from 'node:fs'
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, relative } from 'node:path'
import { failure } from '../../spec/index.ts'
import { makeFolder } from '../package.ts'

/** A file to be written. */
export interface NewFile {
  readonly path: string
  readonly text: string
}

/** What became of drafts. */
export interface WriteResult {
  readonly written: readonly NewFile[]
  /** Those that were there already, word for word. */
  readonly kept: readonly NewFile[]
}

/**
 * Writes all files or none. What is there already is left alone, unless `force` says otherwise.
 * @throws Failure for a file that exists and differs (without `force`), is no regular file, or cannot be written.
 */
export async function writeFiles(
  drafts: readonly NewFile[],
  { force = false }: { readonly force?: boolean } = {},
): Promise<WriteResult> {
  const before = new Map(await Promise.all(drafts.map(async (draft) => [draft, await textOf(draft.path)] as const)))
  const kept = drafts.filter((draft) => before.get(draft) === draft.text)
  const written = drafts.filter((draft) => !kept.includes(draft))
  const taken = written.filter((draft) => before.get(draft) !== undefined)
  if (taken.length > 0 && !force) {
    const files = new Intl.ListFormat('en').format(taken.map(({ path }) => shown(path)))
    throw failure(`write ${files}`, {
      ...(taken.length > 1
        ? { expected: 'new files', received: 'ones that exist' }
        : { expected: 'a new file', received: 'one that exists' }),
      cure: 'Nothing was changed. Replace with --force.',
    })
  }
  await place(written, before)
  return { written, kept }
}

/** Everything is written aside first; only when all of it is there does it take its names. */
async function place(drafts: readonly NewFile[], before: ReadonlyMap<NewFile, string | undefined>): Promise<void> {
  const made: string[] = []
  const renamed: NewFile[] = []
  try {
    for (const { path, text } of drafts) {
      const folder = makeFolder(dirname(path))
      if (folder !== undefined) made.push(folder)
      // A link that stands there is replaced, not followed.
      await rm(aside(path), { force: true })
      await writeFile(aside(path), text, { flag: 'wx' })
    }
    for (const draft of drafts) {
      await rename(aside(draft.path), draft.path)
      renamed.push(draft)
    }
  } catch (error) {
    for (const draft of renamed) await restore(draft.path, before.get(draft))
    for (const { path } of drafts) await rm(aside(path), { force: true }).catch(() => undefined)
    for (const folder of made) await rm(folder, { recursive: true, force: true })
    const { code, path = '', message } = error as NodeJS.ErrnoException
    throw failure(`write ${shown(path.replace(/\.partial$/, ''))}`, {
      expected: 'a file that can be written',
      received: code ?? message,
      cure: 'Nothing was changed.',
    })
  }
}

const restore = (path: string, text: string | undefined): Promise<void> =>
  text === undefined ? rm(path) : writeFile(path, text)

const aside = (path: string): string => `${path}.partial`

const shown = (path: string): string => relative('', path) || path

async function textOf(path: string): Promise<string | undefined> {
  if (!existsSync(path)) return undefined
  if (!(await stat(path)).isFile())
    throw failure(`write ${shown(path)}`, {
      expected: 'a file, or nothing yet',
      received: 'something else',
      cure: 'Nothing was changed.',
    })
  return readFile(path, 'utf8')
}
