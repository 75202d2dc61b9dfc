// Reads the body of a request: JSON, forms, multipart and text.

import { textWithoutConfidential } from '../confidential.ts'
import type { Document } from '../document.ts'
import type { BodyLimits } from '../limits.ts'
import type { Model } from '../model.ts'
import { isJson } from '../operation.ts'
import type { Content, Operation } from '../operation.ts'
import { join } from '../pointer.ts'
import type { Pointer } from '../pointer.ts'
import { cast, flawFinder, treeOf } from './cast.ts'
import type { Pair } from './cast.ts'
import { shortJson, toProblem } from './problem.ts'
import type { Flaw, Problem } from './problem.ts'

/** A body as it came: text, or bytes that should be UTF-8. */
export type RawBody = string | Uint8Array | undefined

/** Returns a request's body: JSON and forms as values, other documented types as text; problems are added to the list. */
export function readRequestBody(
  model: Model,
  operation: Operation,
  raw: RawBody,
  contentType: string | null | undefined,
  problems: Problem[],
  limits: BodyLimits,
): unknown {
  const { body } = operation
  if (!body) return undefined
  const add = (flaw: Flaw): void => void problems.push(toProblem('body', 'body', flaw))
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
      received: shortJson(contentType),
    })
    return undefined
  }
  const value = valueOf(model.document, content, raw, contentType || content.mediaType, limits, add)
  if (value !== undefined && content.schema !== undefined && isJudged(content.mediaType))
    for (const flaw of flawFinder(model.document, content.schema)(value)) add(flaw)
  return value
}

const isForm = (type: string): boolean => /^application\/x-www-form-urlencoded\b/i.test(type)
const isMultipart = (type: string): boolean => /^multipart\/form-data\b/i.test(type)
const isText = (type: string): boolean => /^text\/(?!xml\b)/i.test(type)
/** The schema of XML and of bytes does not say what their text is. */
const isJudged = (type: string): boolean =>
  isJson(type) || isForm(type) || isMultipart(type) || isText(type) || type.includes('*')

/** Reads a body by its type; what cannot be read at all is added to the flaws. */
function valueOf(
  document: Document,
  { schema, mediaType }: Content,
  raw: string | Uint8Array,
  type: string,
  limits: BodyLimits,
  add: (flaw: Flaw) => void,
): unknown {
  const isWords = isJson(type) || isForm(type) || isText(type)
  if (isMultipart(type)) {
    const parts = partsOfForm(typeof raw === 'string' ? new TextEncoder().encode(raw) : raw, type)
    if (parts) return fieldsOf(document, schema, parts.map(pairOf), limits, add)
    add({ pointer: '', code: 'multipart', expected: 'parts between boundaries', received: 'another text' })
    return undefined
  }
  const text = decode(raw, isWords)
  if (text === undefined) add({ pointer: '', code: 'encoding', expected: 'UTF-8', received: 'other bytes' })
  if (text === undefined) return undefined
  if (isJson(type)) return parse(text, limits, add)
  if (isForm(type)) {
    const pairs = [...new URLSearchParams(text)]
    return fieldsOf(document, schema, pairs, limits, add)
  }
  return isText(type) && schema !== undefined && !mediaType.includes('*') ? cast(document, [schema], text) : text
}

function fieldsOf(
  document: Document,
  schema: Pointer | undefined,
  pairs: readonly Pair[],
  { maxDepth, maxItems }: BodyLimits,
  add: (flaw: Flaw) => void,
): unknown {
  const tree = pairs.length > maxItems ? undefined : treeOf(pairs, maxDepth)
  if (tree) return schema === undefined ? tree : cast(document, [schema], tree)
  add({ pointer: '', code: 'length', expected: `at most ${maxItems} fields, ${maxDepth} levels`, received: 'more' })
  return undefined
}

function pairOf({ name, type, content }: FormPart): Pair {
  const text = new TextDecoder().decode(content)
  if (type === undefined || !isJson(type)) return [name, text]
  try {
    return [name, JSON.parse(text) as unknown]
  } catch {
    return [name, text]
  }
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

/** Returns a body as text; bytes that are no words need be no UTF-8. */
function decode(raw: string | Uint8Array, isWords: boolean): string | undefined {
  if (typeof raw === 'string') return raw.startsWith('\uFEFF') ? raw.slice(1) : raw
  try {
    return new TextDecoder('utf-8', { fatal: isWords }).decode(raw)
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
    add({
      pointer: '',
      code: 'json',
      expected: 'JSON',
      received: shortJson(textWithoutConfidential(text.slice(0, 4000))),
    })
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

/** One part of a `multipart/form-data` body. */
interface FormPart {
  readonly name: string
  readonly filename?: string
  /** As stated; lower case, without parameters. */
  readonly type?: string
  readonly content: Uint8Array
}

/** Returns the parts of a form, or `undefined` where the body is none (RFC 7578, RFC 2046). */
function partsOfForm(body: Uint8Array, contentType: string): FormPart[] | undefined {
  const boundary = /;\s*boundary=(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(contentType)
  const delimiter = boundary && `--${boundary[1] ?? boundary[2]}`
  if (!delimiter) return undefined
  // One character is one byte, so places in the text are places in the body.
  const text = latin1(body)
  const parts: FormPart[] = []
  let start = text.startsWith(delimiter) ? delimiter.length : after(text, `\r\n${delimiter}`, 0)
  for (;;) {
    if (start < 0) return undefined
    if (text.startsWith('--', start)) return parts
    const head = after(text, '\r\n\r\n', start)
    const end = head < 0 ? -1 : text.indexOf(`\r\n${delimiter}`, head - 2)
    if (end < 0) return undefined
    const fields = utf8(body.subarray(start, head))
    const disposition = /^content-disposition:\s*form-data\b(.*)$/im.exec(fields)?.[1] ?? ''
    const name = parameterOf(disposition, 'name')
    const filename = parameterOf(disposition, 'filename')
    const type = /^content-type:\s*([^\s;]+)/im.exec(fields)?.[1]?.toLowerCase()
    if (name === undefined) return undefined
    parts.push({
      name,
      ...(filename !== undefined && { filename }),
      ...(type !== undefined && { type }),
      content: body.subarray(head, Math.max(head, end)),
    })
    start = end + delimiter.length + 2
  }
}

function after(text: string, mark: string, from: number): number {
  const index = text.indexOf(mark, from)
  return index < 0 ? -1 : index + mark.length
}

const parameterOf = (disposition: string, name: string): string | undefined =>
  new RegExp(`;\\s*${name}="([^"]*)"`, 'i').exec(disposition)?.[1]

const latin1 = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes)
const utf8 = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
