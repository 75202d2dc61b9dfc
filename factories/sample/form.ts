import { equal } from '../../spec/index.ts'
import type { SchemaObject } from '../../spec/index.ts'
import { kinds } from './kind.ts'
import type { Kind } from './kind.ts'
import type { Spot } from './spot.ts'

/** A schema whose keywords for members or items apply, and the `unevaluated…` keywords that count what it looks at. */
interface Layer {
  readonly spot: Spot
  readonly owners: readonly number[]
}

/** A bound of numbers; an open one is not reached. */
export interface Bound {
  readonly value: number
  readonly open: boolean
}

/** Items that must be there: between `min` and `max` that satisfy a schema, none before `from`. */
export interface Contained extends Layer {
  readonly min: number
  readonly max: number
  readonly from: number
}

/** An `unevaluated…` keyword: what it says of members or items that none of its layers has looked at. */
interface Rest extends Layer {
  readonly owner: number
}

/** A member of any name, matching a pattern or else outside of what a schema names, that must satisfy a schema. */
interface Wanted {
  readonly pattern?: string
  readonly outside?: Spot
  readonly spot: Spot
}

/** A conjunction of schemas after every choice is made: what a value of each kind must keep to. */
export interface Form {
  kinds: Set<Kind>
  /** Kinds that keywords speak of; preferred where several are allowed. */
  hints: Set<Kind>
  values: readonly unknown[] | undefined
  excluded: readonly unknown[]
  numbers: { min?: Bound; max?: Bound; multiples: readonly number[]; strangers: readonly number[] }
  texts: {
    min: number
    max: number
    patterns: readonly string[]
    forbidden: readonly string[]
    formats: readonly string[]
    encoded: boolean
  }
  arrays: {
    min: number
    max: number
    unique: boolean
    twins: boolean
    layers: readonly Layer[]
    contained: readonly Contained[]
    placed: ReadonlyMap<number, readonly Spot[]>
    rests: readonly Rest[]
  }
  objects: {
    min: number
    max: number
    required: ReadonlySet<string>
    absent: ReadonlySet<string>
    hidden: ReadonlySet<string>
    layers: readonly Layer[]
    names: readonly Spot[]
    dependents: readonly (readonly [name: string, needs: readonly string[]])[]
    placed: ReadonlyMap<string, readonly Spot[]>
    wanted: readonly Wanted[]
    rests: readonly Rest[]
  }
  /** Schema objects that took part, for their annotations; outer ones first. */
  schemas: readonly SchemaObject[]
  /** Whether all that was asked for is in here; if not, values are checked before they are given out. */
  exact: boolean
}

/** Returns the form that anything keeps to. */
export const anyForm = (): Form => ({
  kinds: new Set(kinds),
  hints: new Set(),
  values: undefined,
  excluded: [],
  numbers: { multiples: [], strangers: [] },
  texts: { min: 0, max: Infinity, patterns: [], forbidden: [], formats: [], encoded: false },
  arrays: {
    min: 0,
    max: Infinity,
    unique: false,
    twins: false,
    layers: [],
    contained: [],
    placed: new Map(),
    rests: [],
  },
  objects: {
    min: 0,
    max: Infinity,
    required: new Set(),
    absent: new Set(),
    hidden: new Set(),
    layers: [],
    names: [],
    dependents: [],
    placed: new Map(),
    wanted: [],
    rests: [],
  },
  schemas: [],
  exact: true,
})

/** Returns a form that may be changed without changing the other. */
export const fork = (form: Form): Form => ({
  ...form,
  kinds: new Set(form.kinds),
  hints: new Set(form.hints),
  numbers: { ...form.numbers },
  texts: { ...form.texts },
  arrays: { ...form.arrays },
  objects: { ...form.objects },
})

/** Keeps only these kinds. */
export function keepKinds(form: Form, kept: ReadonlySet<Kind>): void {
  form.kinds = new Set([...form.kinds].filter((kind) => kept.has(kind)))
}

/** Keeps only these values. */
export function keepValues(form: Form, values: readonly unknown[]): void {
  form.values = form.values ? form.values.filter((value) => values.some((other) => equal(value, other))) : values
}

/** Raises the lower bound. */
export function raise(form: Form, value: number, open: boolean): void {
  const { min } = form.numbers
  if (!min || value > min.value || (value === min.value && open)) form.numbers.min = { value, open }
}

/** Lowers the upper bound. */
export function lower(form: Form, value: number, open: boolean): void {
  const { max } = form.numbers
  if (!max || value < max.value || (value === max.value && open)) form.numbers.max = { value, open }
}

/** Returns a map with one more spot at a key. */
export const place = <K>(map: ReadonlyMap<K, readonly Spot[]>, key: K, spot: Spot): ReadonlyMap<K, readonly Spot[]> =>
  new Map(map).set(key, [...(map.get(key) ?? []), spot])

/** Takes out the kinds whose rules contradict each other, and returns why, if no kind is left. */
export function settleKinds(form: Form): string | undefined {
  const reasons: string[] = []
  const drop = (reason: string | undefined, ...dropped: readonly Kind[]): void => {
    if (reason === undefined) return
    if (dropped.some((kind) => form.kinds.delete(kind))) reasons.push(reason)
  }
  const {
    numbers: { min, max },
    texts,
    arrays,
    objects,
  } = form
  if (min && max && (min.value > max.value || (min.value === max.value && (min.open || max.open)))) {
    drop(`a minimum of ${min.value} and a maximum of ${max.value}`, 'integer', 'fraction')
  }
  drop(crossed('Length', texts), 'string')
  drop(crossed('Items', arrays), 'array')
  for (const contained of arrays.contained) drop(crossed('Contains', contained), 'array')
  drop(crossed('Properties', objects), 'object')
  const torn = [...objects.required].find((name) => objects.absent.has(name))
  drop(torn === undefined ? undefined : `property ${JSON.stringify(torn)} both required and forbidden`, 'object')
  if (form.values?.length === 0) return 'no value that all of const and enum allow'
  return form.kinds.size > 0 ? undefined : (reasons[0] ?? 'types that exclude each other')
}

const crossed = (what: string, { min, max }: { readonly min: number; readonly max: number }): string | undefined =>
  min > max ? `min${what} ${min} and max${what} ${max}` : undefined
