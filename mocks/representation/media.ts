// Chooses the media type of an answer and finds documented examples of bodies.

import { acceptable, atPointer, isJson, isObject, join, resolve, usualReply } from '../../spec/index.ts'
import type { Content, Document, Model, Operation } from '../../spec/index.ts'

/** What an answer is sent as. */
export interface Media {
  readonly content: Content
  /** A media type without `*`. */
  readonly type: string
}

const sendable = /^[\w.!#$&^*+-]+\/[\w.!#$&^*+-]+(?: *;[\u0020-\u007e]*)?$/

/** Ranges of media types, and what is sent where a request leaves the choice. */
const usual: Readonly<Record<string, string>> = { text: 'text/plain', image: 'image/png', '*': 'application/json' }

/**
 * Returns the media type of an operation's usual answer for an `Accept` header; `'none'` where it documents
 * bodies and none of them is accepted and can be made, `undefined` where it documents no body.
 */
export function mediaFor({ document }: Model, operation: Operation, accept: string | null): Media | 'none' | undefined {
  const contents = (usualReply(operation).reply?.content ?? []).filter(({ mediaType }) => sendable.test(mediaType))
  if (contents.length === 0) return undefined
  // XML needs names and namespaces that schemas seldom have.
  const makeable = contents.filter(
    (content) =>
      !/^(?!image\/svg)[^;]+[/+]xml\b/i.test(content.mediaType) || bodyExamplesOf(document, content).length > 0,
  )
  const found = acceptable(
    accept,
    makeable.map(({ mediaType }) => mediaType),
  )
  const content = found && makeable[found.index]
  if (!content) return 'none'
  return { content, type: found.type.includes('*') ? concrete(document, content, found.type) : found.type }
}

function concrete(document: Document, { schema }: Content, range: string): string {
  const { value } = schema === undefined ? { value: undefined } : resolve(document, schema)
  if (isObject(value) && value.format === 'binary') return 'application/octet-stream'
  return usual[range.split('/')[0] as string] ?? 'application/json'
}

/** An example of a body: its name, `''` for the only one, and its value, or its text as it goes over the wire. */
interface BodyExample {
  readonly name: string
  readonly value: unknown
  readonly isText?: boolean
}

/** Returns the examples of a body: those of the media type, else those of its schema. */
export function bodyExamplesOf(document: Document, { pointer, schema }: Content): BodyExample[] {
  const media = atPointer(document, pointer)
  if (!isObject(media)) return []
  const named = Object.keys(isObject(media.examples) ? media.examples : {}).flatMap((name): BodyExample[] => {
    const { value } = resolve(document, join(pointer, 'examples', name))
    if (!isObject(value)) return []
    // OpenAPI 3.2 has the value and its text apart.
    if ('value' in value || 'dataValue' in value) return [{ name, value: value.value ?? value.dataValue ?? null }]
    return 'serializedValue' in value ? [{ name, value: value.serializedValue, isText: true }] : []
  })
  const own = 'example' in media ? [{ name: '', value: media.example }, ...named] : named
  if (own.length > 0 || schema === undefined) return own
  const { value } = resolve(document, schema)
  if (!isObject(value)) return []
  if ('example' in value) return [{ name: '', value: value.example }]
  return Array.isArray(value.examples)
    ? value.examples.slice(0, 1).map((one: unknown) => ({ name: '', value: one }))
    : []
}

/** Returns an example as a body of its type: JSON of a value, and a text as it is, unless it is the value of a JSON body. */
export function exampleText({ value, isText }: BodyExample, type: string): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  return isJson(type) && isText !== true && !isJsonText(value) ? JSON.stringify(value) : value
}

/** Many documents give the example of an object as the text of its JSON. */
function isJsonText(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
