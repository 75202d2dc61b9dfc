import { rawOf, spotAt, spotOf, valueAt } from './frame.ts'
import type { Frame, Spot } from './frame.ts'
import { Kind } from './plan.ts'
import type { Leaf, Plan } from './plan.ts'
import type { Pointer } from './pointer.ts'
import { roles } from './roles.ts'
import type { Entity, Role } from './roles.ts'
import type { Occurrence } from './view.ts'

/** Roles to look for, chosen once. */
export class Selection {
  readonly roles: ReadonlySet<Role>

  constructor(test: (role: Role) => boolean) {
    this.roles = new Set((Object.keys(roles) as Role[]).filter(test))
  }
}

/** A role that occurs more than once. */
export interface Repeated {
  readonly role: Role
  readonly isSame: boolean
}

const none: readonly never[] = []
const page = new Kind('page')

/**
 * A business object seen in a body: what its places say about it, wherever they stand. A line that repeats the
 * invoice's currency adds an occurrence to the invoice, not to the line. Values are read when they are asked for.
 */
export class Scope {
  readonly entity: Entity
  readonly parent: Scope | undefined
  readonly kind: Kind
  readonly #origin: Frame
  readonly #frames: Frame[] = []
  #passing: Spot[] | undefined
  #repeated: readonly Repeated[] | undefined
  #children: Map<string, Scope[]> | undefined

  constructor(entity: Entity, origin: Frame, parent?: Scope) {
    this.entity = entity
    this.parent = parent
    this.kind = parent ? parent.kind.within(entity) : page
    this.#origin = origin
  }

  /** Where its object begins. */
  get pointer(): Pointer {
    return this.#origin.pointer
  }

  /** Notes an object of the body that states roles of this one. */
  add(frame: Frame): void {
    this.#frames.push(frame)
  }

  /** Notes a value that stands in another object of the body. */
  note(spot: Spot): void {
    this.#passing ??= []
    this.#passing.push(spot)
  }

  /** Returns the first occurrence of a role of this object; those in the object itself come first. */
  first(role: Role): Occurrence | undefined {
    return this.#find(role, spotOf) ?? this.#passing?.find(({ binding }) => binding.role === role)
  }

  /** Returns the value of the first occurrence of a role, `undefined` where there is none. */
  raw(role: Role): unknown {
    return this.#find(role, rawOf) ?? this.#passing?.find(({ binding }) => binding.role === role)?.raw
  }

