import type { Anchor, BusinessObject, Entity, Occurrence, Role } from '../../spec/index.ts'
import { clause, none } from '../law.ts'
import type { Clause, LawContext } from '../law.ts'
import { show } from '../violation.ts'

/**
 * A foreign key is the id of the object that travels with it. Identities of different forms are not compared.
 * @param path names of lists and entities that lead to the object
 * @example pointsAt('payment.approverId', 'payment.approver')
 */
export const pointsAt = (key: Role, ...path: readonly [Role | Anchor, ...Role[]]): Clause =>
  clause([key, path[0]], (object, context) => {
    const target = find(object, path)
    const id = target && idRole(target.entity)
    const home = id && target.first(id)
    const stated = home && object.first(key)
    if (!stated || idForm(stated, context) !== idForm(home, context)) return undefined
    if (isSameId(home, stated)) return none
    return [{ at: stated, expected: idAt(show(home.raw), home.pointer), received: show(stated.raw) }]
  })

function find(object: BusinessObject, path: readonly string[]): BusinessObject | undefined {
  let found: BusinessObject | undefined = object
  for (const name of path) found = found?.list(name)[0]
  return found
}

/** The role of an entity's identity. */
const idRole = (entity: Entity): Role => `${entity}.id` as Role

/** Returns the form in which an identity is written: two forms of one identity are different texts. */
export const idForm = ({ binding }: Occurrence, { representation }: LawContext): string =>
  binding.as ?? representation.id ?? ''

/** Tells whether two identities are the same: `7` is `"7"`. */
export const isSameId = (left: Occurrence, right: Occurrence): boolean => String(left.raw) === String(right.raw)

/** Returns what is expected of a key. */
export const idAt = (id: string, pointer: string): string => `${id}, the id at ${pointer}`
