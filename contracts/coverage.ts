// Computes how much of a document a run has exercised.

import { isObject, join, replyFor } from '../spec/index.ts'
import type { Model, Operation, Pointer } from '../spec/index.ts'
import type { SchemaPart, SchemaWalker } from './schema-walk.ts'
import type { Traffic } from './traffic.ts'

/** What is counted. */
export const coverageKinds = ['operations', 'parameters', 'statuses', 'fields', 'words', 'laws'] as const
export type CoverageKind = (typeof coverageKinds)[number]

/** How much of one kind was exercised. */
export interface Covered {
  readonly kind: CoverageKind
  readonly covered: number
  readonly of: number
  /** Percent, rounded down to a tenth; 100 where there is nothing to exercise. */
  readonly percent: number
  /** What was left out, in the order of the document. */
  readonly missing: readonly string[]
}

/** What a run has exercised, besides what the traffic shows. */
export interface Exercised {
  /** By operation: statuses answered. */
  readonly statuses: ReadonlyMap<string, ReadonlyMap<number, number>>
  /** By operation: names of the parameters sent. */
  readonly parameters: ReadonlyMap<string, ReadonlySet<string>>
  /** By code of the law: objects judged. */
  readonly laws: readonly { readonly code: string; readonly applied: number }[]
}

/** Returns how much of a document a run has exercised, a figure for each kind. */
export function coverageOf(
  model: Model,
  traffic: Traffic,
  { statuses, parameters, laws }: Exercised,
): readonly Covered[] {
  const { operations, lost } = model
  const answered = (operation: Operation): number[] =>
    [...(statuses.get(operation.id)?.keys() ?? [])].filter((status) => status > 0)
  const places = reachableSchemas(repliesOf(model), traffic.walker)
  const reachable = new Set(places.map(({ pointer }) => pointer))
  const words = places.filter(({ schema }) => Array.isArray(schema.enum))
  return [
    count(
      'operations',
      [...operations, ...lost].map((operation) => [operation.id, answered(operation).length > 0]),
    ),
    count(
      'parameters',
      operations.flatMap((operation) =>
        operation.parameters.map(
          ({ name }) => [`${operation.id} ${name}`, parameters.get(operation.id)?.has(name) ?? false] as const,
        ),
      ),
    ),
    count(
      'statuses',
      operations.flatMap((operation) =>
        operation.replies.map(
          ({ status }) =>
            [
              `${operation.id} ${status}`,
              answered(operation).some((code) => replyFor(operation, code)?.status === status),
            ] as const,
        ),
      ),
    ),
    count(
      'fields',
      places.flatMap(({ pointer, schema }) =>
        namesOf(schema)
          .map((name) => join(pointer, 'properties', name))
          .filter((place) => reachable.has(place))
          .map((place) => [place, traffic.schemas.has(place)] as const),
      ),
    ),
    count(
      'words',
      words.flatMap(({ pointer, schema }) =>
        (schema.enum as unknown[]).map(
          (word) => [`${pointer} ${JSON.stringify(word)}`, cameAt(traffic, pointer, word)] as const,
        ),
      ),
    ),
    count(
      'laws',
      laws.map(({ code, applied }) => [code, applied > 0]),
    ),
  ]
}

/** Returns the kinds that fall short of what is asked, as sentences. */
export const shortOf = (
  coverage: readonly Covered[],
  least: Readonly<Partial<Record<CoverageKind, number>>>,
): readonly string[] =>
  coverage.flatMap(({ kind, covered, of, percent }) => {
    const wanted = least[kind]
    return wanted !== undefined && percent < wanted
      ? [`Coverage of ${kind} is ${percent} % (${covered} of ${of}): expected at least ${wanted} %.`]
      : []
  })

function count(kind: CoverageKind, items: readonly (readonly [name: string, isCovered: boolean])[]): Covered {
  const missing = items.filter(([, isCovered]) => !isCovered).map(([name]) => name)
  const covered = items.length - missing.length
  return {
    kind,
    covered,
    of: items.length,
    percent: items.length === 0 ? 100 : Math.floor((covered * 1000) / items.length) / 10,
    missing,
  }
}

const repliesOf = ({ operations }: Model): readonly Pointer[] =>
  operations.flatMap(({ replies: documented }) =>
    documented.flatMap(({ content }) => content.flatMap(({ schema }) => schema ?? [])),
  )

const namesOf = ({ properties }: Readonly<Record<string, unknown>>): string[] =>
  isObject(properties) ? Object.keys(properties) : []

function cameAt({ schemas }: Traffic, pointer: Pointer, word: unknown): boolean {
  const stats = schemas.get(pointer)
  return word === null ? (stats?.types.has('null') ?? false) : (stats?.words.has(JSON.stringify(word)) ?? false)
}

/** Returns every schema that a body under some schemas can reach, each once, in the order of the document; what is only written is left out. */
function reachableSchemas(starts: readonly Pointer[], walker: SchemaWalker): readonly SchemaPart[] {
  const visited = new Set<Pointer>()
  const found = new Map<Pointer, SchemaPart>()
  const open = [...starts].reverse()
  for (let pointer = open.pop(); pointer !== undefined; pointer = open.pop()) {
    if (visited.has(pointer)) continue
    visited.add(pointer)
    const { parts, choices, properties, patterns, others, items, prefix } = walker.node(pointer)
    if (parts.some(({ schema }) => schema.writeOnly === true)) continue
    for (const part of parts) found.set(part.pointer, part)
    const next = [
      ...choices.flatMap(({ branches }) => branches),
      ...[...properties.values()].flat(),
      ...patterns.map(([, place]) => place),
      ...(others === undefined ? [] : [others]),
      ...(items === undefined ? [] : [items]),
      ...prefix,
    ]
    open.push(...next.reverse())
  }
  return [...found.values()]
}
