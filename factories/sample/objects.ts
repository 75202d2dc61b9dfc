// Makes objects that keep to a conjunction: which properties are there, under which names, with which schemas.

import { hashText, Random } from '../random.ts'
import { isObject, join, patternOf } from '../../spec/index.ts'
import type { SchemaObject } from '../../spec/index.ts'
import { describeConjunction } from './conjunction.ts'
import type { Conjunction } from './conjunction.ts'
import { compileText } from './pattern-text.ts'
import { nothing } from './strategy.ts'
import type { Alternative, DrawState, PropertyPath, Strategies, Strategy } from './strategy.ts'
import type { Subschema } from './subschema.ts'

/** Objects that must have more members than this are refused. */
const mostMembers = 1_000
/** How often an optional property is there; one that is deprecated is rarer. */
const usual = 0.8
const deprecated = 0.3
const present = hashText('present')

interface Member {
  readonly name: string
  /** What the draws of it are keyed by: the hash of its name. */
  readonly key: number
  readonly strategy: Strategy
  readonly required: boolean
  /** Names that must be there if this one is. */
  readonly needs: readonly string[]
  /** How often it is there where it may be missing. */
  readonly chance: (path: PropertyPath) => number
}

/** Members by name, in the order they are written; and those of invented names, taken where more are needed. */
interface Layout {
  readonly members: ReadonlyMap<string, Member>
  readonly spare: readonly Member[]
  readonly min: number
  readonly max: number
  /** Whether spare members are what the object is for: a map. */
  readonly open: boolean
  /** Whether any of its members may be there or not, whatever the others do. */
  readonly isFree: boolean
}

/** Returns the way to make objects that keep to a conjunction, if it leaves one. */
export function compileObject(
  strategies: Strategies,
  goal: readonly Subschema[],
  conjunction: Conjunction,
  weight: number,
): Alternative | undefined {
  const layout = layoutOf(strategies, conjunction)
  if (!layout) return undefined
  const required = [...layout.members.values()].filter((member) => member.required)
  const others = [...layout.members.values(), ...layout.spare].filter((member) => !member.required)
  const height = (): number => {
    const own = Math.max(0, ...required.map(({ strategy }) => strategy.height))
    const missing = layout.min - required.length
    if (missing <= 0) return 1 + own
    const free = others
      .map(({ name, strategy }) => heightWith(layout.members, name, strategy))
      .sort((left, right) => left - right)
    return 1 + Math.max(own, free[missing - 1] ?? Infinity)
  }
  const suggestionFor = layout.open ? strategies.suggestionFor(conjunction, goal) : undefined
  const draw = (random: Random, path: PropertyPath, state: DrawState): unknown => {
    const value = suggestionFor && !state.minimal ? suggestionFor(random, path) : nothing
    return value === nothing ? drawObject(strategies, layout, random, path, state) : value
  }
  const exact = conjunction.exact && conjunction.excluded.length === 0
  return {
    type: 'object',
    rules: describeConjunction(conjunction, 'object'),
    weight,
    exact,
    needs: required.map(({ strategy }) => strategy),
    height,
    draw,
  }
}

function drawObject(
  strategies: Strategies,
  layout: Layout,
  random: Random,
  path: PropertyPath,
  state: DrawState,
): unknown {
  const chosen = chooseMembers(layout, random, path, state)
  if (!chosen) return nothing
  const value: Record<string, unknown> = {}
  for (const member of chosen) {
    const drawn = strategies.draw(member.strategy, random.at(member.key), path.below(member.name), state)
    if (drawn !== nothing) define(value, member.name, drawn)
    else if (member.required) return nothing
  }
  return value
}

