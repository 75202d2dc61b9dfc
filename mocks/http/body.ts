// Bodies of answers as bytes, and their entity tags (RFC 9110, 8.8.3).

const bodies = new WeakMap<Response, Uint8Array<ArrayBuffer>>()

/** Returns an answer with a body that can be had again without reading a stream. */
export function responseWith(bytes: Uint8Array<ArrayBuffer>, init: ResponseInit): Response {
  const response = new Response(bytes, init)
  bodies.set(response, bytes)
  return response
}

/** Returns the body of an answer; it can then be asked for again only where {@link answerWith} made it. */
export const bodyOf = async (response: Response): Promise<Uint8Array<ArrayBuffer>> =>
  bodies.get(response) ?? new Uint8Array(await response.arrayBuffer())

const encoder = new TextEncoder()
/** Longer texts than this, in bytes, are encoded into memory of their own. */
const most = 16_777_216

let scratch = new Uint8Array(65_536)

/**
 * Returns a text as UTF-8. It is written where there was another before, and copied from there: asking for the three bytes that
 * each character may need takes longer than encoding does.
 */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  const room = text.length * 3
  if (room > most) return encoder.encode(text)
  if (room > scratch.length) scratch = new Uint8Array(room)
  return scratch.slice(0, encoder.encodeInto(text, scratch).written)
}

/** Returns a strong entity tag of a body (RFC 9110, 8.8.3): the same bytes, the same tag. Not against forgery. */
export function etagOf(bytes: Uint8Array): string {
  const { buffer, byteOffset, byteLength } = bytes
  const view = new DataView(buffer, byteOffset, byteLength)
  let first = 0x811c9dc5 | 0
  let second = 0x9747b28c | 0
  const whole = byteLength - (byteLength % 4)
  for (let index = 0; index < whole; index += 4) {
    const word = view.getInt32(index, true)
    first = Math.imul(first ^ word, 0x01000193)
    second = (Math.imul(second ^ word, 0x85ebca6b) + (first >>> 15)) | 0
  }
  for (let index = whole; index < byteLength; index++) first = Math.imul(first ^ view.getUint8(index), 0x01000193)
  return `"${(first >>> 0).toString(36)}${(second >>> 0).toString(36)}${byteLength.toString(36)}"`
}

/** Tells whether a tag is among those that a client has (RFC 9110, 13.1.2); a compressed answer's tag is that of the answer. */
export function isKnown(header: string | null, tag: string): boolean {
  if (header === null) return false
  return header
    .split(',')
    .map((part) =>
      part
        .trim()
        .replace(/^W\//, '')
        .replace(/-gzip"$/, '"'),
    )
    .some((known) => known === '*' || known === tag)
}

/** Returns the tag of the compressed form of an answer: other bytes, so another tag (RFC 9110, 8.8.3.3). */
export const gzipTag = (tag: string): string => tag.replace(/"$/, '-gzip"')
