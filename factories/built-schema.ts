// Finds the schema whose bodies a factory builds.

import { atPointer, failure, isJson, isObject, join, successOf, suggest } from '../spec/index.ts'
import type { Binding, Entity, Model, Pointer, Shape } from '../spec/index.ts'

/**
 * Returns where the schema stands that a factory builds: the one that is named, else what `get` answers.
 * @throws Failure where there is none, or it speaks of objects that no invoice has.
 */
export function builtSchema(model: Model, named: string | undefined): Pointer {
  if (named !== undefined) return namedSchema(model, named)
  const operation = model.operations.find(({ does }) => does === 'get')
  const schema = operation && successOf(operation)?.content.find(({ mediaType }) => isJson(mediaType))?.schema
  if (schema !== undefined) return schema
  const cure = 'Say in an overlay which operation answers one invoice, or name a schema: { schema: "Invoice" }.'
  throw failure(`build invoices of ${model.name}`, {
    expected: 'an operation with x-operation: get that answers JSON',
    received: 'none',
    cure,
  })
}

function namedSchema({ name, document, shape }: Model, named: string): Pointer {
  const pointer = named.startsWith('/')
    ? named
    : named.startsWith('#')
      ? named.slice(1)
      : join('/components/schemas', named)
  if (atPointer(document, pointer) === undefined) {
    const known = atPointer(document, '/components/schemas')
    throw failure(`find schema ${named} of ${name}`, {
      expected: 'a schema of the document',
      received: 'none there',
      cure: suggest(named, isObject(known) ? Object.keys(known) : []),
    })
  }
  const stranger = strangerIn(shape(pointer))
  if (stranger === undefined) return pointer
  const cure = 'Build the whole, and take it out of there.'
  throw failure(`build ${named} of ${name}`, {
    expected: 'a schema of an invoice, or one without roles',
    received: `one that speaks of its ${stranger}`,
    cure,
  })
}

/** Objects in view while an invoice is written. */
const inView: ReadonlySet<Entity> = new Set<Entity>(['invoice', 'page'])

/** Returns which object, other than those an invoice brings into view, a shape speaks of; `undefined` where it speaks of none. */
function strangerIn(root: Shape): Entity | undefined {
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
