import { inChunks } from './chunks.ts'

/** Yields one JSON array of the texts, one a line. */
export const json = (texts: Iterable<string>): AsyncGenerator<string, void, void> => inChunks(elements(texts))

function* elements(texts: Iterable<string>): Generator<string, void, void> {
  let before = '[\n'
  for (const text of texts) {
    yield before + text
    before = ',\n'
  }
  yield before === '[\n' ? '[]\n' : '\n]\n'
}
