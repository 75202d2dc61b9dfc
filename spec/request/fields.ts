import type { Document } from '../document.ts'
import type { Pointer } from '../pointer.ts'
import { itemsOf, partsOf, propertyIn } from './parts.ts'
import { scalarReader, typesOf } from './scalar.ts'

/** Texts by the names of a form, nested as `lines[0][price]` says; a name that comes several times has several. */
export type Field = unknown

/** A name and its text. */
export type Pair = readonly [name: string, value: unknown]

/** Returns names and texts as a tree: `a[b][0]=c`, `a[]=c`, and a name that comes several times. */
export function treeOf(pairs: Iterable<Pair>, maxDepth: number): Record<string, Field> | undefined {
  const root: Record<string, Field> = {}
  for (const [name, value] of pairs) {
    const steps = stepsOf(name)
    if (steps.length > maxDepth) return undefined
    let here = root
    for (const [index, step] of steps.entries()) {
      // `a[]=1&a[]=2`: each is one more.
      const key = step === '' ? String(Object.keys(here).length) : step
      if (key === '__proto__') break
      const known = Object.hasOwn(here, key) ? here[key] : undefined
      if (index === steps.length - 1) here[key] = known === undefined ? value : [known, value].flat()
      else {
        const next = isTree(known) ? known : {}
        here[key] = next
        here = next
      }
    }
  }
  return root
}

const isTree = (value: Field): value is Record<string, Field> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function stepsOf(name: string): string[] {
  const open = name.indexOf('[')
  if (open <= 0 || !/^(?:\[[^[\]]*\])+$/.test(name.slice(open))) return [name]
  return [name.slice(0, open), ...name.slice(open + 1, -1).split('][')]
}

/**
 * Returns a tree of texts as the value that schemas say: numbers, flags and lists out of texts, JSON where an object is asked for.
 * What cannot be read stays text, for a validator to judge.
 *
 * @param pointers where the schemas stand that it may have
 */
export function cast(document: Document, pointers: readonly Pointer[], field: Field): unknown {
  const types = new Set(pointers.flatMap((pointer) => typesOf(document, pointer)))
  const parts = pointers.flatMap((pointer) => partsOf(document, pointer))
  if (Array.isArray(field)) return field.map((element) => cast(document, itemsOf(parts), element))
  if (isTree(field)) {
    const isList = types.has('array') || (types.size === 0 && !parts.some(({ schema }) => schema.properties))
    const keys = Object.keys(field)
    if (isList && keys.length > 0 && keys.every((key) => /^\d+$/.test(key)))
      return Object.values(field).map((element) => cast(document, itemsOf(parts), element))
    return Object.fromEntries(keys.map((key) => [key, cast(document, propertyIn(parts, key), field[key])]))
  }
  if (typeof field !== 'string') return field
  for (const pointer of pointers) {
    const flaws: [] = []
    const value = scalarReader(document, pointer)(field, '', flaws)
    if (flaws.length === 0) return value
  }
  if (types.has('string')) return field
  const json = types.has('object') || types.has('array') ? parse(field) : undefined
  if (json !== undefined) return json
  return types.has('array') ? [cast(document, itemsOf(parts), field)] : field
}

function parse(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
