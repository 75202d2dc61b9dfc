import type { Leaf, Plan } from './plan.ts'
import { roles } from './roles.ts'
import type { Entity, Role } from './roles.ts'

/** Numbers of what is remembered with a plan: an array is quicker to look into than a map, and bodies have a great many objects. */
let remembered = 0

/** Roles to look for, chosen once. */
export class Selection {
  readonly roles: ReadonlySet<Role>
  private readonly index = remembered++

  constructor(test: (role: Role) => boolean) {
    this.roles = new Set((Object.keys(roles) as Role[]).filter(test))
  }

  /** Returns the properties of a plan that state selected roles about the object itself. */
  leaves(plan: Plan, entity: Entity): readonly Leaf[] {
    return (plan.memos[this.index] as readonly Leaf[] | undefined) ?? this.find(plan, entity)
  }

  // On its own: a function that makes functions sets memory aside whenever it is called.
  private find(plan: Plan, entity: Entity): readonly Leaf[] {
    const found = plan.leaves.filter(({ binding: { role } }) => this.roles.has(role) && isAbout(entity, role))
    plan.memos[this.index] = found
    return found
  }
}

/** Two roles whose values are to be compared. */
export interface Pair {
  readonly left: Role
  readonly right: Role
  /** Their properties, where each has just one. */
  readonly leaves: readonly [left: Leaf, right: Leaf] | undefined
  /** Which of the pairs it is. */
  readonly at: number
}

/** Pairs of roles to compare, chosen once. */
export class Pairing {
  /** All of them, wherever they stand. */
  readonly all: readonly Pair[]
  private readonly index = remembered++

  constructor(pairs: readonly (readonly [left: Role, right: Role])[]) {
    this.all = pairs.map(([left, right], at) => ({ left, right, leaves: undefined, at }))
  }

  /** Returns the pairs that the properties of a plan can state. */
  pairs(plan: Plan): readonly Pair[] {
    return (plan.memos[this.index] as readonly Pair[] | undefined) ?? this.find(plan)
  }

  private find(plan: Plan): readonly Pair[] {
    const found = this.all.filter(({ left, right }) => plan.own.has(left) && plan.own.has(right)).map((pair): Pair => {
      const [[left, ...lefts], [right, ...rights]] = [plan.own.get(pair.left) as [Leaf, ...Leaf[]], plan.own.get(pair.right) as [Leaf, ...Leaf[]]]
      return { ...pair, leaves: lefts.length + rights.length === 0 ? [left, right] : undefined }
    })
    plan.memos[this.index] = found
    return found
  }
}

/** Tells whether a role is about an entity itself. */
export const isAbout = (entity: Entity, role: Role): boolean => role.startsWith(entity) && role[entity.length] === '.'
