/** What one column of one row holds: texts for identities, days (`2026-01-15`), instants (ISO 8601, UTC), exact decimals and JSON. */
export type Cell = string | number | boolean | null

/** What a column holds; databases have types for each. */
export type ColumnType = 'uuid' | 'text' | 'integer' | 'decimal' | 'date' | 'instant' | 'flag' | 'json'

/** A column of an entity. */
export interface Column {
  readonly name: string
  readonly type: ColumnType
  /** Places after the point, of a decimal. */
  readonly scale?: number
  readonly isNullable?: true
  /** What stands there: one sentence, which becomes the comment of the column. */
  readonly says: string
}

/** A foreign key: a column that names a row of another entity by its identity. */
export interface Reference {
  readonly column: string
  readonly entity: string
  readonly names: string
}

/** A sort of rows: a table, or a file. */
export interface Entity {
  readonly name: string
  readonly says: string
  readonly columns: readonly Column[]
  /** Columns that together name a row. */
  readonly key: readonly string[]
  readonly references: readonly Reference[]
  /** Columns that are searched by. */
  readonly indexes: readonly string[]
  /**
   * The column that names the invoice which rows belong to. They have a `position` from 1 without gaps; those that an invoice no longer
   * has are taken away when it is written again.
   */
  readonly owner?: string
  /** The column that holds the whole object as the API shows it: files of JSON have that alone. */
  readonly whole?: string
}
