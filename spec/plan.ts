import type { Binding } from './binding.ts'
import { join } from './pointer.ts'
import type { Pointer } from './pointer.ts'
import { roles } from './roles.ts'
import type { Entity, Role } from './roles.ts'
import type { Shape } from './shape.ts'

/** A property that carries a role. */
export interface Leaf {
  readonly name: string
  /** Its part of a pointer: `/name`. */
  readonly step: string
  readonly binding: Binding
  readonly schema: Pointer
  /** Every object has a member of that name, its own or not. */
  readonly isInherited: boolean
}

/** A property that holds something with roles in it. */
export interface Branch {
  readonly name: string
  readonly step: string
  readonly shape: Shape
  readonly isInherited: boolean
}

/** What the properties of an object mean, seen from the business object it is part of. */
export interface Plan {
  /** Roles of that business object itself. */
  readonly own: ReadonlyMap<Role, readonly Leaf[]>
  readonly leaves: readonly Leaf[]
  /** Roles that may stand at several properties. */
  readonly repeated: readonly Role[]
  /** Roles of other business objects: a line that repeats the invoice's currency. */
  readonly away: readonly Leaf[]
  readonly branches: readonly Branch[]
  /** Leaves by selection, found once. */
  readonly selected: Map<object, readonly Leaf[]>
}

/** A sort of business object, with those around it: what a role means depends on both. */
export class Kind {
  readonly entity: Entity
  readonly parent: Kind | undefined
  readonly #inner = new Map<Entity, Kind>()
  readonly #plans = new WeakMap<Shape, Plan>()
  readonly #shared: Shared = { next: new Map() }

  constructor(entity: Entity, parent?: Kind) {
    this.entity = entity
    this.parent = parent
  }

  /** Returns the kind of an entity inside this one. */
  within(entity: Entity): Kind {
    const known = this.#inner.get(entity) ?? new Kind(entity, this)
    this.#inner.set(entity, known)
    return known
  }

  /** Tells whether this or a business object around it is of an entity. */
  isWithin(entity: Entity): boolean {
    return this.entity === entity || (this.parent?.isWithin(entity) ?? false)
  }

  /** Returns the roles that several of some objects can state, or one of them several times. */
  shared(frames: readonly { readonly plan: Plan | undefined }[]): readonly Role[] {
    let node = this.#shared
    for (const { plan } of frames) {
      const next = node.next.get(plan as Plan) ?? { next: new Map<Plan, Shared>() }
      // Lists without a role of their own make as many combinations as they have lengths.
      if (frames.length < 8) node.next.set(plan as Plan, next)
      node = next
    }
    node.roles ??= sharedBy(frames.map(({ plan }) => plan as Plan))
    return node.roles
  }

  /** Returns what the properties of a shape mean here; made once. */
  plan(shape: Shape): Plan {
    const known = this.#plans.get(shape) ?? planOf(shape, this)
    this.#plans.set(shape, known)
    return known
  }
}

/** What combinations of plans share, step by step. */
interface Shared {
  readonly next: Map<Plan, Shared>
  roles?: readonly Role[]
}

function sharedBy(plans: readonly Plan[]): readonly Role[] {
  const counts = new Map<Role, number>()
  for (const { leaves } of plans) for (const { binding: { role } } of leaves) counts.set(role, (counts.get(role) ?? 0) + 1)
  return [...counts].filter(([, count]) => count > 1).map(([role]) => role)
}

/** Returns the entity that a role is about. */
export const entityOf = (role: Role): Entity => entities.get(role) as Entity
const entities = new Map<Role, Entity>((Object.keys(roles) as Role[]).map((role) => [role, role.split('.')[0] as Entity]))

function planOf({ properties }: Shape, kind: Kind): Plan {
  const own = new Map<Role, Leaf[]>()
  const away: Leaf[] = []
  const branches: Branch[] = []
  for (const [name, shape] of properties) {
    const common = { name, step: join('', name), isInherited: name in {} }
    const { binding } = shape
    if (!isLeaf(binding)) {
      if (!isSilent(shape)) branches.push({ ...common, shape })
      continue
    }
    const leaf = { ...common, binding, schema: shape.pointer }
    if (isOwn(binding, kind)) own.set(binding.role, [...(own.get(binding.role) ?? []), leaf])
    else away.push(leaf)
  }
  return { own, away, branches, leaves: [...own.values()].flat(), repeated: [...own].filter(([, leaves]) => leaves.length > 1).map(([role]) => role), selected: new Map() }
}

/** Tells whether a binding means a value, not an object or a list of them. */
export const isLeaf = (binding: Binding | undefined): binding is Binding => binding !== undefined && binding.term.kind !== 'list' && binding.term.kind !== 'entity'

/** Most properties carry no role. */
const isSilent = ({ binding, keyed, items, properties }: Shape): boolean => binding === undefined && keyed === undefined && items === undefined && properties.size === 0

/** As `owner` in view.ts decides, which needs the business objects themselves. */
function isOwn({ role, anchor }: Binding, kind: Kind): boolean {
  if (anchor && kind.isWithin('invoice')) return false
  const entity = entityOf(role)
  return kind.entity === entity || !kind.isWithin(entity)
}