  // Laws ask for a great many values: loops here make neither iterators nor functions.
  #find<T>(role: Role, make: (leaf: Leaf, frame: Frame, raw: unknown) => T): T | undefined {
    const frames = this.#frames
    for (let index = 0; index < frames.length; index++) {
      const frame = frames[index] as Frame
      const leaves = (frame.plan as Plan).own.get(role) ?? none
      for (let at = 0; at < leaves.length; at++) {
        const leaf = leaves[at] as Leaf
        const raw = valueAt(leaf, frame)
        if (raw !== undefined) return make(leaf, frame, raw)
      }
    }
    return undefined
  }

  /** Returns every occurrence of a role of this object. */
  all(role: Role): readonly Occurrence[] {
    const found: Spot[] = []
    for (const frame of this.#frames) for (const leaf of (frame.plan as Plan).own.get(role) ?? none) push(found, leaf, frame)
    if (this.#passing) for (const spot of this.#passing) if (spot.binding.role === role) found.push(spot)
    return found
  }

  /** Returns the occurrences of selected roles that are stated about this object itself; what merely passes through it (a lease's invoice) is left out. */
  select(selection: Selection): readonly Occurrence[] {
    const found: Spot[] = []
    for (const frame of this.#frames) for (const leaf of selected(frame.plan as Plan, selection, this.entity)) push(found, leaf, frame)
    if (this.#passing) for (const spot of this.#passing) if (selection.roles.has(spot.binding.role) && isAbout(this.entity, spot.binding.role)) found.push(spot)
    return found
  }

  /** Returns how many occurrences {@link select} would return; minus their number where the value of one fails a test. */
  scan(selection: Selection, test: (raw: unknown) => boolean): number {
    let total = 0
    let isFine = true
    const frames = this.#frames
    for (let index = 0; index < frames.length; index++) {
      const frame = frames[index] as Frame
      const leaves = selected(frame.plan as Plan, selection, this.entity)
      for (let at = 0; at < leaves.length; at++) {
        const raw = valueAt(leaves[at] as Leaf, frame)
        if (raw === undefined) continue
        total++
        isFine &&= test(raw)
      }
    }
    const passing = this.#passing ?? none
    for (let index = 0; index < passing.length; index++) {
      const { binding: { role }, raw } = passing[index] as Spot
      if (!selection.roles.has(role) || !isAbout(this.entity, role)) continue
      total++
      isFine &&= test(raw)
    }
    return isFine ? total : -total
  }

  /** Returns the roles of this object that occur more than once, and whether their values are all the same. */
  repeated(): readonly Repeated[] {
    this.#repeated ??= this.#findRepeated()
    return this.#repeated
  }

  #findRepeated(): readonly Repeated[] {
    const [first] = this.#frames
    const shared = this.#frames.length > 1 ? this.kind.shared(this.#frames) : (first?.plan?.repeated ?? none)
    if (!this.#passing && shared.length === 0) return none
    const candidates = this.#passing ? [...new Set([...shared, ...this.#passing.map(({ binding }) => binding.role)])] : shared
    const found: Repeated[] = []
    for (let index = 0; index < candidates.length; index++) this.#compare(candidates[index] as Role, found)
    return found
  }

  #compare(role: Role, found: Repeated[]): void {
    if (!isAbout(this.entity, role)) return
    let count = 0
    let home: unknown
    let isSame = true
    const frames = this.#frames
    for (let index = 0; index < frames.length; index++) {
      const frame = frames[index] as Frame
      const leaves = (frame.plan as Plan).own.get(role) ?? none
      for (let at = 0; at < leaves.length; at++) {
        const raw = valueAt(leaves[at] as Leaf, frame)
        if (raw === undefined) continue
        if (count++ === 0) home = raw
        else isSame &&= raw === home
      }
    }
    const passing = this.#passing ?? none
    for (let index = 0; index < passing.length; index++) {
      const { binding, raw } = passing[index] as Spot
      if (binding.role !== role) continue
      if (count++ === 0) home = raw
      else isSame &&= raw === home
    }
    if (count > 1) found.push({ role, isSame })
  }

  /** Every occurrence of this object, by role. */
  get occurrences(): ReadonlyMap<Role, readonly Occurrence[]> {
    const found = new Map<Role, Occurrence[]>()
    const add = (spot: Spot): void => {
      const list = found.get(spot.binding.role)
      if (list) list.push(spot)
      else found.set(spot.binding.role, [spot])
    }
    const own: Spot[] = []
    for (const frame of this.#frames) for (const leaf of (frame.plan as Plan).leaves) push(own, leaf, frame)
    for (const spot of [...own, ...(this.#passing ?? none)]) add(spot)
    return found
  }

  /** Returns the objects that a list role or an entity role opened; `buyer` and `seller` are names too. */
  list(name: string): readonly Scope[] {
    return this.#children?.get(name) ?? none
  }

  /** Every object opened below this one, by the name of its role. */
  get children(): ReadonlyMap<string, readonly Scope[]> {
    return this.#children ?? empty
  }

  /** Tells whether the body had the list at all, empty or not. */
  has(name: string): boolean {
    return this.#children?.has(name) ?? false
  }

  /** Returns the object under a name, opened now if need be. */
  child(name: string, entity: Entity, origin: Frame = this.#origin): Scope {
    return this.#children?.get(name)?.[0] ?? this.open(name, entity, origin)
  }

  /** Opens one more object under a name. */
  open(name: string, entity: Entity, origin: Frame): Scope {
    const scope = new Scope(entity, origin, this)
    this.declare(name).push(scope)
    return scope
  }

  /** Notes that a list is there, before any item. */
  declare(name: string): Scope[] {
    this.#children ??= new Map()
    const list = this.#children.get(name) ?? []
    this.#children.set(name, list)
    return list
  }

  /** Returns the nearest object of an entity around this one, itself included. */
  nearest(entity: Entity): Scope | undefined {
    return this.entity === entity ? this : this.parent?.nearest(entity)
  }
}

const empty: ReadonlyMap<string, readonly Scope[]> = new Map()

const isAbout = (entity: Entity, role: Role): boolean => role.startsWith(entity) && role[entity.length] === '.'

function push(found: Spot[], leaf: Leaf, frame: Frame): void {
  const spot = spotAt(leaf, frame)
  if (spot) found.push(spot)
}

function selected(plan: Plan, selection: Selection, entity: Entity): readonly Leaf[] {
  const known = plan.selected.get(selection)
  if (known) return known
  const leaves = plan.leaves.filter(({ binding: { role } }) => selection.roles.has(role) && isAbout(entity, role))
  plan.selected.set(selection, leaves)
  return leaves
}
