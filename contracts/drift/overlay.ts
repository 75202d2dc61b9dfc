import { isObject, literal, split } from '../../spec/index.ts'
import type { Pointer } from '../../spec/index.ts'

/** An action of an OpenAPI Overlay 1.0. */
export interface Action {
  /** JSONPath (RFC 9535). */
  readonly target: string
  readonly description?: string
  readonly update?: unknown
  readonly remove?: boolean
}

/** An OpenAPI Overlay 1.0. */
export interface Overlay {
  readonly overlay: '1.0.0'
  readonly info: { readonly title: string; readonly version: string }
  readonly actions: readonly Action[]
}

/** Returns the overlay that documents what answers had and the document lacked; each thing once. */
export const driftOverlay = (
  title: string,
  drift: readonly { readonly overlayActions?: readonly Action[] }[],
): Overlay => ({
  overlay: '1.0.0',
  info: { title: `What answers of ${title} have and its document lacks`, version: '1.0.0' },
  actions: distinct(drift.flatMap(({ overlayActions = [] }) => overlayActions)),
})

/** Lists in which a step of a pointer is a position. */
const lists = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems', 'parameters', 'enum', 'type'])

/** Returns a pointer into a document as JSONPath: `$.components.schemas.Invoice.properties['due-date']`. */
function pathOf(pointer: Pointer): string {
  const steps = split(pointer)
  return steps.reduce((path, step, index) => {
    if (/^\d+$/.test(step) && lists.has(steps[index - 1] ?? '') && steps[index - 2] !== 'properties')
      return `${path}[${step}]`
    if (/^[A-Za-z_]\w*$/.test(step)) return `${path}.${step}`
    return `${path}[${literal(step)}]`
  }, '$')
}

const seen = 'Seen in answers.'

/** Documents a property. */
export const addProperty = (
  object: Pointer,
  name: string,
  schema: Readonly<Record<string, unknown>>,
): readonly Action[] => [
  { target: pathOf(object), update: { properties: { [name]: { ...schema, description: seen } } } },
]

/** Documents a word of an enum. */
export const addWord = (schema: Pointer, word: unknown): readonly Action[] => [
  { target: `${pathOf(schema)}.enum`, update: word },
]

/** Documents a format. */
export const addFormat = (schema: Pointer, format: string): readonly Action[] => [
  { target: pathOf(schema), update: { format } },
]

/** Documents that a value may be null, in the way that its schema allows. */
export function addNull(pointer: Pointer, schema: Readonly<Record<string, unknown>>): readonly Action[] {
  const { type, enum: words, anyOf } = schema
  const isPlain = !['$ref', 'const', 'allOf', 'oneOf', 'not', 'if'].some((keyword) => schema[keyword] !== undefined)
  const word: readonly Action[] =
    Array.isArray(words) && !words.includes(null) ? [{ target: `${pathOf(pointer)}.enum`, update: null }] : []
  if (isPlain && anyOf === undefined && typeof type === 'string')
    return [{ target: pathOf(pointer), update: { type: [type, 'null'] } }, ...word]
  if (isPlain && anyOf === undefined && Array.isArray(type))
    return [...(type.includes('null') ? [] : [{ target: `${pathOf(pointer)}.type`, update: 'null' }]), ...word]
  if (isPlain && Array.isArray(anyOf) && type === undefined && words === undefined)
    return [{ target: `${pathOf(pointer)}.anyOf`, update: { type: 'null' } }]
  return wrap(pointer, schema)
}

/** An update cannot take a reference away, so the place is made anew. */
function wrap(pointer: Pointer, schema: Readonly<Record<string, unknown>>): readonly Action[] {
  const cut = pointer.lastIndexOf('/')
  const name = split(pointer).at(-1) as string
  if (/^\d+$/.test(name)) return []
  const notes = Object.fromEntries(
    Object.entries(schema).filter(
      ([keyword]) => keyword.startsWith('x-') || keyword === 'description' || keyword === 'title',
    ),
  )
  const rest = Object.fromEntries(Object.entries(schema).filter(([keyword]) => !Object.hasOwn(notes, keyword)))
  return [
    { target: pathOf(pointer), remove: true },
    { target: pathOf(pointer.slice(0, cut)), update: { [name]: { ...notes, anyOf: [rest, { type: 'null' }] } } },
  ]
}

/** Two differences may ask for the same. */
const distinct = (actions: readonly Action[]): readonly Action[] => [
  ...new Map(actions.map((action) => [JSON.stringify(action), action])).values(),
]

/** Tells whether a parsed file is an overlay that actions can be added to. */
export const isOverlay = (value: unknown): value is { actions: unknown[] } =>
  isObject(value) && typeof value.overlay === 'string' && Array.isArray(value.actions)
