// Writes a text to a file or to standard output.

import { writeFile, writeStream } from '../seeds/index.ts'

/**
 * Writes a text to a file, or to standard output where that is `-`, and returns its length in bytes.
 * @throws Failure for a file that exists, unless `force` is set, or that cannot be written.
 */
export const writeText = (to: string, text: string, { force }: { readonly force: boolean }): Promise<number> =>
  to === '-' ? writeStream(process.stdout, chunksOf(text)) : writeFile(to, chunksOf(text), { force })

async function* chunksOf(text: string): AsyncGenerator<string, void, void> {
  yield text
}
