import type { Column, ColumnType, Entity } from './entity.ts'

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
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** Returns a text as SQL writes it. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** Returns names with commas between them. */
export const list = (names: readonly string[]): string => names.map(identifier).join(', ')

/** Returns the type that a dialect has for a column: `numeric(18,2)`. */
export function typeOf({ type, scale }: Column, dialect: Dialect): string {
  const name = types[dialect][type]
  return type === 'decimal' && dialect !== 'sqlite' ? `${name}(18,${scale ?? 2})` : name
}

/** Returns what creates an entity's table and its indexes where they are absent. */
export function createTable(entity: Entity, dialect: Dialect): string {
  const { name, says, columns, key, references, indexes } = entity
  const lines = [
    ...columns.map((column) => ({
      sql: `${identifier(column.name)} ${typeOf(column, dialect)}${column.isNullable ? '' : ' NOT NULL'}`,
      says: column.says,
    })),
    { sql: `PRIMARY KEY (${list(key)})` },
    // DuckDB writes a row that is updated anew, which foreign keys and indexes of its own forbid.
    ...(dialect === 'duckdb' ? [] : references).map(({ column, entity: other, names }) => ({
      sql: `FOREIGN KEY (${identifier(column)}) REFERENCES ${identifier(other)} (${identifier(names)})`,
    })),
  ]
  const isCommented = dialect === 'sql' || dialect === 'sqlite'
  const body = lines.map((line, place) => {
    const comma = place < lines.length - 1 ? ',' : ''
    return `  ${line.sql}${comma}${isCommented && 'says' in line ? ` -- ${line.says}` : ''}`
  })
  return [
    ...(isCommented ? [`-- ${says}`] : []),
    `CREATE TABLE IF NOT EXISTS ${identifier(name)} (`,
    ...body,
    ');',
    ...(dialect === 'duckdb' ? [] : indexes).map(
      (column) =>
        `CREATE INDEX IF NOT EXISTS ${identifier(`${name}_${column}`)} ON ${identifier(name)} (${identifier(column)});`,
    ),
    '',
  ].join('\n')
}

/** Returns the comments of a table and its columns, as Postgres and DuckDB keep them. */
export const commentOn = ({ name, says, columns }: Entity): string =>
  [
    `COMMENT ON TABLE ${identifier(name)} IS ${literal(says)};`,
    ...columns.map(
      (column) => `COMMENT ON COLUMN ${identifier(name)}.${identifier(column.name)} IS ${literal(column.says)};`,
    ),
  ].join('\n')

/** Returns the beginning of an INSERT of rows. */
export const insertInto = ({ name, columns }: Entity): string =>
  `INSERT INTO ${identifier(name)} (${list(columns.map((column) => column.name))}) VALUES`

/** Returns the end of an INSERT that updates a row which is there and differs. */
export function onConflictUpdate({ name, columns, key }: Entity): string {
  const rest = columns.filter((column) => !key.includes(column.name)).map((column) => identifier(column.name))
  if (rest.length === 0) return `ON CONFLICT (${list(key)}) DO NOTHING`
  const table = identifier(name)
  const row = (from: string): string => `(${rest.map((column) => `${from}.${column}`).join(', ')})`
  return [
    `ON CONFLICT (${list(key)}) DO UPDATE SET ${rest.map((column) => `${column} = excluded.${column}`).join(', ')}`,
    `WHERE ${row(table)} IS DISTINCT FROM ${row('excluded')}`,
  ].join(' ')
}
