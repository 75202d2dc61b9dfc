const [offset, prime] = [0x811c9dc5, 0x01000193]

/** Returns a strong entity tag of a text (RFC 9110, 8.8.3): the same text, the same tag. Not against forgery. */
export function etagOf(text: string): string {
  let first = offset
  let second = 0x9747b28c
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    first = Math.imul(first ^ code, prime)
    second = Math.imul(second ^ code, 0x85ebca6b) + (first >>> 15)
  }
  return `"${(first >>> 0).toString(36)}${(second >>> 0).toString(36)}${text.length.toString(36)}"`
}

/** Tells whether a tag is among those that a client has (RFC 9110, 13.1.2); a compressed answer's tag is that of the answer. */
export function isKnown(header: string | null, tag: string): boolean {
  if (header === null) return false
  return header.split(',').map((part) => part.trim().replace(/^W\//, '').replace(/-gzip"$/, '"')).some((known) => known === '*' || known === tag)
}

/** Returns the tag of the compressed form of an answer: other bytes, so another tag (RFC 9110, 8.8.3.3). */
export const gzipTag = (tag: string): string => tag.replace(/"$/, '-gzip"')
