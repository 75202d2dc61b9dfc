import type { Binding } from './binding.ts'
import { failure } from './failure.ts'
import type { Entity } from './roles.ts'
import type { Vocabulary } from './vocabulary.ts'

/**
 * Returns a binding with `self.…` resolved for the object it stands in: in a contract `self.id` is `contract.id`.
 * Outside every object it means nothing: `undefined`. Other bindings come back as they are.
 * @throws Failure where the vocabulary has no such role for that object.
 */
export function ownBinding(binding: Binding, entity: Entity, { parse }: Vocabulary, here = ''): Binding | undefined {
  if (!binding.role.startsWith('self.')) return binding
  if (entity === 'page') return undefined
  const name = binding.role.replace('self', entity)
  const own = parse(name)
  if (!own)
    throw failure(`read x-role${here}`, {
      expected: `"${binding.role}" in an object that has it`,
      received: `"${name}", which the vocabulary lacks`,
    })
  return { ...binding, role: own.role, term: own.term }
}

/** Returns the object inside a place: the one its role opens, else the one around. */
export const entityWithin = (binding: Binding | undefined, around: Entity): Entity =>
  binding && (binding.term.kind === 'entity' || binding.term.kind === 'list') ? (binding.term.of ?? around) : around
