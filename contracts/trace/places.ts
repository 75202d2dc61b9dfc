import type { Pointer } from '../../spec/index.ts'
import type { Layer } from './site.ts'
import type { Walker } from './walk.ts'

/** Returns every schema that a body under some schemas can reach, each once, in the order of the document; what is only written is left out. */
export function placesBelow(starts: readonly Pointer[], walker: Walker): readonly Layer[] {
  const visited = new Set<Pointer>()
  const found = new Map<Pointer, Layer>()
  const open = [...starts].reverse()
  for (let pointer = open.pop(); pointer !== undefined; pointer = open.pop()) {
    if (visited.has(pointer)) continue
    visited.add(pointer)
    const { layers, choices, properties, patterns, others, items, prefix } = walker.site(pointer)
    if (layers.some(({ schema }) => schema.writeOnly === true)) continue
    for (const layer of layers) found.set(layer.pointer, layer)
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
