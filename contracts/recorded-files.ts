// Reads exchanges from HAR files and files of bodies.

import { failure, isObject, isJson, shellWord, successOf } from '../spec/index.ts'
import type { Model, Operation, Pointer } from '../spec/index.ts'
import { jsonFault, conformance } from './conformance.ts'
import type { RecordedExchange } from './recorded.ts'

/** Returns the exchanges of an HTTP Archive (HAR 1.2). @throws Failure for what is none. */
export function harExchanges(text: string, file: string): readonly RecordedExchange[] {
  const log = archiveEntries(text, file)
  return log.flatMap((entry): RecordedExchange[] => {
    if (!isObject(entry) || !isObject(entry.request) || !isObject(entry.response)) return []
    const { method, url } = entry.request
    const { status, content } = entry.response
    // A browser writes status 0 for what never came or was blocked.
    if (typeof method !== 'string' || typeof url !== 'string' || typeof status !== 'number' || status < 100) return []
    const body = harBody(content)
    return [
      {
        method: method.toUpperCase(),
        url,
        status,
        headers: harPairs(entry.request.headers),
        answerHeaders: withType(harPairs(entry.response.headers), content),
        ...(body !== undefined && { body }),
      },
    ]
  })
}

function archiveEntries(text: string, file: string): readonly unknown[] {
  const expected = 'an HTTP Archive (HAR 1.2): { log: { entries } }'
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw failure(`read ${file}`, { expected, received: `no JSON (${jsonFault(error)})` })
  }
  const entries = isObject(value) && isObject(value.log) ? value.log.entries : undefined
  if (!Array.isArray(entries)) throw failure(`read ${file}`, { expected, received: 'other JSON' })
  return entries
}

const harPairs = (list: unknown): (readonly [string, string])[] =>
  Array.isArray(list)
    ? list.flatMap((item) =>
        isObject(item) && typeof item.name === 'string' && typeof item.value === 'string'
          ? [[item.name, item.value] as const]
          : [],
      )
    : []

/** Some recorders leave headers out, but keep the type beside the body. */
const withType = (headers: (readonly [string, string])[], content: unknown): (readonly [string, string])[] =>
  headers.some(([name]) => name.toLowerCase() === 'content-type') ||
  !isObject(content) ||
  typeof content.mimeType !== 'string'
    ? headers
    : [...headers, ['content-type', content.mimeType]]

function harBody(content: unknown): string | undefined {
  if (!isObject(content)) return ''
  if (typeof content.text !== 'string') return Number(content.size ?? 0) > 0 ? undefined : ''
  if (content.encoding !== 'base64') return content.text
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(
      Uint8Array.from(atob(content.text), (letter) => letter.charCodeAt(0)),
    )
  } catch {
    return undefined
  }
}

/** A file with the body of an answer, or with a whole recording. */
export interface BodyFile {
  readonly name: string
  readonly text: string
}

/**
 * Returns files as exchanges: recordings as they are; bodies as answers of success to the operation that their name begins with,
 * else to the one whose schema they fit, or nearly fit. What fits none keeps its name, and no operation.
 */
export function bodyExchanges(model: Model, files: readonly BodyFile[]): readonly RecordedExchange[] {
  const { fits } = conformance(model)
  const answers = model.operations.flatMap((operation) => {
    const content = successOf(operation)?.content.find(({ mediaType }) => isJson(mediaType))
    return content?.schema === undefined ? [] : [{ operation, schema: content.schema, mediaType: content.mediaType }]
  })
  return files.map(({ name, text }) => {
    const json = jsonOrNothing(text)
    const replay = `proforma check ${model.name} --bodies ${shellWord(name)}`
    const recorded = recordingOf(json)
    if (recorded) return { ...recorded, replay }
    const answer = namedAfter(answers, name) ?? fitting(answers, json, fits) ?? mostAlike(model, answers, json)
    const [lost] = answer ? [] : model.lost.filter((operation) => isNamed(operation, name))
    if (!answer)
      return {
        method: 'FILE',
        url: `/${name}`,
        status: 200,
        headers: [],
        answerHeaders: [],
        body: text,
        ...(lost && { operation: lost.id }),
        reason:
          json === undefined
            ? 'it is no JSON, and is not named after an operation'
            : 'it fits no answer of the document, and is not named after an operation',
      }
    const { operation, mediaType } = answer
    const status = Number(successOf(operation)?.status) || 200
    return {
      method: operation.method,
      url: `/${name}`,
      operation: operation.id,
      status,
      headers: [],
      answerHeaders: [['content-type', mediaType]],
      body: text,
      replay,
    }
  })
}

interface Answerable {
  readonly operation: Operation
  readonly schema: Pointer
  readonly mediaType: string
}

/** The longest operationId that a name begins with; numbers before it only keep an order. */
function namedAfter(answers: readonly Answerable[], name: string): Answerable | undefined {
  return answers
    .filter(({ operation }) => isNamed(operation, name))
    .toSorted((left, right) => right.operation.id.length - left.operation.id.length)[0]
}

const isNamed = ({ id }: Operation, name: string): boolean =>
  (name.split('/').at(-1) as string).replace(/^\d+[-_.]/, '').startsWith(id.replace(/[^\w.-]+/g, '-'))

/** Lists fit more than single objects do, empty objects fit nearly everything: the first in the document wins, reads before writes. */
function fitting(
  answers: readonly Answerable[],
  json: unknown,
  fits: (schema: Pointer, value: unknown) => boolean,
): Answerable | undefined {
  if (!isObject(json) && !Array.isArray(json)) return undefined
  const candidates = answers.filter(({ schema }) => fits(schema, json))
  return candidates.find(({ operation }) => operation.method === 'GET') ?? candidates[0]
}

/** A body that breaks its schema still has most of its fields. */
function mostAlike(model: Model, answers: readonly Answerable[], json: unknown): Answerable | undefined {
  const names = isObject(json) ? Object.keys(json) : []
  const known = ({ schema }: Answerable): number => {
    const { properties } = model.shape(schema)
    return names.filter((name) => properties.has(name)).length / Math.max(names.length, properties.size)
  }
  const readsFirst = [
    ...answers.filter(({ operation }) => operation.method === 'GET'),
    ...answers.filter(({ operation }) => operation.method !== 'GET'),
  ]
  const [best] = readsFirst
    .map((answer) => ({ answer, share: known(answer) }))
    .toSorted((left, right) => right.share - left.share)
  return best && best.share >= 0.5 ? best.answer : undefined
}

function recordingOf(json: unknown): RecordedExchange | undefined {
  const { operation, request, response } = isObject(json) ? json : {}
  if (
    !isObject(request) ||
    typeof request.method !== 'string' ||
    typeof request.path !== 'string' ||
    !isObject(response) ||
    typeof response.status !== 'number'
  )
    return undefined
  const { body } = response
  const type = isObject(response.headers) ? String(response.headers['content-type'] ?? '') : ''
  return {
    method: request.method,
    url: request.path + (typeof request.query === 'string' && request.query !== '' ? `?${request.query}` : ''),
    status: response.status,
    headers: headerPairs(request.headers),
    answerHeaders: headerPairs(response.headers),
    body: body === undefined ? '' : typeof body === 'string' && !isJson(type) ? body : JSON.stringify(body),
    ...(typeof operation === 'string' && { operation }),
  }
}

const headerPairs = (headers: unknown): [string, string][] =>
  isObject(headers)
    ? Object.entries(headers).flatMap(([name, value]): [string, string][] =>
        typeof value === 'string' ? [[name, value]] : [],
      )
    : []

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
