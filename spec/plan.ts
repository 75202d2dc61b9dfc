import type { Binding } from './binding.ts'
import { join } from './pointer.ts'
import type { Pointer } from './pointer.ts'
import { roles } from './roles.ts'
import type { Entity, Role, Term } from './roles.ts'
import type { Shape } from './shape.ts'
import { takeOf } from './take.ts'
import type { Take } from './take.ts'

/** A property that carries a role. */
export interface Leaf {
  readonly name: string
  /** Its part of a pointer: `/name`. */
  readonly step: string
  readonly binding: Binding
  readonly schema: Pointer
  /** Where its value is kept among those of its object. */
  readonly at: number
  /** Which of the objects of the body that state a business object has it. */
  readonly frame: number
}

/** A property that holds something with roles in it. */
export interface Branch {
  readonly name: string
  readonly step: string
  readonly shape: Shape
  readonly at: number
}

/** A role with several properties; what to say of it where all of them are the same. */
export interface Shared {
  readonly role: Role
  readonly kind: Term['kind']
  readonly isSame: boolean
  readonly leaves: readonly Leaf[]
}

/** What the properties of an object mean, seen from the business object it is part of. */
export interface Plan {
  /** Takes the values of the properties that mean something. */
  readonly take: Take
  /** Roles of that business object itself. */
  readonly own: ReadonlyMap<Role, readonly Leaf[]>
  readonly leaves: readonly Leaf[]
  /** Roles of the business object's own that may stand at several properties. */
  readonly repeated: readonly Shared[]
  /** Roles of other business objects: a line that repeats the invoice's currency. */
  readonly away: readonly Leaf[]
  readonly branches: readonly Branch[]
  /** What follows from the plan alone, found once; see selection.ts. */
  readonly memos: unknown[]
}

/** A sort of business object, with those around it: what a role means depends on both. */
export class Kind {
  readonly entity: Entity
  readonly parent: Kind | undefined
  readonly #inner = new Map<Entity, Kind>()
  readonly #plans = new WeakMap<Shape, Plan>()
  readonly #joints: Joint = { path: [], next: new Map() }

  constructor(entity: Entity, parent?: Kind) {
    this.entity = entity
    this.parent = parent
  }

  /** Returns the kind of an entity inside this one. */
  within(entity: Entity): Kind {
    const known = this.#inner.get(entity)
    if (known) return known
    const kind = new Kind(entity, this)
    this.#inner.set(entity, kind)
    return kind
  }

  /** Tells whether this or a business object around it is of an entity. */
  isWithin(entity: Entity): boolean {
    return this.entity === entity || (this.parent?.isWithin(entity) ?? false)
  }

  /** Returns what the properties of several objects of the body mean that state one business object. */
  join(home: Plan | undefined, others: readonly { readonly plan: Plan | undefined }[]): Plan {
    // Lists without a role of their own make as many combinations as they have lengths.
    if (others.length > mostJoints)
      return joined([home as Plan, ...others.map(({ plan }) => plan as Plan)], this.entity)
    let node = home ? step(this.#joints, home) : this.#joints
    for (let at = 0; at < others.length; at++) node = step(node, others[at]?.plan as Plan)
    node.plan ??= joined(node.path, this.entity)
    return node.plan
  }

  /** Returns what the properties of a shape mean here; made once. */
  plan(shape: Shape): Plan {
    const known = this.#plans.get(shape)
    if (known) return known
    const plan = planOf(shape, this)
    this.#plans.set(shape, plan)
    return plan
  }
}

/** Combinations of plans, step by step. */
interface Joint {
  readonly path: readonly Plan[]
  readonly next: Map<Plan, Joint>
  plan?: Plan
}

const mostJoints = 7

function step({ path, next }: Joint, plan: Plan): Joint {
  const known = next.get(plan)
  if (known) return known
  const made = { path: [...path, plan], next: new Map<Plan, Joint>() }
  next.set(plan, made)
  return made
}

const nothing = takeOf({ names: [], slots: [], size: 0 })

const joined = (plans: readonly Plan[], entity: Entity): Plan =>
  planOver(
    plans.flatMap(({ leaves }, frame) => leaves.map((leaf) => ({ ...leaf, frame }))),
    entity,
  )

function planOver(leaves: readonly Leaf[], entity: Entity): Plan {
  const own = Map.groupBy(leaves, ({ binding: { role } }) => role)
  const repeated = [...own]
    .filter(([role, list]) => list.length > 1 && entityOf(role) === entity)
    .map(([role, list]) => ({ role, kind: roles[role].kind, isSame: true, leaves: list }))
  return { own, leaves, repeated, take: nothing, away: [], branches: [], memos: [] }
}

/** Returns the entity that a role is about. */
export const entityOf = (role: Role): Entity => entities.get(role) as Entity
const entities = new Map<Role, Entity>(
  (Object.keys(roles) as Role[]).map((role) => [role, role.split('.')[0] as Entity]),
)

function planOf({ properties }: Shape, kind: Kind): Plan {
  const leaves: Leaf[] = []
  const away: Leaf[] = []
  const branches: Branch[] = []
  const names = [...properties.keys()]
  const slots: number[] = []
  let size = 0
  for (const [name, shape] of properties) {
    const { binding } = shape
    const isKept = isLeaf(binding) || !isSilent(shape)
    const common = { name, step: join('', name), at: isKept ? size++ : -1 }
    slots.push(common.at)
    if (isLeaf(binding))
      (isOwn(binding, kind) ? leaves : away).push({ ...common, binding, schema: shape.pointer, frame: 0 })
    else if (isKept) branches.push({ ...common, shape })
  }
  return {
    ...planOver([...Map.groupBy(leaves, ({ binding: { role } }) => role).values()].flat(), kind.entity),
    take: takeOf({ names, slots, size }),
    away,
    branches,
  }
}

/** Tells whether a binding means a value, not an object or a list of them. */
const isLeaf = (binding: Binding | undefined): binding is Binding =>
  binding !== undefined && binding.term.kind !== 'list' && binding.term.kind !== 'entity'

/** Tells whether no role stands at a place or anywhere below it. A fifth of what bodies hold is like that. */
function isSilent(shape: Shape, visited = new Set<Shape>()): boolean {
  const { binding, keyed, items, properties } = shape
  if (visited.has(shape)) return true
  visited.add(shape)
  return (
    binding === undefined &&
    keyed === undefined &&
    (items === undefined || isSilent(items, visited)) &&
    [...properties.values()].every((inner) => isSilent(inner, visited))
  )
}

/** As `owner` in view.ts decides, which needs the business objects themselves. */
function isOwn({ role, anchor }: Binding, kind: Kind): boolean {
  if (anchor && kind.isWithin('invoice')) return false
  const entity = entityOf(role)
  return kind.entity === entity || !kind.isWithin(entity)
}
