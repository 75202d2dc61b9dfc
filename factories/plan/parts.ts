import { isObject, join, resolve } from '../../spec/index.ts'
import type { Document, Pointer } from '../../spec/index.ts'

/** The properties an object schema states, wherever they stand. */
export interface Parts {
  readonly properties: ReadonlyMap<string, Pointer>
  readonly required: ReadonlySet<string>
}

/** Returns the properties of an object schema: its own, those of every `allOf`, and those of the first branch that is no null. */
export function partsOf(document: Document, pointer: Pointer): Parts {
  const properties = new Map<string, Pointer>()
  const required = new Set<string>()
  collect(document, pointer, properties, required, new Set())
  return { properties, required }
}

function collect(
  document: Document,
  pointer: Pointer,
  properties: Map<string, Pointer>,
  required: Set<string>,
  seen: Set<Pointer>,
): void {
  const { pointer: here, value: schema } = resolve(document, pointer)
  if (!isObject(schema) || seen.has(here)) return
  seen.add(here)
  for (const name of Object.keys(isObject(schema.properties) ? schema.properties : {})) {
    if (!properties.has(name)) properties.set(name, join(here, 'properties', name))
  }
  for (const name of Array.isArray(schema.required) ? schema.required : []) required.add(String(name))
  const all = Array.isArray(schema.allOf) ? schema.allOf : []
  for (const index of all.keys()) collect(document, join(here, 'allOf', index), properties, required, seen)
  for (const keyword of ['anyOf', 'oneOf']) {
    const branches = schema[keyword]
    if (!Array.isArray(branches)) continue
    const index = branches.findIndex((branch) => !(isObject(branch) && branch.type === 'null'))
    if (index >= 0) collect(document, join(here, keyword, index), properties, required, seen)
  }
}
