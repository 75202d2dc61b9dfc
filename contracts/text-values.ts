// Checks headers and plain texts against schemas.

import { atPointer, isObject, resolve } from '../spec/index.ts'
import type { Document, Pointer } from '../spec/index.ts'
import type { Violation } from './violation.ts'

/**
 * Returns what does not fit of a header or another plain text. A text fits where one of the values fits that it can stand for: a number,
 * a truth value, null, a list (`1,2`), an object (`page,7` or `page=7`), or itself (OpenAPI 3.1, Style Values: simple).
 */
export function textViolations(
  text: string,
  schema: Pointer,
  document: Document,
  violationsOf: (schema: Pointer, value: unknown) => readonly Violation[],
): readonly Violation[] {
  let fewest: readonly Violation[] | undefined
  for (const value of readingsOf(text, typesIn(document, schema))) {
    const found = violationsOf(schema, value)
    if (found.length === 0) return found
    if (!fewest || found.length < fewest.length) fewest = found
  }
  return fewest ?? []
}

/** Returns the values that a text can stand for, those of the stated types first. */
function readingsOf(text: string, types: readonly unknown[]): readonly unknown[] {
  const pieces = text.split(',').map((piece) => piece.trim())
  const list = text === '' ? [] : pieces
  const pairs =
    pieces.length % 2 === 0
      ? pieces.flatMap((piece, index) => (index % 2 === 0 ? [[piece, pieces[index + 1] ?? '']] : []))
      : []
  const equations = pieces.every((piece) => piece.includes('='))
    ? pieces.map((piece) => [piece.slice(0, piece.indexOf('=')), piece.slice(piece.indexOf('=') + 1)])
    : []
  const objects = [pairs, equations]
    .filter((entries) => entries.length > 0)
    .flatMap((entries) => [
      Object.fromEntries(entries.map(([name, value]) => [name, plainValue(value as string)])) as unknown,
      Object.fromEntries(entries) as unknown,
    ])
  const single = plainValue(text)
  const byType: readonly (readonly [type: string, values: readonly unknown[]])[] = [
    ['single', single === text ? [] : [single]],
    ['string', [text]],
    ['array', [list.map(plainValue), list]],
    ['object', objects],
  ]
  return [...byType]
    .sort(([left], [right]) => Number(types.includes(right)) - Number(types.includes(left)))
    .flatMap(([, values]) => values)
}

/** Returns the number, truth value or null that a text spells, or the text. */
function plainValue(text: string): unknown {
  if (/^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)) return Number(text)
  return text === 'true' ? true : text === 'false' ? false : text === 'null' ? null : text
}

function typesIn(document: Document, schema: Pointer): readonly unknown[] {
  const { value } = resolve(document, schema)
  if (atPointer(document, schema) === undefined || !isObject(value)) return []
  const types = [value.type].flat()
  // What is neither text, list nor object is spelt as one.
  return types.some((type) => type === 'integer' || type === 'number' || type === 'boolean')
    ? [...types, 'single']
    : types
}
