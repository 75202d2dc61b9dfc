import { isObject } from '../../spec/index.ts'

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
