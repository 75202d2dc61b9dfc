// Makes bodies that are not JSON: CSV, text, PDF and pictures.

import { isJson, isObject } from '../../spec/index.ts'
import { namedPdf } from '../files/pdf.ts'

/** A body that is no JSON. */
interface Represented {
  readonly text?: string
  /** Bytes that are no text. */
  readonly base64?: string
}

/** What a body is made of. */
interface Source {
  /** Returns a value of the schema. */
  readonly value: () => unknown
  /** What the operation is about, for bodies that nothing else is known of. */
  readonly title: string
}

type Write = (source: Source) => Represented

const words = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value))
const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const lines = (value: unknown): string =>
  [value]
    .flat()
    .map((one) => `${JSON.stringify(one)}\n`)
    .join('')

/** The smallest of each kind: one pixel, an archive without a file. */
const smallest: Readonly<Record<string, string>> = {
  'image/png': 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=',
  'image/gif': 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7',
  'image/webp': 'UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==',
  'application/zip': 'UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==',
}

const writers: readonly (readonly [type: RegExp, write: Write])[] = [
  [/^(?:text|application)\/csv$/, ({ value }) => ({ text: csvOf(value()) })],
  [/^text\/tab-separated-values$/, ({ value }) => ({ text: csvOf(value()).replaceAll(',', '\t') })],
  [/^text\/html$/, ({ value, title }) => ({ text: html(title, words(value())) })],
  [/^text\/event-stream$/, ({ value }) => ({ text: lines(value()).replaceAll(/^(.*)\n/gm, 'data: $1\n\n') })],
  [/^application\/(?:x-)?(?:ndjson|jsonl|json-lines|jsonlines)$/, ({ value }) => ({ text: lines(value()) })],
  // Every JSON text is YAML (YAML 1.2, 1.3).
  [/^(?:text|application)\/(?:x-|vnd\.)?yaml$|\+yaml$/, ({ value }) => ({ text: JSON.stringify(value(), null, 2) })],
  [/^application\/x-www-form-urlencoded$/, ({ value }) => ({ text: formOf(value()) })],
  [/^application\/(?:x-)?pdf$/, ({ title }) => ({ base64: btoa(String.fromCharCode(...namedPdf(title))) })],
  [/^image\/svg\+xml$/, ({ title }) => ({ text: svg(title) })],
  [/^(?:text\/|application\/(?:octet-stream|jwt|jose|graphql)$)/, ({ value }) => ({ text: words(value()) })],
]

/** Returns a body of a media type that is no JSON, or `undefined` where none can be made. The same source gives the same bytes. */
export function represent(type: string, source: Source): Represented | undefined {
  const essence = (type.split(';')[0] as string).trim().toLowerCase()
  if (isJson(essence)) return { text: JSON.stringify(source.value()) }
  const base64 = smallest[essence]
  if (base64 !== undefined) return { base64 }
  return writers.find(([pattern]) => pattern.test(essence))?.[1](source)
}

const html = (title: string, text: string): string =>
  `<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>${escape(title)}</title><p>${escape(text)}</p></html>\n`

const svg = (title: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><title>${escape(title)}</title></svg>\n`

const formOf = (value: unknown): string =>
  new URLSearchParams(
    isObject(value) ? Object.entries(value).map(([name, inner]) => [name, words(inner)]) : [['value', words(value)]],
  ).toString()

/** Returns a value as CSV with a header (RFC 4180): a row for each object of a list, or of the first list in an object; else one row. */
export function csvOf(value: unknown): string {
  const lists = isObject(value) ? Object.values(value).filter((inner) => Array.isArray(inner)) : [value]
  const rows = [lists.find((list) => Array.isArray(list) && list.some(isObject)) ?? value].flat()
  const names = [...new Set(rows.flatMap((row) => (isObject(row) ? Object.keys(row) : ['value'])))]
  const cells = rows.map((row) => names.map((name) => (isObject(row) ? row[name] : row)))
  return [names, ...cells].map((line) => `${line.map(cellOf).join(',')}\r\n`).join('')
}

function cellOf(value: unknown): string {
  if (value === undefined || value === null) return ''
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
