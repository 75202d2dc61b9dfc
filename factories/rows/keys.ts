// Values that identify the rows of a resource, and the way back from a value to its row.

import { isObject, resolve } from '../../spec/index.ts'
import type { Document, Model, Pointer, Shape } from '../../spec/index.ts'
import type { Identities, IdentityForm } from '../ledger/identity.ts'
import { leafAt } from '../answers/schema.ts'
import { createSamplers } from '../sample/sampler.ts'

/** The values of one property that identifies the rows of a resource: each row has one of its own. */
export interface Keys {
  /** Returns the value of a row, `undefined` where the schema has room for no more. */
  value(index: number): unknown
  /** Returns the row that has a value; a number may come as text, as in a path. */
  find(value: unknown): number | undefined
}

/** What keys are made from. */
export interface KeysOptions {
  readonly model: Model
  readonly identities: Identities
  /** Tells the keys of one property from those of all others. */
  readonly kind: string
  /** What stands at the property. */
  readonly shape: Shape
  /** Schemas of the parameters that name rows by it: they must take its values as well. */
  readonly parameters: readonly Pointer[]
  /** Name of the property. */
  readonly name: string
  /** Returns what was drawn for a row, and with `again` above 0 other draws. */
  readonly drawn: (index: number, again: number) => unknown
  /** Returns all rows, in order. */
  readonly indices: () => readonly number[]
}

/** Returns the keys of a property: encrypted row numbers where its schema takes them, else drawn values, made distinct. */
export function keysOf(options: KeysOptions): Keys {
  const { identities, kind } = options
  const form = formOf(options)
  if (!form) return drawnKeys(options)
  const write = (index: number): string | number => {
    const value = identities.encode(kind, index, form.form, form.prefix)
    return form.isText && typeof value === 'number' ? String(value) : value
  }
  const accepts = accepterOf(options)
  if (!accepts(write(0)) || !accepts(write(100_000))) return drawnKeys(options)
  return {
    value: write,
    find: (value) => identities.decode(kind, value, form.form, form.prefix),
  }
}

/** Returns a test for what the property takes and, as text, every parameter that names rows by it. */
function accepterOf({ model: { document }, shape, parameters }: KeysOptions): (value: unknown) => boolean {
  const samplerAt = samplersFor(document)
  const own = samplerAt(shape.pointer)
  const others = parameters.map((pointer) => ({
    sampler: samplerAt(pointer),
    isText: leafAt(document, pointer).types.has('string'),
  }))
  return (value) =>
    own.accepts(value) && others.every(({ sampler, isText }) => sampler.accepts(isText ? String(value) : Number(value)))
}

const samplers = new WeakMap<Document, ReturnType<typeof createSamplers>>()

/** Keys of one document share their samplers. */
function samplersFor(document: Document): ReturnType<typeof createSamplers> {
  const known = samplers.get(document) ?? createSamplers(document)
  samplers.set(document, known)
  return known
}

/** Properties whose values say nothing to people. */
const opaque = /(?:^|[_\-.]|[a-z])(?:id|uuid|guid|token|key)$/i

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i

function formOf({
  model,
  shape,
  parameters,
  name,
  drawn,
  indices,
}: KeysOptions): { readonly form: IdentityForm; readonly prefix: string; readonly isText: boolean } | undefined {
  const leaf = leafAt(model.document, shape.pointer)
  if (leaf.words || leaf.constant) return undefined
  const isText = leaf.types.has('string')
  const asked = parameters.map((pointer) => leafAt(model.document, pointer))
  if (leaf.format === 'uuid' || (isText && asked.some(({ format }) => format === 'uuid')))
    return { form: 'uuid', prefix: '', isText }
  if (isText && asked.some(({ types }) => types.has('integer') && !types.has('string')))
    return { form: 'integer', prefix: '', isText }
  if (!isText)
    return leaf.types.has('integer') || leaf.types.has('number') ? { form: 'integer', prefix: '', isText } : undefined
  if (!opaque.test(name)) return undefined
  const { value: schema } = resolve(model.document, shape.pointer)
  if (!isObject(schema) || schema.pattern !== undefined || leaf.format !== undefined) return undefined
  const [first = 0] = indices()
  const example = [schema.example, ...(Array.isArray(schema.examples) ? schema.examples : []), drawn(first, 0)].find(
    (value) => typeof value === 'string' && value !== '',
  ) as string | undefined
  if (example === undefined) return { form: 'token', prefix: '', isText }
  if (uuid.test(example)) return { form: 'uuid', prefix: '', isText }
  if (/^\d+$/.test(example)) return { form: 'integer', prefix: '', isText }
  const prefix = /^(?:[A-Za-z][A-Za-z\d]{0,11}[_\-:])+(?=[A-Za-z\d]{4,}$)/.exec(example)?.[0]
  return { form: prefix === undefined ? 'token' : 'prefixed', prefix: prefix ?? '', isText }
}

/** Draws tried for a row whose value another row has. */
const draws = 12

/** Values as they were drawn; where two are the same, the later one is drawn anew or gets a number. */
function drawnKeys(options: KeysOptions): Keys {
  const { drawn, indices } = options
  let table: { readonly byIndex: Map<number, unknown>; readonly byValue: Map<string, number> } | undefined
  const made = (): NonNullable<typeof table> => {
    if (table) return table
    const accepts = accepterOf(options)
    const byIndex = new Map<number, unknown>()
    const byValue = new Map<string, number>()
    for (const index of indices()) {
      const value = distinct(index, accepts, (text) => byValue.has(text))
      if (value === undefined) continue
      byIndex.set(index, value)
      byValue.set(String(value), index)
    }
    return (table = { byIndex, byValue })
  }
  function distinct(index: number, accepts: (value: unknown) => boolean, isTaken: (text: string) => boolean): unknown {
    const first = drawn(index, 0)
    for (let again = 0; again < draws; again++) {
      const value = again === 0 ? first : drawn(index, again)
      if ((typeof value === 'string' && value !== '') || typeof value === 'number')
        if (!isTaken(String(value))) return value
    }
    if (typeof first !== 'string') return undefined
    const separator = /^[\w]+$/.test(first) ? '_' : /^[\w-]+$/.test(first) ? '-' : ' '
    for (let number = 2; number < 100_000; number++) {
      const value = `${first}${separator}${number}`
      if (isTaken(value)) continue
      return accepts(value) ? value : undefined
    }
    return undefined
  }
  return {
    // A row that came later has no place in the table.
    value: (index) => (made().byIndex.has(index) ? made().byIndex.get(index) : drawn(index, 0)),
    find: (value) => made().byValue.get(String(value)),
  }
}
