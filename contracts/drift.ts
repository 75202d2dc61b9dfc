import { isObject, join } from '../spec/index.ts'
import type { Locate, Place, Pointer } from '../spec/index.ts'
import { writtenSchema } from './drift/inferred-schema.ts'
import { addFormat, addNull, addProperty, addWord } from './drift/overlay.ts'
import type { Action } from './drift/overlay.ts'
import type { FirstSeen, SchemaStats, Traffic } from './traffic.ts'
import { show } from './violation.ts'

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
      ...undocumented(stats),
      ...unseen(stats, traffic),
      ...words(stats),
      ...nulls(stats),
      ...formats(stats),
      ...types(stats),
    ]
    return found.map((drift): Drift => {
      const place = locate(drift.schema)
      return { ...drift, ...(place && { place }) }
    })
  })
}

type Found = Omit<Drift, 'place'>

const objectsOf = ({ types: seen }: SchemaStats): number => seen.get('object')?.count ?? 0

const undocumented = (stats: SchemaStats): Found[] =>
  [...stats.undocumented].map(([name, { count, example, inferred }]) => ({
    kind: 'unknown-field',
    schema: stats.part.pointer,
    says: `"${name}" is not documented`,
    count,
    of: objectsOf(stats),
    example,
    overlayActions: addProperty(stats.part.pointer, name, writtenSchema(inferred)),
  }))

function unseen(stats: SchemaStats, { schemas, walker }: Traffic): Found[] {
  const {
    pointer,
    schema: { properties },
  } = stats.part
  const count = objectsOf(stats)
  if (!isObject(properties) || count === 0) return []
  return Object.keys(properties).flatMap((name): Found[] => {
    const place = join(pointer, 'properties', name)
    if (schemas.has(place) || walker.site(place).parts.some(({ schema }) => schema.writeOnly === true)) return []
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

function words({ part: { pointer, schema }, words: seen, example }: SchemaStats): Found[] {
  if (!Array.isArray(schema.enum)) return []
  const known = (schema.enum as unknown[]).filter((word) => word !== null).map((word) => JSON.stringify(word))
  const of = [...seen.values()].reduce((sum, { count }) => sum + count, 0)
  const strange = [...seen]
    .filter(([word]) => !known.includes(word))
    .map(([word, { count, example: first }]): Found => ({
      kind: 'new-word',
      schema: pointer,
      says: `${show(JSON.parse(word))} is not among the documented words`,
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
        { kind: 'unseen-word', schema: pointer, says: `${several(missing)} never came`, count: 0, of, example },
      ]
}

const few = 5

const several = (words: readonly string[]): string =>
  `${words.slice(0, few).join(', ')}${words.length > few ? ` and ${words.length - few} more` : ''}`

const nulls = ({ part: { pointer, schema }, nulls: found, seen }: SchemaStats): Found[] =>
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

function formats({ part: { pointer }, formats: held, types: seen, example }: SchemaStats): Found[] {
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

function types({ part: { pointer, schema }, types: seen, seen: of, example }: SchemaStats): Found[] {
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
