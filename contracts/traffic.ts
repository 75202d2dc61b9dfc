// Collects statistics of the values that answers had under each schema.

import { join, isObject, hasFormat } from '../spec/index.ts'
import type { Document, Pointer } from '../spec/index.ts'
import type { Conformance } from './conformance.ts'
import { jsonTypeOf, SchemaWalker } from './schema-walk.ts'
import type { SchemaPart, Path } from './schema-walk.ts'

/** Where something was seen first. */
export interface FirstSeen {
  /** `GET /v1/invoices?limit=5`; credentials are masked. */
  readonly request: string
  /** In the body. */
  readonly pointer: Pointer
}

/** How often something was seen, and where first. */
interface Tally {
  count: number
  readonly example: FirstSeen
}

/** What was seen of the values under one schema. */
export interface SchemaStats {
  readonly part: SchemaPart
  seen: number
  readonly example: FirstSeen
  /** By JSON type. */
  readonly types: Map<string, Tally>
  /** Formats that every text had, where nothing says what the texts look like. */
  formats?: readonly string[]
  /** Words of an enum that came, as JSON; also those it lacks. */
  readonly words: Map<string, Tally>
  /** Nulls that came where this place allows none. */
  nulls?: Tally
  /** Properties that are documented nowhere. */
  readonly undocumented: Map<string, Tally & { readonly inferred: InferredSchema }>
}

/** Everything that came in answers, by the schema it belongs to. */
export interface Traffic {
  readonly schemas: ReadonlyMap<Pointer, SchemaStats>
  readonly walker: SchemaWalker
  /** Takes note of a body. */
  read(schema: Pointer, body: unknown, request: string): void
}

/** A dictionary that is documented as an object would fill memory. */
const mostNames = 200

/** Opens statistics of traffic in which nothing has been seen. */
export function openTraffic(document: Document, { fits }: Pick<Conformance, 'fits'>): Traffic {
  const schemas = new Map<Pointer, SchemaStats>()
  const walker = new SchemaWalker(document, fits)

  function read(schema: Pointer, body: unknown, request: string): void {
    const exampleAt = (path: Path): FirstSeen => ({ request, pointer: join('', ...path) })
    const statsOf = (part: SchemaPart, path: Path): SchemaStats => {
      const known = schemas.get(part.pointer)
      if (known) return known
      const made: SchemaStats = {
        part,
        seen: 0,
        example: exampleAt(path),
        types: new Map(),
        words: new Map(),
        undocumented: new Map(),
      }
      schemas.set(part.pointer, made)
      return made
    }
    walker.walk(schema, body, {
      value(parts, value, path, starts) {
        const type = jsonTypeOf(value)
        for (const part of parts) {
          const stats = statsOf(part, path)
          stats.seen++
          const tally = stats.types.get(type)
          // Bodies have a great many values: functions and examples are made for the first of a sort only.
          if (tally) tally.count++
          else stats.types.set(type, { count: 1, example: exampleAt(path) })
          if (Array.isArray(part.schema.enum) && value !== null)
            tallyWord(stats.words, JSON.stringify(value), () => exampleAt(path))
        }
        if (value === null) for (const start of starts) noteNull(schemas.get(start), () => exampleAt(path))
        const plain = typeof value === 'string' ? plainText(parts) : undefined
        const stats = plain && schemas.get(plain.pointer)
        if (stats) stats.formats = formatsOf(value as string, stats.formats)
      },
      undocumented(owner, name, value, path) {
        const { undocumented } = statsOf(owner, path.slice(0, -1))
        const known = undocumented.get(name) ?? { count: 0, example: exampleAt(path), inferred: emptySchema() }
        if (undocumented.size < mostNames) undocumented.set(name, known)
        known.count++
        learnFrom(known.inferred, value)
      },
    })
  }

  function noteNull(stats: SchemaStats | undefined, example: () => FirstSeen): void {
    if (!stats || (!stats.nulls && fits(stats.part.pointer, null))) return
    stats.nulls ??= { count: 0, example: example() }
    stats.nulls.count++
  }

  return { schemas, walker, read }
}

function tallyWord(tallies: Map<string, Tally>, key: string, example: () => FirstSeen): void {
  const known = tallies.get(key)
  if (known) known.count++
  else if (tallies.size < mostNames) tallies.set(key, { count: 1, example: example() })
}

/** Returns the schema that says a value is a text, where none says what sort of text. */
const plainText = (parts: readonly SchemaPart[]): SchemaPart | undefined =>
  parts.some(({ text }) => text === 'told') ? undefined : parts.findLast(({ text }) => text === 'plain')

/** What is known of values that no schema describes. */
export interface InferredSchema {
  seen: number
  readonly types: Set<string>
  formats?: readonly string[]
  readonly properties: Map<string, InferredSchema>
  items?: InferredSchema
}

/** Returns the schema inferred from no value at all. */
const emptySchema = (): InferredSchema => ({ seen: 0, types: new Set(), properties: new Map() })

const deepestLearnt = 6
const mostMembers = 100

/** Takes a value into account; what is nested too deep or has too many members is left open. */
function learnFrom(about: InferredSchema, value: unknown, depth = 0): void {
  about.seen++
  about.types.add(jsonTypeOf(value))
  if (typeof value === 'string') about.formats = formatsOf(value, about.formats)
  if (depth >= deepestLearnt) return
  if (Array.isArray(value)) {
    about.items ??= emptySchema()
    for (const item of value.slice(0, mostMembers)) learnFrom(about.items, item, depth + 1)
  } else if (isObject(value)) {
    for (const [name, inner] of Object.entries(value)) {
      const known = about.properties.get(name) ?? emptySchema()
      if (about.properties.size < mostMembers) about.properties.set(name, known)
      learnFrom(known, inner, depth + 1)
    }
  }
}

/** Returns the JSON Schema of all values that were observed; empty where they show no type. */
export function writtenSchema(about: InferredSchema): Record<string, unknown> {
  const types = [...about.types]
    .filter((type) => type !== 'integer' || !about.types.has('number'))
    .sort((left, right) => Number(left === 'null') - Number(right === 'null'))
  if (types.length === 0 || (types.length === 1 && types[0] === 'null')) return {}
  const format = types.includes('string') ? about.formats?.[0] : undefined
  return {
    type: types.length === 1 ? types[0] : types,
    ...(format !== undefined && { format }),
    ...(about.properties.size > 0 && {
      properties: Object.fromEntries([...about.properties].map(([name, inner]) => [name, writtenSchema(inner)])),
    }),
    ...(about.items && { items: writtenSchema(about.items) }),
  }
}

/** Formats worth learning; none is part of another. */
const learntFormats: readonly string[] = ['date-time', 'date', 'uuid', 'email', 'uri']

/** Returns those of the formats that a text has, too; all formats are tried where none is given. */
const formatsOf = (text: string, formats: readonly string[] = learntFormats): readonly string[] =>
  formats.length === 0 ? formats : formats.filter((format) => hasFormat(format, text))
