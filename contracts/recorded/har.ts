import { failure, isObject } from '../../spec/index.ts'
import { jsonFault } from '../conformance.ts'
import type { RecordedExchange } from '../recorded.ts'

/** Returns the exchanges of an HTTP Archive (HAR 1.2). @throws Failure for what is none. */
export function harExchanges(text: string, file: string): readonly RecordedExchange[] {
  const log = parse(text, file)
  return log.flatMap((entry): RecordedExchange[] => {
    if (!isObject(entry) || !isObject(entry.request) || !isObject(entry.response)) return []
    const { method, url } = entry.request
    const { status, content } = entry.response
    // A browser writes status 0 for what never came or was blocked.
    if (typeof method !== 'string' || typeof url !== 'string' || typeof status !== 'number' || status < 100) return []
    const body = bodyOf(content)
    return [
      {
        method: method.toUpperCase(),
        url,
        status,
        headers: pairsOf(entry.request.headers),
        answerHeaders: withType(pairsOf(entry.response.headers), content),
        ...(body !== undefined && { body }),
      },
    ]
  })
}

function parse(text: string, file: string): readonly unknown[] {
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

const pairsOf = (list: unknown): (readonly [string, string])[] =>
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

function bodyOf(content: unknown): string | undefined {
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
