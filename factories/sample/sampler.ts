import { engineOf, Failure, failure, isObject, join } from '../../spec/index.ts'
import type { Document, Locate, Pointer, SchemaObject } from '../../spec/index.ts'
import { hashText } from '../random.ts'
import type { Random } from '../random.ts'
import { nothing } from './alternative.ts'
import type { Run } from './alternative.ts'
import { createCircleCheck } from './circle.ts'
import { createExaminer, testerOf } from './evaluate.ts'
import type { Examiner } from './evaluate.ts'
import { openLibrary } from './library.ts'
import type { Planner } from './plan.ts'
import { placeOf } from './place.ts'
import { createPlans } from './planner.ts'
import { refusal } from './refusal.ts'
import { createSpots } from './spot.ts'
import type { Spot, Spots } from './spot.ts'
import { Trail } from './trail.ts'
import { createVet } from './vet.ts'
import type { VetOptions } from './vet.ts'

/** Makes valid values of one schema. */
export interface Sampler {
  /** Returns a value that satisfies the schema; the same source gives the same value. */
  sample(random: Random): unknown
  /** Tells whether a value satisfies the schema, formats included. */
  accepts(value: unknown): boolean
}

/** A value without members or items that a name may tell something about. */
export interface Leaf {
  /** Name of the property it is the value of, or an item of. */
  readonly name: string
  /** Names of the properties above, outermost first. */
  readonly parents: readonly string[]
  /** What its schemas say together; outer ones win. */
  readonly schema: SchemaObject
}

/** How values are made. */
export interface SamplerOptions extends VetOptions {
  /** Which optional properties are there; by default as often as real data has them. */
  readonly optional?: 'all' | 'none' | 'realistic'
  /** Gives a source of values for a leaf, or has no opinion. A value is used only if it satisfies the schema. */
  readonly suggest?: (leaf: Leaf) => ((random: Random) => unknown) | undefined
  /** Returns how often an optional property is there, from 0 to 1, where values are realistic. */
  readonly presence?: (leaf: Leaf) => number
  /** Leaves out what only travels the other way: `readOnly` properties of a request, `writeOnly` ones of a response. */
  readonly direction?: 'request' | 'response'
  readonly locate?: Locate
  /** Other documents that references may lead to, by URI. */
  readonly documents?: Readonly<Record<string, unknown>>
}

/** Where the value of a sampler will stand, for suggestions. */
export interface Standing {
  readonly name?: string
  readonly parents?: readonly string[]
}

/** Values drawn in one sample before only what must be there is drawn. */
const roomy = 3_000

/**
 * Returns a maker of samplers for a document. Samplers of one maker share their plans.
 * @throws Failure, from the maker, for a schema that nothing satisfies, a pattern that may never end, an unknown keyword, or a
 * ring of required references; with file, line and pointer.
 */
export function createSamplers(
  document: Document | boolean,
  options: SamplerOptions = {},
): (pointer: Pointer, standing?: Standing) => Sampler {
  const spots = createSpots(openLibrary(document, options.documents, options.locate))
  const examiner = createExaminer(spots, hiding(spots, options.direction))
  const [vet, checkCircle] = [createVet(options), createCircleCheck(spots, options.locate)]
  const meet = (spot: Spot): void => {
    vet(spot)
    checkCircle(spot)
  }
  const { planner, settled } = createPlans({
    examiner,
    meet,
    suggested: suggesting(examiner, options.suggest),
    presence: appearing(examiner, options.presence),
  })
  return (pointer, { name = '', parents = [] } = {}) => {
    const spot = spots.root(pointer)
    const plan = settled([spot])
    if (plan.height === Infinity) throw refusal(plan, pointer, options.locate)
    const trail = Trail.of(name, parents)
    const judged = judging(document, pointer, options)
    const draw = (random: Random, run: Run): unknown => planner.draw(plan, random, trail, run)
    return {
      sample(random) {
        for (let attempt = 0; attempt < attempts; attempt++) {
          const run = { optional: options.optional ?? 'realistic', lean: false, left: roomy, depth: 0, unsure: false }
          const value = draw(attempt === 0 ? random : random.at(`verdict ${attempt}`), run)
          if (!run.unsure || judged(value) !== false) return value
        }
        throw failure(`sample ${placeOf(pointer, options.locate)}`, {
          expected: 'a value that satisfies the schema',
          received: `none in ${attempts} attempts`,
        })
      },
      accepts: (value) => judged(value) ?? examiner.accepts(spot, value),
    }
  }
}

