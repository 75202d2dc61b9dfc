// Applies OpenAPI Overlays (1.x) to a document.

import { exec } from 'jsonpath-rfc9535'
import { isObject } from './document.ts'
import type { Document, Locate } from './document.ts'
import { failure } from './failure.ts'
import { join } from './pointer.ts'
import type { Pointer } from './pointer.ts'

/** One action of an OpenAPI Overlay 1.x. */
interface Action {
  readonly target: string
  readonly update?: unknown
  readonly remove?: boolean
}

/**
 * Returns a copy of the document with the actions of an OpenAPI Overlay (1.0, 1.1) applied in order.
 * Two things the specification lets pass are errors here, because they are always slips: a target that matches
 * nothing, and an annotation (`x-…`) of a schema property that the document lacks.
 * @throws Failure naming file, line and pointer of the action.
 */
export function applyOverlay(document: Document, overlay: unknown, locate: Locate = () => undefined): Document {
  if (
    !isObject(overlay) ||
    typeof overlay.overlay !== 'string' ||
    !/^1\.\d/.test(overlay.overlay) ||
    !Array.isArray(overlay.actions)
  ) {
    throw failure(`apply overlay${where(locate, '')}`, {
      expected: 'an OpenAPI Overlay 1.x with a list of actions',
      received: kindOf(overlay),
    })
  }
  let result = structuredClone(document)
  for (const [index, action] of (overlay.actions as unknown[]).entries()) {
    result = apply(result, action, (detail) => where(locate, join('', 'actions', index, ...detail)))
  }
  return result
}

type Where = (steps: readonly string[]) => string

const where = (locate: Locate, pointer: Pointer): string => {
  const place = locate(pointer)
  return `${place ? ` in ${place.file}:${place.line}` : ''}${pointer ? ` at ${pointer}` : ''}`
}

const kindOf = (value: unknown): string =>
  value === null
    ? 'null'
    : Array.isArray(value)
      ? 'a list'
      : `${typeof value === 'object' ? 'an' : 'a'} ${typeof value}`

function apply(document: Document, action: unknown, at: Where): Document {
  if (!isObject(action) || typeof action.target !== 'string') {
    throw failure(`apply overlay action${at([])}`, { expected: 'a target', received: kindOf(action) })
  }
  const { target, update, remove } = action as unknown as Action
  const matches = select(document, target, at)
  if (matches.length === 0) {
    throw failure(`apply overlay action${at(['target'])}`, {
      expected: `${target} to match something in the document`,
      received: 'no match',
      cure: 'Correct the target or delete the action.',
    })
  }
  if (remove) return matches.toReversed().reduce(removeAt, document)
  return matches.reduce((result, path) => updateAt(result, path, update, (steps) => at(['update', ...steps])), document)
}

type Path = readonly (string | number)[]

function select(document: Document, target: string, at: Where): Path[] {
  const found: Path[] = []
  try {
    exec(document as never, target, (_value: unknown, path: Path) => {
      found.push(path)
    })
  } catch (error) {
    throw failure(`apply overlay action${at(['target'])}`, {
      expected: 'a JSONPath (RFC 9535)',
      received: `${target} (${(error as Error).message})`,
    })
  }
  return found.map((path) => path.map((step) => (typeof step === 'string' ? unescaped(step) : step)))
}

/** Names in the paths that are found are escaped as in a normalized path (RFC 9535, 2.7). */
const unescaped = (name: string): string =>
  name.replace(/\\(?:u([\da-f]{4})|(.))/g, (_, code: string | undefined, letter: string) =>
    code === undefined ? (letters[letter] ?? letter) : String.fromCharCode(Number.parseInt(code, 16)),
  )

const letters: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

function removeAt(document: Document, path: Path): Document {
  const last = path.at(-1)
  const parent = parentOf(document, path)
  if (Array.isArray(parent)) parent.splice(Number(last), 1)
  else if (isObject(parent) && last !== undefined) delete parent[last]
  return document
}

const parentOf = (document: Document, path: Path): unknown =>
  path.slice(0, -1).reduce<unknown>((value, step) => (value as Record<string | number, unknown>)[step], document)

function updateAt(document: Document, path: Path, update: unknown, at: Where): Document {
  const target = path.reduce<unknown>((value, step) => (value as Record<string | number, unknown>)[step], document)
  if (Array.isArray(target)) {
    target.push(structuredClone(update))
    return document
  }
  if (!isObject(target) || !isObject(update)) {
    throw failure(`apply overlay action${at([])}`, {
      expected: 'an object to merge into an object',
      received: `${kindOf(update)} for ${kindOf(target)}`,
    })
  }
  merge(target, update, path.at(-1) === 'properties', at)
  return document
}

function merge(
  target: Record<string, unknown>,
  update: Record<string, unknown>,
  areProperties: boolean,
  at: Where,
): void {
  for (const [key, value] of Object.entries(update)) {
    const present = Object.hasOwn(target, key) ? target[key] : undefined
    const within: Where = (steps) => at([key, ...steps])
    if (
      areProperties &&
      present === undefined &&
      isObject(value) &&
      Object.keys(value).every((name) => name.startsWith('x-'))
    ) {
      throw failure(`annotate property "${key}"${within([])}`, {
        expected: 'a property of the document',
        received: 'one it does not have',
        cure: `It has: ${Object.keys(target).join(', ')}.`,
      })
    }
    if (isObject(present) && isObject(value)) merge(present, value, key === 'properties', within)
    else define(target, key, structuredClone(value))
  }
}

/** Plain assignment would let a key named `__proto__` change the prototype. */
const define = (target: Record<string, unknown>, key: string, value: unknown): void => {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true })
}
