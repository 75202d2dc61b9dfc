import type { ColumnFacts, ColumnKind } from '../../desk/index.ts'
import { isObject, nameOf, resolve, unitOf } from '../../spec/index.ts'
import type { Model, Pointer, Shape } from '../../spec/index.ts'

/** Roles that a table of invoices begins with. */
const first = [
  'invoice.number',
  'buyer.name',
  'party.name',
  'invoice.status',
  'invoice.issueDate',
  'invoice.dueDate',
  'invoice.total',
  'invoice.due',
  'invoice.currency',
]

/** Names that a table without roles begins with. */
const telling =
  /^(?:name|title|number|code|email|status|state|type|total|amount|currency|date|created(?:_?at)?|due(?:_?date)?)$/i

const mostUsual = 8
const deepest = 3
/** Columns that can be chosen. */
const most = 300

/** Returns the properties of an item that fit into a table, those that say most first. */
export function columnsOf(
  model: Model,
  schema: Pointer,
  identity: readonly string[] | undefined,
): readonly ColumnFacts[] {
  const found: Omit<ColumnFacts, 'isUsual'>[] = []
  // Level by level: where there are many, those further down are left out.
  let level: readonly (readonly [path: readonly string[], shape: Shape, seen: ReadonlySet<Shape>])[] = [
    [[], model.shape(schema), new Set()],
  ]
  for (let depth = 0; depth <= deepest; depth++) {
    for (const [path, shape] of level) {
      const column = shape.properties.size === 0 && path.length > 0 ? columnAt(model, shape, path) : undefined
      if (column && found.length < most) found.push(column)
    }
    level = level.flatMap(([path, shape, seen]) =>
      seen.has(shape)
        ? []
        : [...shape.properties].map(([name, inner]) => [[...path, name], inner, new Set([...seen, shape])] as const),
    )
  }
  const isIdentity = ({ path }: Pick<ColumnFacts, 'path'>): boolean => path.join('/') === identity?.join('/')
  const rank = (column: Omit<ColumnFacts, 'isUsual'>, at: number): number => {
    const role = column.role === undefined ? -1 : first.indexOf(column.role)
    if (role >= 0) return role
    if (isIdentity(column)) return 50
    const [name = ''] = column.path.slice(-1)
    return 100 * column.path.length + (telling.test(name) ? 0 : 50) + at / 1000
  }
  const ranked = found.map((column, at) => ({ column, rank: rank(column, at) })).sort((a, b) => a.rank - b.rank)
  const known = ranked.filter((one) => one.rank < first.length)
  // An invoice is told by its roles; anything else by its identity and what is named tellingly.
  const usual = new Set((known.length >= 3 ? known : ranked).slice(0, mostUsual).map(({ column }) => column))
  const roles = new Set<string>()
  return ranked.map(({ column }) => {
    const isAgain = column.role !== undefined && roles.has(column.role)
    if (column.role !== undefined) roles.add(column.role)
    return { ...column, isUsual: usual.has(column) && !isAgain }
  })
}

/** Tells whether the items of these columns are invoices. */
export const isInvoice = (columns: readonly ColumnFacts[]): boolean =>
  columns.some(({ role }) => role === 'invoice.total' || role === 'invoice.due') ||
  columns.filter(({ role }) => role?.startsWith('invoice.')).length > 4

function columnAt(
  { document, representation }: Model,
  shape: Shape,
  path: readonly string[],
): Omit<ColumnFacts, 'isUsual'> | undefined {
  const { value } = resolve(document, shape.pointer)
  const schema = isObject(value) ? value : {}
  const types = typesOf(schema)
  if (types.includes('array') || types.includes('object') || shape.items) return undefined
  const { binding } = shape
  return {
    path,
    kind: kindOf(binding?.term.kind, binding?.role, types, { ...schema, name: path.at(-1) }),
    ...(binding && { role: nameOf(binding) }),
    ...(binding?.term.kind === 'amount' && { unit: unitOf(binding, representation) }),
  }
}

function typesOf(schema: Readonly<Record<string, unknown>>): readonly unknown[] {
  const own = [schema.type].flat()
  const branches = ['anyOf', 'oneOf', 'allOf'].flatMap((keyword) =>
    Array.isArray(schema[keyword]) ? schema[keyword] : [],
  )
  return [...own, ...branches.flatMap((branch: unknown) => (isObject(branch) ? [branch.type].flat() : []))]
}

function kindOf(
  kind: string | undefined,
  role: string | undefined,
  types: readonly unknown[],
  { format, enum: words, name }: Readonly<Record<string, unknown>>,
): ColumnKind {
  if (kind === 'amount') return 'amount'
  if (kind === 'date' || format === 'date') return 'date'
  if (kind === 'instant' || format === 'date-time') return 'moment'
  if (kind === 'id') return 'id'
  if (role?.endsWith('.status') || (Array.isArray(words) && /^(?:status|state)$/i.test(String(name)))) return 'status'
  if (types.includes('boolean')) return 'flag'
  return types.includes('integer') || types.includes('number') ? 'number' : 'text'
}
