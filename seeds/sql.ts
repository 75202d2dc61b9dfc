// Writes SQL statements for each dialect.

import type { Column, ColumnType, TableSchema } from './dataset.ts'

/** Databases whose tables are made; `sql` is a file for Postgres or SQLite. */
export type Dialect = 'postgres' | 'sqlite' | 'duckdb' | 'mysql' | 'sql'

const standard: Readonly<Record<ColumnType, string>> = {
  uuid: 'uuid',
  text: 'text',
  integer: 'bigint',
  decimal: 'numeric',
  date: 'date',
  instant: 'timestamptz',
  flag: 'boolean',
  json: 'jsonb',
}

const types: Readonly<Record<Dialect, Readonly<Record<ColumnType, string>>>> = {
  postgres: standard,
  sql: standard,
  duckdb: { ...standard, text: 'varchar', decimal: 'decimal', json: 'json' },
  mysql: {
    ...standard,
    uuid: 'char(36)',
    decimal: 'decimal',
    instant: 'datetime(3)',
    flag: 'tinyint(1)',
    json: 'json',
  },
  sqlite: {
    uuid: 'TEXT',
    text: 'TEXT',
    integer: 'INTEGER',
    decimal: 'NUMERIC',
    date: 'TEXT',
    instant: 'TEXT',
    flag: 'INTEGER',
    json: 'TEXT',
  },
}

/** Returns a name as SQL writes it, whatever characters it has. */
export const sqlName = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** Returns a text as SQL writes it. */
export const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** Returns names with commas between them. */
export const sqlNames = (names: readonly string[]): string => names.map(sqlName).join(', ')

/** Returns the columns of a table as SQL lists them. */
export const columnList = ({ columns }: TableSchema): string => sqlNames(columns.map((column) => column.name))

/** Returns the type that a dialect has for a column: `numeric(18,2)`. */
export function sqlType(column: Column, dialect: Dialect, table?: TableSchema): string {
  const { type, scale } = column
  const name = types[dialect][type]
  if (type === 'decimal' && dialect !== 'sqlite') return `${name}(18,${scale ?? 2})`
  // MySQL indexes texts of a limited length only: four of them, with four bytes a character, fit into a key of 3,072 bytes.
  return dialect === 'mysql' && type === 'text' && table && isIndexed(column, table) ? 'varchar(190)' : name
}

const isIndexed = ({ name }: Column, { key, indexes, references }: TableSchema): boolean =>
  [...key, ...indexes, ...references.map(({ column }) => column)].includes(name)

/** Returns the type of a column as the database itself reports it. */
export const typeAsReported = (column: Column, dialect: Dialect, table: TableSchema): string =>
  sqlType(column, dialect, table).replace('timestamptz', 'timestamp with time zone')

/** Returns the statements that create a table with its indexes and comments, where they are absent. */
export function createTable(table: TableSchema, dialect: Dialect): readonly string[] {
  const { name, says, columns, key, references, indexes } = table
  const lines = [
    ...columns.map((column) => ({
      sql: `${sqlName(column.name)} ${sqlType(column, dialect, table)}${column.isNullable ? '' : ' NOT NULL'}${dialect === 'mysql' ? ` COMMENT ${sqlText(column.says)}` : ''}`,
      says: column.says,
    })),
    { sql: `PRIMARY KEY (${sqlNames(key)})` },
    // DuckDB writes a row that is updated anew, which foreign keys and indexes of its own forbid.
    ...(dialect === 'duckdb' ? [] : references).map(({ column, entity: other, names }) => ({
      sql: `FOREIGN KEY (${sqlName(column)}) REFERENCES ${sqlName(other)} (${sqlName(names)})`,
    })),
    // MySQL has no CREATE INDEX IF NOT EXISTS.
    ...(dialect === 'mysql' ? indexes : []).map((column) => ({ sql: `INDEX (${sqlName(column)})` })),
  ]
  const isCommented = dialect === 'sql' || dialect === 'sqlite'
  const body = lines.map((line, place) => {
    const comma = place < lines.length - 1 ? ',' : ''
    return `  ${line.sql}${comma}${isCommented && 'says' in line ? ` -- ${line.says}` : ''}\n`
  })
  // Identities that differ in capitals are two.
  const options = dialect === 'mysql' ? ` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT ${sqlText(says)}` : ''
  return [
    `${isCommented ? `-- ${says}\n` : ''}CREATE TABLE IF NOT EXISTS ${sqlName(name)} (\n${body.join('')})${options}`,
    ...(dialect === 'duckdb' || dialect === 'mysql' ? [] : indexes).map(
      (column) => `CREATE INDEX IF NOT EXISTS ${sqlName(`${name}_${column}`)} ON ${sqlName(name)} (${sqlName(column)})`,
    ),
    ...(dialect === 'postgres' || dialect === 'duckdb' ? commentOn(table) : []),
  ]
}

const commentOn = ({ name, says, columns }: TableSchema): string[] => [
  `COMMENT ON TABLE ${sqlName(name)} IS ${sqlText(says)}`,
  ...columns.map((column) => `COMMENT ON COLUMN ${sqlName(name)}.${sqlName(column.name)} IS ${sqlText(column.says)}`),
]

