import type { Binding, Entity, Shape } from '../spec/index.ts'

/** Objects in view while an invoice is written. */
const inView: ReadonlySet<Entity> = new Set<Entity>(['invoice', 'page'])

/** Returns which object, other than those an invoice brings into view, a shape speaks of; `undefined` where it speaks of none. */
export function strangerIn(root: Shape): Entity | undefined {
  const seen = new Map<Shape, ReadonlySet<Entity>>()
  const find = (shape: Shape, known: ReadonlySet<Entity>): Entity | undefined => {
    if (seen.get(shape) === known) return undefined
    seen.set(shape, known)
    const { binding, keyed, properties, items } = shape
    const spoken = [...(binding ? [binding] : []), ...(keyed?.entries.map((entry) => entry.binding) ?? [])]
      .map(entityOf)
      .find((entity) => entity !== undefined && !known.has(entity))
    if (spoken !== undefined) return spoken
    const opened =
      binding && (binding.term.kind === 'entity' || binding.term.kind === 'list') ? binding.term.of : undefined
    const inside = opened === undefined || known.has(opened) ? known : new Set([...known, opened])
    for (const inner of [...properties.values(), ...(items ? [items] : [])]) {
      const found = find(inner, inside)
      if (found !== undefined) return found
    }
    return undefined
  }
  return find(root, inView)
}

const entityOf = ({ role, anchor }: Binding): Entity | undefined =>
  anchor === undefined ? (role.split('.')[0] as Entity) : undefined
