import { identifier, insertInto, list, onConflictUpdate } from './ddl.ts'
import type { Entity } from './entity.ts'

/** Returns the columns of an entity as SQL lists them. */
export const columnsIn = ({ columns }: Entity): string => list(columns.map((column) => column.name))

/** Returns the temporary table in which the rows of a part come. */
export const stageOf = ({ name }: Entity): string => identifier(`proforma_${name}`)

/** Returns what takes the rows of a part into an entity's table, where they are new or differ. */
export const mergeOf = (entity: Entity): string =>
  `${insertInto(entity).replace(/ VALUES$/, '')} SELECT ${columnsIn(entity)} FROM ${stageOf(entity)} ${onConflictUpdate(entity)}`

/** Returns what takes away the rows that the invoices of a part no longer have. */
export function cutOf(entity: Entity, entities: readonly Entity[]): string {
  const [table, owner] = [identifier(entity.name), identifier(entity.owner ?? '')]
  const invoices = entities.find(({ name }) => name === 'invoices')
  const kept = invoices
    ? `SELECT invoice.id AS id, coalesce(max(part.position), 0) AS size FROM ${stageOf(invoices)} AS invoice LEFT JOIN ${stageOf(entity)} AS part ON part.${owner} = invoice.id GROUP BY invoice.id`
    : `SELECT ${owner} AS id, max(position) AS size FROM ${stageOf(entity)} GROUP BY ${owner}`
  return `DELETE FROM ${table} WHERE EXISTS (SELECT 1 FROM (${kept}) AS kept WHERE ${table}.${owner} = kept.id AND ${table}.position > kept.size)`
}

/** Returns what takes the rows of a part out again: by key, or by the invoice that they belong to. */
export function removeOf(entity: Entity, entities: readonly Entity[]): string {
  const table = identifier(entity.name)
  const invoices = entities.find(({ name }) => name === 'invoices')
  const { owner } = entity
  if (owner !== undefined && invoices)
    return `DELETE FROM ${table} WHERE ${identifier(owner)} IN (SELECT id FROM ${stageOf(invoices)})`
  const named = owner === undefined ? entity.key : [owner]
  return `DELETE FROM ${table} WHERE (${list(named)}) IN (SELECT ${list(named)} FROM ${stageOf(entity)})`
}
