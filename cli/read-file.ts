// Reads files that options name.

import { readFileSync } from 'node:fs'
import { failure } from '../spec/index.ts'
import { checkRegularFile } from '../spec/load.ts'

/**
 * Returns the text of a file.
 * @param expected completes "expected …"
 * @throws Failure for what cannot be read, and for what is no regular file, or a huge one.
 */
export function readTextFile(path: string, expected = 'a readable file'): string {
  try {
    checkRegularFile(path)
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    throw failure(`read ${path}`, { expected, received: code })
  }
}