/** Values drawn before a schema is given up whose values the engine refuses. */
const attempts = 10

/** Returns the engine's verdict on values of a schema; `undefined` where it has none: for schemas beyond it, and where no code may be made. */
function judging(
  document: Document | boolean,
  pointer: Pointer,
  { direction, documents }: SamplerOptions,
): (value: unknown) => boolean | undefined {
  if (typeof document === 'boolean' || documents) return () => undefined
  const check = engineOf(document, { ...(direction && { direction }) }).at(pointer)
  return (value) => {
    try {
      return check.isReady() ? check.accepts(value) : undefined
    } catch (error) {
      if (error instanceof Failure) return undefined
      throw error
    }
  }
}

/**
 * Returns the sampler of one schema of a document.
 * @throws Failure as `createSamplers` says.
 * @example compileSampler(document, '/components/schemas/Invoice').sample(Random.of(7))
 */
export const compileSampler = (document: Document | boolean, pointer: Pointer, options?: SamplerOptions): Sampler =>
  createSamplers(document, options)(pointer)

/** Follows references to find whether a property travels at all in a direction. */
function hiding(spots: Spots, direction: SamplerOptions['direction']): (spot: Spot, name: string) => boolean {
  if (!direction) return () => false
  const keyword = direction === 'request' ? 'readOnly' : 'writeOnly'
  const marked = (spot: Spot, depth: number): boolean => {
    const { schema } = spot
    if (typeof schema === 'boolean' || depth > 8) return false
    if (schema[keyword] === true) return true
    return typeof schema.$ref === 'string' && marked(spots.follow(spot, schema.$ref), depth + 1)
  }
  const declares = (spot: Spot, name: string, depth: number): boolean => {
    const { schema } = spot
    if (typeof schema === 'boolean' || depth > 8) return false
    if (isObject(schema.properties) && Object.hasOwn(schema.properties, name))
      return marked(spots.child(spot, join('/properties', name)), 0)
    if (typeof schema.$ref === 'string' && declares(spots.follow(spot, schema.$ref), name, depth + 1)) return true
    return (
      Array.isArray(schema.allOf) &&
      schema.allOf.some((_, index) => declares(spots.child(spot, join('/allOf', index)), name, depth + 1))
    )
  }
  return (spot, name) => declares(spot, name, 0)
}

/** Asks how often each property is there once. */
function appearing({ spots }: Examiner, presence: SamplerOptions['presence']): Planner['presence'] {
  if (!presence) return () => undefined
  return (goal) => {
    let schema: SchemaObject | undefined
    const known = new WeakMap<Trail, number>()
    return (trail) => {
      schema ??= Object.assign({}, ...goal.flatMap((spot) => schemasAt(spots, spot)).toReversed()) as SchemaObject
      const chance = known.get(trail) ?? presence({ name: trail.name, parents: trail.parents(), schema })
      known.set(trail, chance)
      return chance
    }
  }
}

/** What a spot says of itself and by reference, outer words first. */
function schemasAt(spots: Spots, spot: Spot, depth = 0): SchemaObject[] {
  const { schema, denied } = spot
  if (typeof schema === 'boolean' || denied) return []
  return [
    schema,
    ...(typeof schema.$ref === 'string' && depth < 8
      ? schemasAt(spots, spots.follow(spot, schema.$ref), depth + 1)
      : []),
  ]
}

const suggestion = hashText('suggestion')

/** Asks for the opinion on each leaf once. */
function suggesting(examiner: Examiner, suggest: SamplerOptions['suggest']): Planner['suggested'] {
  if (!suggest) return () => () => nothing
  return ({ schemas }, goal) => {
    const schema: SchemaObject = Object.assign({}, ...[...schemas].reverse())
    const known = new Map<Trail, ((random: Random) => unknown) | undefined>()
    const accepts = testerOf(examiner, goal)
    return (random, trail) => {
      let draw = known.get(trail)
      if (!draw && !known.has(trail))
        known.set(trail, (draw = suggest({ name: trail.name, parents: trail.parents(), schema })))
      const value = draw?.(random.at(suggestion))
      return value !== undefined && accepts(value) ? value : nothing
    }
  }
}
