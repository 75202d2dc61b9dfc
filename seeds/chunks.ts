/** Characters that are gathered before they are written: large enough to spare calls, small enough to keep nothing. */
const enough = 65_536

/** Yields the same text in fewer, larger pieces, and lets other work have its turn between them. */
export async function* inChunks(pieces: Iterable<string>): AsyncGenerator<string, void, void> {
  let chunk = ''
  for (const piece of pieces) {
    chunk += piece
    if (chunk.length < enough) continue
    yield chunk
    chunk = ''
  }
  if (chunk !== '') yield chunk
}
