// Samplers: they make valid values of a schema, the same for the same source of randomness.

import { engineOf, Failure, failure, isObject, join } from '../../spec/index.ts'
import type { Document, Locate, Pointer, SchemaObject } from '../../spec/index.ts'
import { hashText } from '../random.ts'
import type { Random } from '../random.ts'
import { nothing, PropertyPath } from './strategy.ts'
import type { DrawState, Strategies } from './strategy.ts'
import { createCycleCheck, createKeywordCheck } from './schema-checks.ts'
import { createValidator, testerOf } from './validate.ts'
import type { Validator } from './validate.ts'
import { describePlace, SchemaIndex, Subschemas } from './subschema.ts'
import { StrategyTable, unsatisfiable } from './strategies.ts'
import type { Subschema } from './subschema.ts'
import type { KeywordOptions } from './schema-checks.ts'

/** Makes valid values of one schema. */
export interface Sampler {
  /** Returns a value that satisfies the schema; the same source gives the same value. */
  sample(random: Random): unknown
  /** Tells whether a value satisfies the schema, formats included. */
  accepts(value: unknown): boolean
}

/** A value without members or items that a name may tell something about. */
export interface NamedSchema {
  /** Name of the property it is the value of, or an item of. */
  readonly name: string
  /** Names of the properties above, outermost first. */
  readonly parents: readonly string[]
  /** What its schemas say together; outer ones win. */
  readonly schema: SchemaObject
}

/** How values are made. */
export interface SamplerOptions extends KeywordOptions {
  /** Which optional properties are there; by default as often as real data has them. */
  readonly optional?: 'all' | 'none' | 'realistic'
  /** Gives a source of values for a leaf, or has no opinion. A value is used only if it satisfies the schema. */
  readonly suggest?: (leaf: NamedSchema) => ((random: Random) => unknown) | undefined
  /** Returns how often an optional property is there, from 0 to 1, where values are realistic. */
  readonly presence?: (leaf: NamedSchema) => number
  /** Leaves out what only travels the other way: `readOnly` properties of a request, `writeOnly` ones of a response. */
  readonly direction?: 'request' | 'response'
  readonly locate?: Locate
  /** Other documents that references may lead to, by URI. */
  readonly documents?: Readonly<Record<string, unknown>>
}

/** Where the value of a sampler will stand, for suggestions. */
export interface SchemaName {
  readonly name?: string
  readonly parents?: readonly string[]
}

/** Values drawn in one sample before only what must be there is drawn. */
const roomy = 3_000

/**
 * Returns a maker of samplers for a document. Samplers of one maker share their strategies.
 * @throws Failure, from the maker, for a schema that nothing satisfies, a pattern that may never end, an unknown keyword, or a
 * ring of required references; with file, line and pointer.
 */
