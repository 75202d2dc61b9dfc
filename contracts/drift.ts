import { isObject, join } from '../spec/index.ts'
import type { Locate, Place, Pointer } from '../spec/index.ts'
import { schemaOf } from './drift/guess.ts'
import { addFormat, addNull, addProperty, addWord } from './drift/overlay.ts'
import type { Action } from './drift/overlay.ts'
import type { Example, Sight, Trace } from './trace.ts'
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
  readonly example: Example
  readonly place?: Place
  /** What an overlay would say about it. */
  readonly learnt?: readonly Action[]
}

/** Values that are needed before they tell anything: about formats, about types. */
const enough = { format: 3, type: 20 }

/** Returns the drift that a trace shows, by place: each difference once. */
export function driftOf(trace: Trace, locate: Locate): readonly Drift[] {
  return [...trace.sights.values()].flatMap((sight) => {
    const found = [
      ...strangers(sight),
      ...unseen(sight, trace),
      ...words(sight),
      ...nulls(sight),
      ...formats(sight),
      ...types(sight),
    ]
    return found.map((drift): Drift => {
      const place = locate(drift.schema)
      return { ...drift, ...(place && { place }) }
    })
  })
}

type Found = Omit<Drift, 'place'>

const objectsOf = ({ types: seen }: Sight): number => seen.get('object')?.count ?? 0

const strangers = (sight: Sight): Found[] =>
  [...sight.strangers].map(([name, { count, example, guess }]) => ({
    kind: 'unknown-field',
    schema: sight.layer.pointer,
    says: `"${name}" is not documented`,
    count,
    of: objectsOf(sight),
    example,
    learnt: addProperty(sight.layer.pointer, name, schemaOf(guess)),
  }))

function unseen(sight: Sight, { sights, walker }: Trace): Found[] {
  const {
    pointer,
    schema: { properties },
  } = sight.layer
  const count = objectsOf(sight)
  if (!isObject(properties) || count === 0) return []
  return Object.keys(properties).flatMap((name): Found[] => {
    const place = join(pointer, 'properties', name)
    if (sights.has(place) || walker.site(place).layers.some(({ schema }) => schema.writeOnly === true)) return []
    return [
      {
        kind: 'unseen-field',
        schema: place,
        says: `"${name}" never came`,
        count: 0,
        of: count,
        example: sight.types.get('object')?.example ?? sight.example,
      },
    ]
  })
}

function words({ layer: { pointer, schema }, words: seen, example }: Sight): Found[] {
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
      learnt: addWord(pointer, JSON.parse(word)),
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

const nulls = ({ layer: { pointer, schema }, nulls: found, seen }: Sight): Found[] =>
  found
    ? [
        {
          kind: 'null',
          schema: pointer,
          says: 'null came, which is not documented',
          count: found.count,
          of: seen,
          example: found.example,
          learnt: addNull(pointer, schema),
        },
      ]
    : []

function formats({ layer: { pointer }, formats: held, types: seen, example }: Sight): Found[] {
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
      learnt: addFormat(pointer, format),
    },
  ]
}

function types({ layer: { pointer, schema }, types: seen, seen: of, example }: Sight): Found[] {
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
