// Encodes rows as NDJSON, JSON, CSV, SQL and database formats.

import type { Cell, Column, TableSchema } from './dataset.ts'
import { createTable, insertInto } from './sql.ts'

/** Forms in which rows go to a target. */
export type EncodingName = 'ndjson' | 'json' | 'csv' | 'sql' | 'copy' | 'values' | 'tuples'

/** How the rows of an entity become text. */
export interface Encoding {
  row(entity: TableSchema, cells: readonly Cell[]): string
  /** Between two rows of a part. */
  readonly separator: string
  /** Between the rows of two parts. */
  readonly between: string
  /** Text before the first row. */
  head(entity: TableSchema): string
  /** Text after the last row. */
  readonly foot: string
  /** What is put around the rows of a part. */
  wrap?(entity: TableSchema, rows: string): string
}

const nothing = (): string => ''

/** Newline-delimited JSON. */
const ndjson: Encoding = {
  row: (entity, cells) => `${objectOf(entity, cells)}\n`,
  separator: '',
  between: '',
  head: nothing,
  foot: '',
}

/** One array of JSON, one object a line. */
const json: Encoding = {
  row: (entity, cells) => `\n${objectOf(entity, cells)}`,
  separator: ',',
  between: ',',
  head: () => '[',
  foot: '\n]\n',
}

/** Comma-separated values as RFC 4180 has them, with a heading; nothing is null, `""` an empty text. */
const csv: Encoding = {
  row: (_, cells) => `${cells.map(csvCell).join(',')}\n`,
  separator: '',
  between: '',
  head: ({ columns }) => `${columns.map(({ name }) => name).join(',')}\n`,
  foot: '',
}

/** SQL that Postgres and SQLite understand. A row that is there already stays as it is. */
const sql: Encoding = {
  row: ({ columns }, cells) => `(${cells.map((cell, place) => sqlCell(cell, columns[place] as Column)).join(', ')})`,
  separator: ',\n',
  between: '',
  head: (entity) => `${createTable(entity, 'sql').join(';\n')};\n`,
  foot: '',
  wrap: (entity, rows) => `${insertInto(entity)} VALUES\n${rows}\nON CONFLICT DO NOTHING;\n`,
}

/** The text format of Postgres' COPY. */
const copy: Encoding = {
  row: (_, cells) => `${cells.map(copyCell).join('\t')}\n`,
  separator: '',
  between: '',
  head: nothing,
  foot: '',
}

/** An array of arrays, as JSON. */
const values: Encoding = {
  row: (_, cells) => JSON.stringify(cells),
  separator: ',',
  between: '',
  head: nothing,
  foot: '',
  wrap: (_, rows) => `[${rows}]`,
}

/** Between two rows of {@link tuples}: a control character (RS) that no text of ours has. */
export const tupleSeparator = '\u001e'

/** Rows as an INSERT of MySQL has them, which knows no time zone in its literals. */
const tuples: Encoding = {
  row: ({ columns }, cells) => `(${cells.map((cell, place) => tupleCell(cell, columns[place] as Column)).join(',')})`,
  separator: tupleSeparator,
  between: '',
  head: nothing,
  foot: '',
}

export const encodings: Readonly<Record<EncodingName, Encoding>> = { ndjson, json, csv, sql, copy, values, tuples }

function objectOf({ columns, whole }: TableSchema, cells: readonly Cell[]): string {
  if (whole !== undefined) return String(cells[columns.findIndex(({ name }) => name === whole)])
  let text = '{'
  for (const [place, { name, type }] of columns.entries()) {
    const cell = cells[place] as Cell
    const value = cell !== null && (type === 'decimal' || type === 'json') ? String(cell) : JSON.stringify(cell)
    text += `${place === 0 ? '' : ','}"${name}":${value}`
  }
  return `${text}}`
}

function csvCell(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell !== 'string') return String(cell)
  return cell === '' || /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

function sqlCell(cell: Cell, { type }: Column): string {
  if (cell === null) return 'NULL'
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE'
  return typeof cell === 'number' || type === 'decimal' ? String(cell) : `'${cell.replaceAll("'", "''")}'`
}

const tupleCell = (cell: Cell, column: Column): string =>
  sqlCell(
    typeof cell === 'string' && column.type === 'instant' ? cell.replace('T', ' ').replace('Z', '') : cell,
    column,
  )

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function copyCell(cell: Cell): string {
  if (cell === null) return '\\N'
  return typeof cell === 'string'
    ? cell.replace(/[\\\n\r\t]/g, (character) => escapes[character] as string)
    : String(cell)
}