export function createSamplers(
  document: Document | boolean,
  options: SamplerOptions = {},
): (pointer: Pointer, standing?: SchemaName) => Sampler {
  const subschemas = new Subschemas(new SchemaIndex(document, options.documents, options.locate))
  const validator = createValidator(subschemas, hiding(subschemas, options.direction))
  const [vet, checkCircle] = [createKeywordCheck(options), createCycleCheck(subschemas, options.locate)]
  const meet = (subschema: Subschema): void => {
    vet(subschema)
    checkCircle(subschema)
  }
  const strategies = new StrategyTable({
    validator,
    meet,
    suggestionFor: suggesting(validator, options.suggest),
    presence: appearing(validator, options.presence),
  })
  return (pointer, { name = '', parents = [] } = {}) => {
    const subschema = subschemas.root(pointer)
    const strategy = strategies.proven([subschema])
    if (strategy.height === Infinity) throw unsatisfiable(strategy, pointer, options.locate)
    const path = PropertyPath.of(name, parents)
    const judged = judging(document, pointer, options)
    const draw = (random: Random, state: DrawState): unknown => strategies.draw(strategy, random, path, state)
    return {
      sample(random) {
        for (let attempt = 0; attempt < attempts; attempt++) {
          const state = {
            optional: options.optional ?? 'realistic',
            minimal: false,
            left: roomy,
            depth: 0,
            unsure: false,
          }
          const value = draw(attempt === 0 ? random : random.at(`verdict ${attempt}`), state)
          if (!state.unsure || judged(value) !== false) return value
        }
        throw failure(`sample ${describePlace(pointer, options.locate)}`, {
          expected: 'a value that satisfies the schema',
          received: `none in ${attempts} attempts`,
        })
      },
      accepts: (value) => judged(value) ?? validator.accepts(subschema, value),
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
function hiding(
  subschemas: Subschemas,
  direction: SamplerOptions['direction'],
): (subschema: Subschema, name: string) => boolean {
  if (!direction) return () => false
  const keyword = direction === 'request' ? 'readOnly' : 'writeOnly'
  const marked = (subschema: Subschema, depth: number): boolean => {
    const { schema } = subschema
    if (typeof schema === 'boolean' || depth > 8) return false
    if (schema[keyword] === true) return true
    return typeof schema.$ref === 'string' && marked(subschemas.follow(subschema, schema.$ref), depth + 1)
  }
  const declares = (subschema: Subschema, name: string, depth: number): boolean => {
    const { schema } = subschema
    if (typeof schema === 'boolean' || depth > 8) return false
    if (isObject(schema.properties) && Object.hasOwn(schema.properties, name))
      return marked(subschemas.child(subschema, join('/properties', name)), 0)
    if (typeof schema.$ref === 'string' && declares(subschemas.follow(subschema, schema.$ref), name, depth + 1))
      return true
    return (
      Array.isArray(schema.allOf) &&
      schema.allOf.some((_, index) => declares(subschemas.child(subschema, join('/allOf', index)), name, depth + 1))
    )
  }
  return (subschema, name) => declares(subschema, name, 0)
}

/** Asks how often each property is there once. */
function appearing({ subschemas }: Validator, presence: SamplerOptions['presence']): Strategies['presence'] {
  if (!presence) return () => undefined
  return (goal) => {
    let schema: SchemaObject | undefined
    const known = new WeakMap<PropertyPath, number>()
    return (path) => {
      schema ??= Object.assign(
        {},
        ...goal.flatMap((subschema) => schemasAt(subschemas, subschema)).toReversed(),
      ) as SchemaObject
      const chance = known.get(path) ?? presence({ name: path.name, parents: path.parents(), schema })
      known.set(path, chance)
      return chance
    }
  }
}

/** What a subschema says of itself and by reference, outer words first. */
function schemasAt(subschemas: Subschemas, subschema: Subschema, depth = 0): SchemaObject[] {
  const { schema, negated } = subschema
  if (typeof schema === 'boolean' || negated) return []
  return [
    schema,
    ...(typeof schema.$ref === 'string' && depth < 8
      ? schemasAt(subschemas, subschemas.follow(subschema, schema.$ref), depth + 1)
      : []),
  ]
}

const suggestion = hashText('suggestion')

/** Asks for the opinion on each leaf once. */
function suggesting(validator: Validator, suggest: SamplerOptions['suggest']): Strategies['suggestionFor'] {
  if (!suggest) return () => () => nothing
  return ({ schemas }, goal) => {
    const schema: SchemaObject = Object.assign({}, ...[...schemas].reverse())
    const known = new Map<PropertyPath, ((random: Random) => unknown) | undefined>()
    const accepts = testerOf(validator, goal)
    return (random, path) => {
      let draw = known.get(path)
      if (!draw && !known.has(path))
        known.set(path, (draw = suggest({ name: path.name, parents: path.parents(), schema })))
      const value = draw?.(random.at(suggestion))
      return value !== undefined && accepts(value) ? value : nothing
    }
  }
}
