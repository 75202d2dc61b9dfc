import type { Frame } from './frame.ts'

/**
 * A compiled place of a document. Two back-ends give the same value: `build` as an object, `write` as JSON text.
 * Absent is `undefined` for the one and the empty text for the other.
 */
export interface Node {
  build(frame: Frame): unknown
  write(frame: Frame): string
  /** Its text, where that never changes. */
  readonly text?: string
  /** What it is made of, where it is a single value: `write` is given what `get` has found. */
  readonly leaf?: { readonly get: (frame: Frame) => unknown; readonly write: (value: unknown, frame: Frame) => string }
}

/** Returns a node that is always the same value. */
export function constant(value: unknown): Node {
  const text = JSON.stringify(value) ?? ''
  const isSimple = typeof value !== 'object' || value === null
  return { build: isSimple ? () => value : () => structuredClone(value), write: () => text, text }
}

/** Returns a node that makes a value and lets the platform write it. */
export const made = (build: (frame: Frame) => unknown): Node => ({
  build,
  write: (frame) => JSON.stringify(build(frame)) ?? '',
})

const plain = /^[\x20\x21\x23-\x5b\x5d-\uD7FF\uE000-\uFFFF]*$/

let last = ''
let lastQuoted = '""'

/** Returns the JSON text of a string; most need no escape, and testing that is cheaper than escaping. */
export function quote(text: string): string {
  if (text.length < 100) return plain.test(text) ? `"${text}"` : JSON.stringify(text)
  // The body of an e-mail is written twice.
  if (text !== last) [last, lastQuoted] = [text, JSON.stringify(text)]
  return lastQuoted
}
