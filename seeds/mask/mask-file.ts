// Masks a file of NDJSON or JSON into another.

import { compressBytes } from '../batch.ts'
import type { Compression } from '../batch.ts'
import { jsonObjectsIn } from '../json-file.ts'
import type { ExportMasker } from './mask.ts'
import { parseExact } from './mask.ts'

/** Characters that are written at once. */
const most = 65_536

/**
 * Yields the masked objects of a file as they are to be written: one a line, or, of `json`, as the list or the one object that came.
 * @throws Failure for a file that cannot be read, and a line that is no JSON.
 */
export async function* maskedFile(
  path: string,
  masker: ExportMasker,
  { form, compression }: { readonly form: 'ndjson' | 'json'; readonly compression?: Compression },
): AsyncGenerator<Uint8Array, void, void> {
  const encoder = new TextEncoder()
  const packed = (text: string): Uint8Array => compressBytes(encoder.encode(text), compression)
  let text = ''
  let isList = form === 'json'
  let count = 0
  for await (const { value, isAlone } of jsonObjectsIn(path, parseExact)) {
    isList &&= !isAlone
    if (isList) text += count === 0 ? '[\n' : ',\n'
    text += JSON.stringify(masker.mask(value)) + (isList ? '' : '\n')
    count++
    if (text.length < most) continue
    yield packed(text)
    text = ''
  }
  if (isList) text += count === 0 ? '[]\n' : '\n]\n'
  yield packed(text)
}
