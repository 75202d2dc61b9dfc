// Finds differences between observed answers and a document, and writes them as an overlay.

import { isObject, join, literal, split } from '../spec/index.ts'
import type { Locate, Place, Pointer } from '../spec/index.ts'
import { writtenSchema } from './traffic.ts'
import type { FirstSeen, SchemaStats, Traffic } from './traffic.ts'
import { shownJson } from './violation.ts'

/** What sort of difference there is between a document and what comes. */
export type DriftKind = 'unknown-field' | 'unseen-field' | 'new-word' | 'unseen-word' | 'null' | 'format' | 'type'

/** Something that real answers have and the document lacks, or the other way round. */
export interface Drift {
  readonly kind: DriftKind
  /** Where the schema stands in the document. */
  readonly schema: Pointer
  readonly says: string
  /** How often it came; 0 for what never came. */
  readonly count: number
  /** How often it could have come. */
  readonly of: number
  /** Where it was seen first; of what never came, where it could have been. */
  readonly example: FirstSeen
  readonly place?: Place
  /** What an overlay would say about it. */
  readonly overlayActions?: readonly Action[]
}

/** Values that are needed before they tell anything: about formats, about types. */
const enough = { format: 3, type: 20 }

/** Returns the drift that the traffic shows, by place: each difference once. */
export function driftOf(traffic: Traffic, locate: Locate): readonly Drift[] {
  return [...traffic.schemas.values()].flatMap((stats) => {
    const found = [
      ...undocumentedDrift(stats),
      ...unseenDrift(stats, traffic),
      ...wordDrift(stats),
      ...nullDrift(stats),
      ...formatDrift(stats),
      ...typeDrift(stats),
    ]
    return found.map((drift): Drift => {
      const place = locate(drift.schema)
      return { ...drift, ...(place && { place }) }
    })
  })
}

type Found = Omit<Drift, 'place'>

const objectsOf = ({ types: seen }: SchemaStats): number => seen.get('object')?.count ?? 0

const undocumentedDrift = (stats: SchemaStats): Found[] =>
  [...stats.undocumented].map(([name, { count, example, inferred }]) => ({
    kind: 'unknown-field',
    schema: stats.part.pointer,
    says: `"${name}" is not documented`,
    count,
    of: objectsOf(stats),
    example,
    overlayActions: addProperty(stats.part.pointer, name, writtenSchema(inferred)),
  }))

function unseenDrift(stats: SchemaStats, { schemas, walker }: Traffic): Found[] {
  const {
    pointer,
    schema: { properties },
  } = stats.part
  const count = objectsOf(stats)
  if (!isObject(properties) || count === 0) return []
  return Object.keys(properties).flatMap((name): Found[] => {
    const place = join(pointer, 'properties', name)
    if (schemas.has(place) || walker.node(place).parts.some(({ schema }) => schema.writeOnly === true)) return []
    return [
      {
        kind: 'unseen-field',
        schema: place,
        says: `"${name}" never came`,
        count: 0,
        of: count,
        example: stats.types.get('object')?.example ?? stats.example,
      },
    ]
  })
}

function wordDrift({ part: { pointer, schema }, words: seen, example }: SchemaStats): Found[] {
  if (!Array.isArray(schema.enum)) return []
  const known = (schema.enum as unknown[]).filter((word) => word !== null).map((word) => JSON.stringify(word))
  const of = [...seen.values()].reduce((sum, { count }) => sum + count, 0)
  const strange = [...seen]
    .filter(([word]) => !known.includes(word))
    .map(([word, { count, example: first }]): Found => ({
      kind: 'new-word',
      schema: pointer,
      says: `${shownJson(JSON.parse(word))} is not among the documented words`,
      count,
      of,
      example: first,
      overlayActions: addWord(pointer, JSON.parse(word)),
    }))
  const missing = of === 0 ? [] : known.filter((word) => !seen.has(word))
  return missing.length === 0
    ? strange
    : [
        ...strange,
        { kind: 'unseen-word', schema: pointer, says: `${severalWords(missing)} never came`, count: 0, of, example },
      ]
}

const few = 5

const severalWords = (words: readonly string[]): string =>
  `${words.slice(0, few).join(', ')}${words.length > few ? ` and ${words.length - few} more` : ''}`

const nullDrift = ({ part: { pointer, schema }, nulls: found, seen }: SchemaStats): Found[] =>
  found
    ? [
        {
          kind: 'null',
          schema: pointer,
          says: 'null came, which is not documented',
          count: found.count,
          of: seen,
          example: found.example,
          overlayActions: addNull(pointer, schema),
        },
      ]
    : []

function formatDrift({ part: { pointer }, formats: held, types: seen, example }: SchemaStats): Found[] {
  const [format] = held ?? []
  const texts = seen.get('string')
  if (format === undefined || !texts || texts.count < enough.format) return []
  return [
    {
      kind: 'format',
      schema: pointer,
      says: `every text is ${format === 'email' ? 'an' : 'a'} ${format}`,
      count: texts.count,
      of: texts.count,
      example: texts.example ?? example,
      overlayActions: addFormat(pointer, format),
    },
  ]
}

function typeDrift({ part: { pointer, schema }, types: seen, seen: of, example }: SchemaStats): Found[] {
  const stated = [schema.type].flat().filter((type): type is string => typeof type === 'string')
  if (of < enough.type) return []
  const came = (type: string): boolean => seen.has(type) || (type === 'number' && seen.has('integer'))
  const missing = stated.length > 1 ? stated.filter((type) => !came(type)) : []
  const whole = stated.includes('number') && !stated.includes('integer') && !seen.has('number') && seen.has('integer')
  const says = [
    ...missing.map((type) => `${type === 'null' ? 'null' : `a value of type ${type}`} never came`),
    ...(whole ? ['every number is whole'] : []),
  ]
  return says.map((sentence) => ({ kind: 'type', schema: pointer, says: sentence, count: 0, of, example }))
}

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
const listKeywords = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems', 'parameters', 'enum', 'type'])

/** Returns a pointer into a document as JSONPath: `$.components.schemas.Invoice.properties['due-date']`. */
function pathOf(pointer: Pointer): string {
  const steps = split(pointer)
  return steps.reduce((path, step, index) => {
    if (/^\d+$/.test(step) && listKeywords.has(steps[index - 1] ?? '') && steps[index - 2] !== 'properties')
      return `${path}[${step}]`
    if (/^[A-Za-z_]\w*$/.test(step)) return `${path}.${step}`
    return `${path}[${literal(step)}]`
  }, '$')
}

const seenInAnswers = 'Seen in answers.'

/** Documents a property. */
const addProperty = (object: Pointer, name: string, schema: Readonly<Record<string, unknown>>): readonly Action[] => [
  { target: pathOf(object), update: { properties: { [name]: { ...schema, description: seenInAnswers } } } },
]

/** Documents a word of an enum. */
const addWord = (schema: Pointer, word: unknown): readonly Action[] => [
  { target: `${pathOf(schema)}.enum`, update: word },
]

/** Documents a format. */
const addFormat = (schema: Pointer, format: string): readonly Action[] => [
  { target: pathOf(schema), update: { format } },
]

/** Documents that a value may be null, in the way that its schema allows. */
function addNull(pointer: Pointer, schema: Readonly<Record<string, unknown>>): readonly Action[] {
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
