import { isObject, join, patternOf } from '../../spec/index.ts'
import type { SchemaObject } from '../../spec/index.ts'
import type { Form } from './form.ts'
import { compileText } from './pattern/text.ts'
import { Random } from '../random.ts'
import type { Planner } from './plan.ts'
import type { Spot } from './spot.ts'

/** Names for members that no schema names. */
const words = 'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda sigma omega'.split(' ')

/** Returns the schemas that the member of a name must satisfy; extra are those asked for by a negation. */
export function memberSpots(
  { examiner }: Planner,
  { objects }: Form,
  name: string,
  extra: readonly Spot[] = [],
): Spot[] {
  const goal: Spot[] = [...extra, ...(objects.placed.get(name) ?? [])]
  const counted = new Set<number>()
  for (const { spot, owners } of objects.layers) {
    const paths = pathsOf(spot.schema as SchemaObject, name)
    if (paths.length > 0) for (const owner of owners) counted.add(owner)
    goal.push(...paths.map((path) => examiner.spots.child(spot, path)))
  }
  for (const rest of objects.rests) {
    if (counted.has(rest.owner) || objects.rests.some((other) => other.owners.includes(rest.owner))) continue
    goal.push(rest.spot)
  }
  return goal
}

/** Properties and pattern properties of that name, else additional ones. */
function pathsOf(schema: SchemaObject, name: string): string[] {
  const patterns = isObject(schema.patternProperties) ? Object.keys(schema.patternProperties) : []
  const paths = [
    ...(isObject(schema.properties) && Object.hasOwn(schema.properties, name) ? [join('/properties', name)] : []),
    ...patterns
      .filter((pattern) => patternOf(pattern).test(name))
      .map((pattern) => join('/patternProperties', pattern)),
  ]
  return paths.length === 0 && 'additionalProperties' in schema ? ['/additionalProperties'] : paths
}

/** Tells whether a member may bear a name. */
export const mayBear = ({ examiner }: Planner, { objects }: Form, name: string): boolean =>
  !objects.absent.has(name) && objects.names.every((spot) => examiner.accepts(spot, name))

/** Returns names that schemas do not spell out, of which members may be made: by their patterns, by what names must be, or free. */
export function inventNames(planner: Planner, form: Form, known: ReadonlySet<string>, count: number): string[] {
  const { objects } = form
  const patterns = objects.layers.flatMap(({ spot }) => keysOf((spot.schema as SchemaObject).patternProperties))
  const names = [
    ...patterns.flatMap((pattern) => matching(pattern, Math.min(count, 8))),
    ...(objects.names.length > 0 ? planner.wordsOf(objects.names, count) : []),
    ...Array.from({ length: count + 4 }, (_, index) => words[index] ?? `${words[index % words.length]}${index}`),
  ]
  return [...new Set(names)].filter((name) => !known.has(name) && mayBear(planner, form, name))
}

/** Returns names that match a pattern. */
export function matching(pattern: string, count: number): string[] {
  const draw = compileText({ patterns: [pattern], min: 0, max: Infinity })
  const drawn = Array.from({ length: count * 2 }, (_, index) => draw(Random.of(index)))
  return [...new Set(drawn.filter((name) => name !== undefined))].slice(0, count)
}

const keysOf = (value: unknown): string[] => (isObject(value) ? Object.keys(value) : [])

/** Returns the names a form speaks of, in the order of its schemas. */
export function knownNames({ objects }: Form): Set<string> {
  const known = new Set<string>()
  for (const { spot } of objects.layers)
    for (const name of keysOf((spot.schema as SchemaObject).properties)) known.add(name)
  for (const name of [...objects.required, ...objects.placed.keys()]) known.add(name)
  for (const [name, needs] of objects.dependents) for (const each of [name, ...needs]) known.add(each)
  return known
}
