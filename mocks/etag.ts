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
