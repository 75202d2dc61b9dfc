import type { Pointer } from '../../spec/index.ts'
import type { SchemaPart } from './schema-node.ts'
import type { Walker } from './walk.ts'

/** Returns every schema that a body under some schemas can reach, each once, in the order of the document; what is only written is left out. */
export function reachableSchemas(starts: readonly Pointer[], walker: Walker): readonly SchemaPart[] {
  const visited = new Set<Pointer>()
  const found = new Map<Pointer, SchemaPart>()
  const open = [...starts].reverse()
  for (let pointer = open.pop(); pointer !== undefined; pointer = open.pop()) {
    if (visited.has(pointer)) continue
    visited.add(pointer)
    const { parts, choices, properties, patterns, others, items, prefix } = walker.site(pointer)
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