/** The required members, optional ones as the state has it, and as many more as must be; in the order they are declared. */
function chooseMembers(layout: Layout, random: Random, path: PropertyPath, state: DrawState): Member[] | undefined {
  const { members, spare, min, max, open } = layout
  if (layout.isFree) {
    const chosen: Member[] = []
    for (const member of members.values())
      if (member.required || isWanted(member, random, path, state)) chosen.push(member)
    if (chosen.length > 0) return chosen
  }
  const present = new Set<string>()
  const add = (member: Member): boolean => {
    const added = closure(members, member.name, present)
    if (!added || present.size + added.size > max) return false
    for (const name of added) present.add(name)
    return true
  }
  for (const member of members.values()) if (member.required && !add(member)) return undefined
  for (const member of members.values())
    if (!present.has(member.name) && isWanted(member, random, path, state)) add(member)
  // An object that says nothing is nowhere to be seen.
  if (present.size === 0 && state.optional === 'realistic' && !state.minimal) {
    const likeliest = [...members.values()]
      .filter(({ strategy }) => strategy.height < Infinity)
      .toSorted((left, right) => right.chance(path.below(right.name)) - left.chance(path.below(left.name)))[0]
    if (likeliest) add(likeliest)
  }
  if (present.size < min)
    for (const member of flattest(members.values())) if (present.size < min && !present.has(member.name)) add(member)
  const more = Math.max(
    min - present.size,
    open && !state.minimal ? Math.min(random.at('members').int(1, 3), max - present.size) : 0,
  )
  const extra = more > 0 ? flattest(spare).slice(0, more) : []
  if (present.size + extra.length < min) return undefined
  return [...[...members.values()].filter(({ name }) => present.has(name)), ...extra]
}

/** Members that have a value, those that nest least first. */
const flattest = (list: Iterable<Member>): Member[] =>
  [...list]
    .filter(({ strategy }) => strategy.height < Infinity)
    .sort((left, right) => left.strategy.height - right.strategy.height)

/** `__proto__` is a name like any other. */
function define(value: Record<string, unknown>, name: string, member: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(value, name, { value: member, enumerable: true, configurable: true, writable: true })
  else value[name] = member
}

function isWanted(
  { name, key, strategy, chance }: Member,
  random: Random,
  path: PropertyPath,
  { optional, minimal }: DrawState,
): boolean {
  if (strategy.height === Infinity || optional === 'none' || (minimal && strategy.height > 0)) return false
  return optional === 'all' || random.at(key).at(present).float() < chance(path.below(name))
}

/** How deep a member nests with those that come with it. */
function heightWith(members: ReadonlyMap<string, Member>, name: string, strategy: Strategy): number {
  if (!members.has(name)) return strategy.height
  const all = closure(members, name, new Set())
  return all ? Math.max(...[...all].map((each) => members.get(each)?.strategy.height ?? Infinity)) : Infinity
}

/** The names that come with a name, itself included; `undefined` where one of them cannot be. */
function closure(
  members: ReadonlyMap<string, Member>,
  name: string,
  present: ReadonlySet<string>,
): ReadonlySet<string> | undefined {
  const found = new Set<string>()
  const todo = [name]
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (found.has(next) || present.has(next)) continue
    const member = members.get(next)
    if (!member || member.strategy.height === Infinity) return undefined
    found.add(next)
    todo.push(...member.needs)
  }
  return found
}

function layoutOf(strategies: Strategies, conjunction: Conjunction): Layout | undefined {
  const { objects } = conjunction
  const wanted = wantedNames(strategies, conjunction)
  if (!wanted || objects.min > mostMembers || objects.required.size > objects.max) return undefined
  const known = knownNames(conjunction)
  for (const name of wanted.keys()) known.add(name)
  const needsOf = (name: string): string[] =>
    objects.dependents.filter(([trigger]) => trigger === name).flatMap(([, needs]) => needs)
  const member = (name: string): Member => {
    const goal = memberSchemas(strategies, conjunction, name, wanted.get(name))
    const required = objects.required.has(name) || wanted.has(name)
    return {
      name,
      key: hashText(name),
      strategy: strategies.strategy(goal),
      required,
      needs: needsOf(name),
      chance: strategies.presence(goal) ?? (() => (goal.some(isDeprecated) ? deprecated : usual)),
    }
  }
  const bearable = [...known].filter(
    (name) => mayBeNamed(strategies, conjunction, name) && (!objects.hidden.has(name) || objects.required.has(name)),
  )
  if ([...objects.required].some((name) => !bearable.includes(name))) return undefined
  const declared = objects.layers.some(({ subschema }) => isObject((subschema.schema as SchemaObject).properties))
  const open = !declared && objects.layers.length > 0
  const count = Math.max(objects.min, open ? 3 : 0)
  const spare = (count > 0 ? inventNames(strategies, conjunction, known, count) : []).map((name) => ({
    ...member(name),
    required: false,
  }))
  const members = new Map(bearable.map((name) => [name, member(name)]))
  const isFree =
    !open &&
    objects.max === Infinity &&
    objects.min <= objects.required.size &&
    [...members.values()].every(({ needs }) => needs.length === 0)
  return { members, spare, min: objects.min, max: objects.max, open, isFree }
}

