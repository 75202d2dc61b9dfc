import { inChunks } from './chunks.ts'

/** Yields newline-delimited JSON: one text a line. */
export const ndjson = (texts: Iterable<string>): AsyncGenerator<string, void, void> => inChunks(lines(texts))

function* lines(texts: Iterable<string>): Generator<string, void, void> {
  for (const text of texts) yield `${text}\n`
}
