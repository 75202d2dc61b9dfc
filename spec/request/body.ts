import type { BodyLimits } from '../limits.ts'
import type { Model } from '../model.ts'
import { isJson } from '../operation.ts'
import type { Content, Operation } from '../operation.ts'
import { join } from '../pointer.ts'
import { problemOf, shorten } from './problem.ts'
import type { Flaw, Problem } from './problem.ts'
import { validatorOf } from './validator.ts'

/** A body as it came: text, or bytes that should be UTF-8. */
export type RawBody = string | Uint8Array | undefined

/** Returns a request's body: JSON as its value, other documented types as text; problems are added to the list. */
export function readBody(
  model: Model,
  operation: Operation,
  raw: RawBody,
  contentType: string | null | undefined,
  problems: Problem[],
  limits: BodyLimits,
): unknown {
  const { body } = operation
  if (!body) return undefined
  const add = (flaw: Flaw): void => void problems.push(problemOf('body', 'body', flaw))
  if (raw === undefined || raw.length === 0) {
    if (body.required) add({ pointer: '', code: 'required', expected: 'a body', received: '' })
    return undefined
  }
  const content = contentFor(body.content, contentType)
  if (!content) {
    add({
      pointer: '',
      code: 'mediaType',
      expected: `one of ${body.content.map(({ mediaType }) => mediaType).join(', ')}`,
      received: shorten(contentType),
    })
    return undefined
  }
  const text = decode(raw)
  if (text === undefined) add({ pointer: '', code: 'encoding', expected: 'UTF-8', received: 'other bytes' })
  if (text === undefined || !isJson(contentType || content.mediaType)) return text
  const value = parse(text, limits, add)
  if (value !== undefined && content.schema !== undefined)
    for (const flaw of validatorOf(model.document, content.schema)(value)) add(flaw)
  return value
}

function contentFor(documented: readonly Content[], contentType: string | null | undefined): Content | undefined {
  // RFC 9110, 8.3: without the header, the recipient may look at the data; a mock takes it for what is documented.
  if (!contentType) return documented.find(({ mediaType }) => isJson(mediaType)) ?? documented[0]
  const type = (contentType.split(';')[0] as string).trim().toLowerCase()
  const covering = [type, `${type.split('/')[0]}/*`, '*/*']
  return covering
    .map((range) =>
      documented.find(({ mediaType }) => (mediaType.split(';')[0] as string).trim().toLowerCase() === range),
    )
    .find((content) => content !== undefined)
}

function decode(raw: string | Uint8Array): string | undefined {
  if (typeof raw === 'string') return raw.startsWith('\uFEFF') ? raw.slice(1) : raw
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw)
  } catch {
    return undefined
  }
}

function parse(text: string, limits: BodyLimits, add: (flaw: Flaw) => void): unknown {
  try {
    const value = JSON.parse(text) as unknown
    const flaw = tame(value, limits)
    if (!flaw) return value
    add(flaw)
  } catch {
    add({ pointer: '', code: 'json', expected: 'JSON', received: shorten(text) })
  }
  return undefined
}

/** Takes dangerous names out of a parsed body, in place, and returns what makes it unacceptable. */
function tame(root: unknown, { maxDepth, maxItems }: BodyLimits): Flaw | undefined {
  const waiting: { value: unknown; pointer: string; depth: number }[] = [{ value: root, pointer: '', depth: 0 }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, pointer, depth } = next
    if (typeof value === 'number' && !Number.isFinite(value))
      return { pointer, code: 'type', expected: 'a finite number', received: 'one too large' }
    if (typeof value !== 'object' || value === null) continue
    if (depth >= maxDepth) return { pointer, code: 'depth', expected: `at most ${maxDepth} levels`, received: 'more' }
    if (Array.isArray(value) && value.length > maxItems)
      return { pointer, code: 'length', expected: `at most ${maxItems} items`, received: `${value.length} items` }
    for (const key of Object.keys(value)) {
      if (!key.isWellFormed())
        return { pointer, code: 'encoding', expected: 'names of well-formed text', received: 'half a surrogate pair' }
      if (isDangerous(value as Record<string, unknown>, key)) delete (value as Record<string, unknown>)[key]
      else
        waiting.push({ value: (value as Record<string, unknown>)[key], pointer: join(pointer, key), depth: depth + 1 })
    }
  }
  return undefined
}

/** Names that reach a prototype when a body is merged into another object. */
function isDangerous(parent: Record<string, unknown>, key: string): boolean {
  if (key === '__proto__') return true
  const value = key === 'constructor' ? parent[key] : undefined
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'prototype')
}