const isDeprecated = ({ schema }: Subschema): boolean => typeof schema === 'object' && schema.deprecated === true

/** Finds names for members that a negation asks for; `undefined` where there is none. */
function wantedNames(
  strategies: Strategies,
  conjunction: Conjunction,
): ReadonlyMap<string, readonly Subschema[]> | undefined {
  const found = new Map<string, readonly Subschema[]>()
  for (const { pattern, outside, subschema } of conjunction.objects.wanted) {
    const taken = new Set([...knownNames(conjunction), ...found.keys()])
    const names = pattern === undefined ? inventNames(strategies, conjunction, taken, 4) : matching(pattern, 4)
    const free = (name: string): boolean => !outside || !isNamed(outside, name)
    const name = names.find((candidate) => mayBeNamed(strategies, conjunction, candidate) && free(candidate))
    if (name === undefined) return undefined
    found.set(name, [...(found.get(name) ?? []), subschema])
  }
  return found
}

function isNamed({ schema }: Subschema, name: string): boolean {
  const { properties, patternProperties } = schema as SchemaObject
  if (isObject(properties) && Object.hasOwn(properties, name)) return true
  return isObject(patternProperties) && Object.keys(patternProperties).some((pattern) => patternOf(pattern).test(name))
}

/** Names for members that no schema names. */
const inventedNames = 'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda sigma omega'.split(' ')

/** Returns the schemas that the member of a name must satisfy; extra are those asked for by a negation. */
function memberSchemas(
  { validator }: Strategies,
  { objects }: Conjunction,
  name: string,
  extra: readonly Subschema[] = [],
): Subschema[] {
  const goal: Subschema[] = [...extra, ...(objects.placed.get(name) ?? [])]
  const counted = new Set<number>()
  for (const { subschema, owners } of objects.layers) {
    const paths = pathsOf(subschema.schema as SchemaObject, name)
    if (paths.length > 0) for (const owner of owners) counted.add(owner)
    goal.push(...paths.map((path) => validator.subschemas.child(subschema, path)))
  }
  for (const rest of objects.rests) {
    if (counted.has(rest.owner) || objects.rests.some((other) => other.owners.includes(rest.owner))) continue
    goal.push(rest.subschema)
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
const mayBeNamed = ({ validator }: Strategies, { objects }: Conjunction, name: string): boolean =>
  !objects.absent.has(name) && objects.names.every((subschema) => validator.accepts(subschema, name))

/** Returns names that schemas do not spell out, of which members may be made: by their patterns, by what names must be, or free. */
function inventNames(
  strategies: Strategies,
  conjunction: Conjunction,
  known: ReadonlySet<string>,
  count: number,
): string[] {
  const { objects } = conjunction
  const patterns = objects.layers.flatMap(({ subschema }) =>
    keysOf((subschema.schema as SchemaObject).patternProperties),
  )
  const names = [
    ...patterns.flatMap((pattern) => matching(pattern, Math.min(count, 8))),
    ...(objects.names.length > 0 ? strategies.wordsOf(objects.names, count) : []),
    ...Array.from(
      { length: count + 4 },
      (_, index) => inventedNames[index] ?? `${inventedNames[index % inventedNames.length]}${index}`,
    ),
  ]
  return [...new Set(names)].filter((name) => !known.has(name) && mayBeNamed(strategies, conjunction, name))
}

/** Returns names that match a pattern. */
function matching(pattern: string, count: number): string[] {
  const draw = compileText({ patterns: [pattern], min: 0, max: Infinity })
  const drawn = Array.from({ length: count * 2 }, (_, index) => draw(Random.of(index)))
  return [...new Set(drawn.filter((name) => name !== undefined))].slice(0, count)
}

const keysOf = (value: unknown): string[] => (isObject(value) ? Object.keys(value) : [])

/** Returns the names a conjunction speaks of, in the order of its schemas. */
function knownNames({ objects }: Conjunction): Set<string> {
  const known = new Set<string>()
  for (const { subschema } of objects.layers)
    for (const name of keysOf((subschema.schema as SchemaObject).properties)) known.add(name)
  for (const name of [...objects.required, ...objects.placed.keys()]) known.add(name)
  for (const [name, needs] of objects.dependents) for (const each of [name, ...needs]) known.add(each)
  return known
}
