import type { Leaf, Plan } from './plan.ts'
import { roles } from './roles.ts'
import type { Entity, Role } from './roles.ts'

/** Numbers of what is remembered with a plan: an array is quicker to look into than a map, and bodies have a great many objects. */
let remembered = 0

/** What follows from the plan of a business object alone, found once for each. */
export class Chart<T> {
  private readonly make: (plan: Plan, entity: Entity) => T
  private readonly index = remembered++

  constructor(make: (plan: Plan, entity: Entity) => T) {
    this.make = make
  }

  of(plan: Plan, entity: Entity): T {
    return (plan.memos[this.index] as T | undefined) ?? this.find(plan, entity)
  }

  // On its own: a function that makes functions sets memory aside whenever it is called.
  private find(plan: Plan, entity: Entity): T {
    const found = this.make(plan, entity)
    plan.memos[this.index] = found
    return found
  }
}

/** Roles to look for, chosen once. */
export class Selection {
  readonly roles: ReadonlySet<Role>
  private readonly chart: Chart<readonly Leaf[]>

  constructor(test: (role: Role) => boolean) {
    const chosen = new Set((Object.keys(roles) as Role[]).filter(test))
    this.roles = chosen
    this.chart = new Chart((plan, entity) =>
      plan.leaves.filter(({ binding: { role } }) => chosen.has(role) && isAbout(entity, role)),
    )
  }

  /** Returns the properties of a plan that state selected roles about the object itself. */
  leaves(plan: Plan, entity: Entity): readonly Leaf[] {
    return this.chart.of(plan, entity)
  }
}

/** Tells whether a role is about an entity itself. */
export const isAbout = (entity: Entity, role: Role): boolean => role.startsWith(entity) && role[entity.length] === '.'
