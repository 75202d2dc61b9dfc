import type { Column, ColumnType, TableSchema } from './dataset.ts'

/** Databases whose tables are made; `sql` is a file for Postgres or SQLite. */
export type Dialect = 'postgres' | 'sqlite' | 'duckdb' | 'sql'

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

/** Returns the type that a dialect has for a column: `numeric(18,2)`. */
export function sqlType({ type, scale }: Column, dialect: Dialect): string {
  const name = types[dialect][type]
  return type === 'decimal' && dialect !== 'sqlite' ? `${name}(18,${scale ?? 2})` : name
}

/** Returns what creates an entity's table and its indexes where they are absent. */
export function createTable(entity: TableSchema, dialect: Dialect): string {
  const { name, says, columns, key, references, indexes } = entity
  const lines = [
    ...columns.map((column) => ({
      sql: `${sqlName(column.name)} ${sqlType(column, dialect)}${column.isNullable ? '' : ' NOT NULL'}`,
      says: column.says,
    })),
    { sql: `PRIMARY KEY (${sqlNames(key)})` },
    // DuckDB writes a row that is updated anew, which foreign keys and indexes of its own forbid.
    ...(dialect === 'duckdb' ? [] : references).map(({ column, entity: other, names }) => ({
      sql: `FOREIGN KEY (${sqlName(column)}) REFERENCES ${sqlName(other)} (${sqlName(names)})`,
    })),
  ]
  const isCommented = dialect === 'sql' || dialect === 'sqlite'
  const body = lines.map((line, place) => {
    const comma = place < lines.length - 1 ? ',' : ''
    return `  ${line.sql}${comma}${isCommented && 'says' in line ? ` -- ${line.says}` : ''}`
  })
  return [
    ...(isCommented ? [`-- ${says}`] : []),
    `CREATE TABLE IF NOT EXISTS ${sqlName(name)} (`,
    ...body,
    ');',
    ...(dialect === 'duckdb' ? [] : indexes).map(
      (column) =>
        `CREATE INDEX IF NOT EXISTS ${sqlName(`${name}_${column}`)} ON ${sqlName(name)} (${sqlName(column)});`,
    ),
    '',
  ].join('\n')
}

/** Returns the comments of a table and its columns, as Postgres and DuckDB keep them. */
export const commentOn = ({ name, says, columns }: TableSchema): string =>
  [
    `COMMENT ON TABLE ${sqlName(name)} IS ${sqlText(says)};`,
    ...columns.map(
      (column) => `COMMENT ON COLUMN ${sqlName(name)}.${sqlName(column.name)} IS ${sqlText(column.says)};`,
    ),
  ].join('\n')

/** Returns the beginning of an INSERT of rows. */
export const insertInto = ({ name, columns }: TableSchema): string =>
  `INSERT INTO ${sqlName(name)} (${sqlNames(columns.map((column) => column.name))}) VALUES`

/** Returns the end of an INSERT that updates a row which is there and differs. */
export function onConflictUpdate({ name, columns, key }: TableSchema): string {
  const rest = columns.filter((column) => !key.includes(column.name)).map((column) => sqlName(column.name))
  if (rest.length === 0) return `ON CONFLICT (${sqlNames(key)}) DO NOTHING`
  const table = sqlName(name)
  const row = (from: string): string => `(${rest.map((column) => `${from}.${column}`).join(', ')})`
  return [
    `ON CONFLICT (${sqlNames(key)}) DO UPDATE SET ${rest.map((column) => `${column} = excluded.${column}`).join(', ')}`,
    `WHERE ${row(table)} IS DISTINCT FROM ${row('excluded')}`,
  ].join(' ')
}

/** Returns the columns of an entity as SQL lists them. */
export const columnList = ({ columns }: TableSchema): string => sqlNames(columns.map((column) => column.name))

/** Returns the temporary table in which the rows of a part come. */
export const stagingTable = ({ name }: TableSchema): string => sqlName(`proforma_${name}`)

/** Returns what takes the rows of a part into an entity's table, where they are new or differ. */
export const mergeFromStaging = (entity: TableSchema): string =>
  `${insertInto(entity).replace(/ VALUES$/, '')} SELECT ${columnList(entity)} FROM ${stagingTable(entity)} ${onConflictUpdate(entity)}`

/** Returns what takes away the rows that the invoices of a part no longer have. */
export function deleteSurplusRows(entity: TableSchema, entities: readonly TableSchema[]): string {
  const [table, owner] = [sqlName(entity.name), sqlName(entity.owner ?? '')]
  const invoices = entities.find(({ name }) => name === 'invoices')
  const kept = invoices
    ? `SELECT invoice.id AS id, coalesce(max(part.position), 0) AS size FROM ${stagingTable(invoices)} AS invoice LEFT JOIN ${stagingTable(entity)} AS part ON part.${owner} = invoice.id GROUP BY invoice.id`
    : `SELECT ${owner} AS id, max(position) AS size FROM ${stagingTable(entity)} GROUP BY ${owner}`
  return `DELETE FROM ${table} WHERE EXISTS (SELECT 1 FROM (${kept}) AS kept WHERE ${table}.${owner} = kept.id AND ${table}.position > kept.size)`
}

/** Returns what takes the rows of a part out again: by key, or by the invoice that they belong to. */
export function deleteStagedRows(entity: TableSchema, entities: readonly TableSchema[]): string {
  const table = sqlName(entity.name)
  const invoices = entities.find(({ name }) => name === 'invoices')
  const { owner } = entity
  if (owner !== undefined && invoices)
    return `DELETE FROM ${table} WHERE ${sqlName(owner)} IN (SELECT id FROM ${stagingTable(invoices)})`
  const named = owner === undefined ? entity.key : [owner]
  return `DELETE FROM ${table} WHERE (${sqlNames(named)}) IN (SELECT ${sqlNames(named)} FROM ${stagingTable(entity)})`
}
