import { isObject, patternOf } from '../../spec/index.ts'
import type { SchemaObject } from '../../spec/index.ts'
import { hashText } from '../random.ts'
import type { Random } from '../random.ts'
import { nothing } from './alternative.ts'
import type { Alternative, Run } from './alternative.ts'
import type { Form } from './form.ts'
import { inventNames, knownNames, matching, mayBear, memberSpots } from './members.ts'
import type { Plan, Planner } from './plan.ts'
import { describe } from './rules.ts'
import type { Spot } from './spot.ts'
import type { Trail } from './trail.ts'

/** Objects that must have more members than this are refused. */
const most = 1_000
/** How often an optional property is there; one that is deprecated is rarer. */
const usual = 0.8
const deprecated = 0.3
const present = hashText('present')

interface Member {
  readonly name: string
  /** What the draws of it are keyed by: the hash of its name. */
  readonly key: number
  readonly plan: Plan
  readonly required: boolean
  /** Names that must be there if this one is. */
  readonly needs: readonly string[]
  /** How often it is there where it may be missing. */
  readonly chance: (trail: Trail) => number
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

/** Returns the way to make objects that keep to a form, if it leaves one. */
export function compileObject(
  planner: Planner,
  goal: readonly Spot[],
  form: Form,
  weight: number,
): Alternative | undefined {
  const layout = layoutOf(planner, form)
  if (!layout) return undefined
  const required = [...layout.members.values()].filter((member) => member.required)
  const others = [...layout.members.values(), ...layout.spare].filter((member) => !member.required)
  const height = (): number => {
    const own = Math.max(0, ...required.map(({ plan }) => plan.height))
    const missing = layout.min - required.length
    if (missing <= 0) return 1 + own
    const free = others
      .map(({ name, plan }) => heightWith(layout.members, name, plan))
      .sort((left, right) => left - right)
    return 1 + Math.max(own, free[missing - 1] ?? Infinity)
  }
  const suggested = layout.open ? planner.suggested(form, goal) : undefined
  const draw = (random: Random, trail: Trail, run: Run): unknown => {
    const value = suggested && !run.lean ? suggested(random, trail) : nothing
    return value === nothing ? drawObject(planner, layout, random, trail, run) : value
  }
  const exact = form.exact && form.excluded.length === 0
  return {
    kind: 'object',
    rules: describe(form, 'object'),
    weight,
    exact,
    needs: required.map(({ plan }) => plan),
    height,
    draw,
  }
}

function drawObject(planner: Planner, layout: Layout, random: Random, trail: Trail, run: Run): unknown {
  const chosen = chooseMembers(layout, random, trail, run)
  if (!chosen) return nothing
  const value: Record<string, unknown> = {}
  for (const member of chosen) {
    const drawn = planner.draw(member.plan, random.at(member.key), trail.below(member.name), run)
    if (drawn !== nothing) define(value, member.name, drawn)
    else if (member.required) return nothing
  }
  return value
}

/** The required members, optional ones as the run has it, and as many more as must be; in the order they are declared. */
function chooseMembers(layout: Layout, random: Random, trail: Trail, run: Run): Member[] | undefined {
  const { members, spare, min, max, open } = layout
  if (layout.isFree) {
    const chosen: Member[] = []
    for (const member of members.values())
      if (member.required || isWanted(member, random, trail, run)) chosen.push(member)
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
    if (!present.has(member.name) && isWanted(member, random, trail, run)) add(member)
  // An object that says nothing is nowhere to be seen.
  if (present.size === 0 && run.optional === 'realistic' && !run.lean) {
    const likeliest = [...members.values()]
      .filter(({ plan }) => plan.height < Infinity)
      .toSorted((left, right) => right.chance(trail.below(right.name)) - left.chance(trail.below(left.name)))[0]
    if (likeliest) add(likeliest)
  }
  if (present.size < min)
    for (const member of flattest(members.values())) if (present.size < min && !present.has(member.name)) add(member)
  const more = Math.max(
    min - present.size,
    open && !run.lean ? Math.min(random.at('members').int(1, 3), max - present.size) : 0,
  )
  const extra = more > 0 ? flattest(spare).slice(0, more) : []
  if (present.size + extra.length < min) return undefined
  return [...[...members.values()].filter(({ name }) => present.has(name)), ...extra]
}

/** Members that have a value, those that nest least first. */
const flattest = (list: Iterable<Member>): Member[] =>
  [...list].filter(({ plan }) => plan.height < Infinity).sort((left, right) => left.plan.height - right.plan.height)

/** `__proto__` is a name like any other. */
function define(value: Record<string, unknown>, name: string, member: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(value, name, { value: member, enumerable: true, configurable: true, writable: true })
  else value[name] = member
}

function isWanted({ name, key, plan, chance }: Member, random: Random, trail: Trail, { optional, lean }: Run): boolean {
  if (plan.height === Infinity || optional === 'none' || (lean && plan.height > 0)) return false
  return optional === 'all' || random.at(key).at(present).float() < chance(trail.below(name))
}

/** How deep a member nests with those that come with it. */
function heightWith(members: ReadonlyMap<string, Member>, name: string, plan: Plan): number {
  if (!members.has(name)) return plan.height
  const all = closure(members, name, new Set())
  return all ? Math.max(...[...all].map((each) => members.get(each)?.plan.height ?? Infinity)) : Infinity
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
    if (!member || member.plan.height === Infinity) return undefined
    found.add(next)
    todo.push(...member.needs)
  }
  return found
}

function layoutOf(planner: Planner, form: Form): Layout | undefined {
  const { objects } = form
  const wanted = wantedNames(planner, form)
  if (!wanted || objects.min > most || objects.required.size > objects.max) return undefined
  const known = knownNames(form)
  for (const name of wanted.keys()) known.add(name)
  const needsOf = (name: string): string[] =>
    objects.dependents.filter(([trigger]) => trigger === name).flatMap(([, needs]) => needs)
  const member = (name: string): Member => {
    const goal = memberSpots(planner, form, name, wanted.get(name))
    const required = objects.required.has(name) || wanted.has(name)
    return {
      name,
      key: hashText(name),
      plan: planner.plan(goal),
      required,
      needs: needsOf(name),
      chance: planner.presence(goal) ?? (() => (goal.some(isDeprecated) ? deprecated : usual)),
    }
  }
  const bearable = [...known].filter(
    (name) => mayBear(planner, form, name) && (!objects.hidden.has(name) || objects.required.has(name)),
  )
  if ([...objects.required].some((name) => !bearable.includes(name))) return undefined
  const declared = objects.layers.some(({ spot }) => isObject((spot.schema as SchemaObject).properties))
  const open = !declared && objects.layers.length > 0
  const count = Math.max(objects.min, open ? 3 : 0)
  const spare = (count > 0 ? inventNames(planner, form, known, count) : []).map((name) => ({
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

const isDeprecated = ({ schema }: Spot): boolean => typeof schema === 'object' && schema.deprecated === true

/** Finds names for members that a negation asks for; `undefined` where there is none. */
function wantedNames(planner: Planner, form: Form): ReadonlyMap<string, readonly Spot[]> | undefined {
  const found = new Map<string, readonly Spot[]>()
  for (const { pattern, outside, spot } of form.objects.wanted) {
    const taken = new Set([...knownNames(form), ...found.keys()])
    const names = pattern === undefined ? inventNames(planner, form, taken, 4) : matching(pattern, 4)
    const free = (name: string): boolean => !outside || !isNamed(outside, name)
    const name = names.find((candidate) => mayBear(planner, form, candidate) && free(candidate))
    if (name === undefined) return undefined
    found.set(name, [...(found.get(name) ?? []), spot])
  }
  return found
}

function isNamed({ schema }: Spot, name: string): boolean {
  const { properties, patternProperties } = schema as SchemaObject
  if (isObject(properties) && Object.hasOwn(properties, name)) return true
  return isObject(patternProperties) && Object.keys(patternProperties).some((pattern) => patternOf(pattern).test(name))
}