/** Returns the beginning of an INSERT of rows. */
export const insertInto = (table: TableSchema): string => `INSERT INTO ${sqlName(table.name)} (${columnList(table)})`

/** Returns the statement that inserts a row, or updates the one of its key where it differs. */
export const upsert = (table: TableSchema, cells: readonly (string | number)[], dialect: Dialect): string =>
  `${insertInto(table)} VALUES (${cells.map((cell) => (typeof cell === 'number' ? cell : sqlText(cell))).join(', ')}) ${onConflictUpdate(table, dialect)}`

/** Returns the end of an INSERT that updates a row which is there and differs. */
function onConflictUpdate({ name, columns, key }: TableSchema, dialect: Dialect): string {
  const rest = columns.filter((column) => !key.includes(column.name)).map((column) => sqlName(column.name))
  if (dialect === 'mysql') {
    // MySQL leaves a row alone whose new values are its old ones.
    const updated = rest.length > 0 ? rest : key.map(sqlName)
    return `ON DUPLICATE KEY UPDATE ${updated.map((column) => `${column} = VALUES(${column})`).join(', ')}`
  }
  if (rest.length === 0) return `ON CONFLICT (${sqlNames(key)}) DO NOTHING`
  const table = sqlName(name)
  const row = (from: string): string => `(${rest.map((column) => `${from}.${column}`).join(', ')})`
  return [
    `ON CONFLICT (${sqlNames(key)}) DO UPDATE SET ${rest.map((column) => `${column} = excluded.${column}`).join(', ')}`,
    `WHERE ${row(table)} IS DISTINCT FROM ${row('excluded')}`,
  ].join(' ')
}

/** Returns the temporary table that takes the rows of a part before they are merged. */
export const stagingTable = ({ name }: TableSchema): string => sqlName(`proforma_staged_${name}`)

/** Returns the statement that creates a staging table. */
export const createStaging = (table: TableSchema, dialect: Dialect): string =>
  `CREATE TEMPORARY TABLE IF NOT EXISTS ${stagingTable(table)}${dialect === 'postgres' ? ' ON COMMIT DELETE ROWS' : ''} AS SELECT ${columnList(table)} FROM ${sqlName(table.name)} WHERE false`

/** Returns the statement that takes the rows of a part into their table, where they are new or differ. */
export const mergeFromStaging = (table: TableSchema, dialect: Dialect): string =>
  `${insertInto(table)} SELECT ${columnList(table)} FROM ${stagingTable(table)} WHERE true ${onConflictUpdate(table, dialect)}`

/** Returns the rows of a part that are missing in their table, or differ there: what follows `SELECT count(*)`. */
export function rowsThatDiffer(table: TableSchema, dialect: Dialect): string {
  const equal = dialect === 'mysql' ? '<=>' : 'IS NOT DISTINCT FROM'
  const same = table.columns.map(({ name }) => {
    const isKey = table.key.includes(name)
    return `found.${sqlName(name)} ${isKey ? '=' : equal} own.${sqlName(name)}`
  })
  return `FROM ${stagingTable(table)} AS own WHERE NOT EXISTS (SELECT 1 FROM ${sqlName(table.name)} AS found WHERE ${same.join(' AND ')})`
}

/** Returns the condition that a row belongs to an invoice of a part which no longer has so many. */
export function isSurplus(table: TableSchema, tables: readonly TableSchema[]): string {
  const [target, owner] = [sqlName(table.name), sqlName(table.owner ?? '')]
  const invoices = tables.find(({ name }) => name === 'invoices')
  const kept = invoices
    ? `SELECT invoice.id AS id, coalesce(max(part.position), 0) AS size FROM ${stagingTable(invoices)} AS invoice LEFT JOIN ${stagingTable(table)} AS part ON part.${owner} = invoice.id GROUP BY invoice.id`
    : `SELECT ${owner} AS id, max(position) AS size FROM ${stagingTable(table)} GROUP BY ${owner}`
  return `EXISTS (SELECT 1 FROM (${kept}) AS kept WHERE ${target}.${owner} = kept.id AND ${target}.position > kept.size)`
}

/** Returns the statement that deletes the rows which the invoices of a part no longer have. */
export const deleteSurplusRows = (table: TableSchema, tables: readonly TableSchema[]): string =>
  `DELETE FROM ${sqlName(table.name)} WHERE ${isSurplus(table, tables)}`

/** Returns the statement that deletes the rows of a part again: by key, or by the invoice that they belong to. */
export function deleteStagedRows(table: TableSchema, tables: readonly TableSchema[]): string {
  const invoices = tables.find(({ name }) => name === 'invoices')
  const { owner } = table
  const named = owner === undefined ? table.key : [owner]
  const rows =
    owner !== undefined && invoices
      ? `SELECT id FROM ${stagingTable(invoices)}`
      : `SELECT ${sqlNames(named)} FROM ${stagingTable(table)}`
  return `DELETE FROM ${sqlName(table.name)} WHERE (${sqlNames(named)}) IN (${rows})`
}
