import { spotAt } from './frame.ts'
import type { Frame, Spot } from './frame.ts'
import { Kind } from './plan.ts'
import type { Leaf, Plan, Shared } from './plan.ts'
import type { Pointer } from './pointer.ts'
import { roles } from './roles.ts'
import type { Entity, Role } from './roles.ts'
import { isAbout } from './selection.ts'
import type { Selection } from './selection.ts'
import type { Occurrence } from './view.ts'

/** A role that occurs more than once. */
export type Repeated = Pick<Shared, 'role' | 'kind' | 'isSame'>

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
  private readonly origin: Frame
  /** Objects of the body that state roles of this one: nearly always one. */
  private home: Frame | undefined = undefined
  private more: Frame[] | undefined = undefined
  private known: Plan | undefined = undefined
  /** Values that stand elsewhere. */
  private passing: Spot[] | undefined = undefined
  private twice: readonly Repeated[] | undefined = undefined
  /** What was opened below it, by name; few names each, so that arrays do. */
  private opened: string[] | undefined = undefined
  private lists: Scope[][] | undefined = undefined

  constructor(entity: Entity, origin: Frame, parent?: Scope) {
    this.entity = entity
    this.parent = parent
    this.kind = parent ? parent.kind.within(entity) : page
    this.origin = origin
  }

  /** Where its object begins. */
  get pointer(): Pointer {
    return this.origin.pointer
  }

  /** Notes an object of the body that states roles of this one. */
  add(frame: Frame): void {
    this.known = undefined
    if (!this.home) this.home = frame
    else (this.more ??= []).push(frame)
  }

  /** Notes a value that stands in another object of the body. */
  note(spot: Spot): void {
    ;(this.passing ??= []).push(spot)
  }

  /** What the properties of its objects mean. */
  get plan(): Plan {
    this.known ??= (this.more ? undefined : this.home?.plan) ?? this.kind.join(this.home?.plan, this.more ?? none)
    return this.known
  }

  /** Returns the value of a property of its {@link plan}, `undefined` where it is null or missing. */
  value({ frame, at }: Leaf): unknown {
    return (frame === 0 ? this.home : this.more?.[frame - 1])?.values[at]
  }

  private frameOf({ frame }: Leaf): Frame {
    return (frame === 0 ? this.home : this.more?.[frame - 1]) as Frame
  }

  /** Tells whether values of it stand in other objects of the body. */
  get isScattered(): boolean {
    return this.passing !== undefined
  }

  /** Tells whether other objects stand below it, or lists of them. */
  get isNested(): boolean {
    return this.opened !== undefined
  }

  /** Values that stand in other objects of the body. */
  get elsewhere(): readonly Occurrence[] {
    return this.passing ?? none
  }

  /** Returns the first occurrence of a role of this object; those in the object itself come first. */
  first(role: Role): Occurrence | undefined {
    const leaf = this.find(role)
    return leaf ? spotAt(leaf, this.frameOf(leaf)) : this.passes(role)
  }

  /** Returns the value of the first occurrence of a role, `undefined` where there is none. */
  raw(role: Role): unknown {
    const leaf = this.find(role)
    return leaf ? this.value(leaf) : this.passes(role)?.raw
  }

  // Laws ask for a great many values: loops here make neither iterators nor functions.
  private find(role: Role): Leaf | undefined {
    const leaves = this.plan.own.get(role) ?? none
    for (let at = 0; at < leaves.length; at++) if (this.value(leaves[at] as Leaf) !== undefined) return leaves[at]
    return undefined
  }

  private passes(role: Role): Spot | undefined {
    const passing = this.passing ?? none
    for (let index = 0; index < passing.length; index++)
      if (passing[index]?.binding.role === role) return passing[index]
    return undefined
  }

  /** Returns every occurrence of a role of this object. */
  all(role: Role): readonly Occurrence[] {
    return [
      ...this.spotsOf(this.plan.own.get(role) ?? none),
      ...(this.passing?.filter(({ binding }) => binding.role === role) ?? none),
    ]
  }

  private spotsOf(leaves: readonly Leaf[]): readonly Spot[] {
    return leaves.map((leaf) => spotAt(leaf, this.frameOf(leaf))).filter((spot) => spot !== undefined)
  }

  /** Returns the occurrences of selected roles that are stated about this object itself; what merely passes through it (a lease's invoice) is left out. */
  select(selection: Selection): readonly Occurrence[] {
    const passing = (this.passing ?? none).filter(
      ({ binding: { role } }) => selection.roles.has(role) && isAbout(this.entity, role),
    )
    return [...this.spotsOf(selection.leaves(this.plan, this.entity)), ...passing]
  }

  /** Returns the roles of this object that occur more than once, and whether their values are all the same. */
  repeated(): readonly Repeated[] {
    this.twice ??= this.findRepeated()
    return this.twice
  }

  private findRepeated(): readonly Repeated[] {
    const { repeated, own } = this.plan
    if (!this.passing && repeated.length === 0) return none
    const found: Repeated[] = []
    for (const shared of repeated) this.compare(shared, shared.leaves, found)
    for (const role of this.passing ? new Set(this.passing.map(({ binding }) => binding.role)) : none) {
      const leaves = own.get(role) ?? none
      if (leaves.length < 2 && isAbout(this.entity, role))
        this.compare({ role, kind: roles[role].kind, isSame: true }, leaves, found)
    }
    return found
  }

  private compare(shared: Repeated, leaves: readonly Leaf[], found: Repeated[]): void {
    const passing = this.passing ?? none
    let count = 0
    let home: unknown
    let isSame = true
    for (let at = 0; at < leaves.length + passing.length; at++) {
      const spot = at < leaves.length ? undefined : (passing[at - leaves.length] as Spot)
      const raw = spot ? (spot.binding.role === shared.role ? spot.raw : undefined) : this.value(leaves[at] as Leaf)
      if (raw === undefined) continue
      if (count++ === 0) home = raw
      else isSame &&= raw === home
    }
    if (count > 1) found.push(isSame ? shared : { role: shared.role, kind: shared.kind, isSame })
  }

  /** Every occurrence of this object, by role. */
  get occurrences(): ReadonlyMap<Role, readonly Occurrence[]> {
    return Map.groupBy([...this.spotsOf(this.plan.leaves), ...(this.passing ?? none)], ({ binding }) => binding.role)
  }

  /** Returns the objects that a list role or an entity role opened; `buyer` and `seller` are names too. */
  list(name: string): readonly Scope[] {
    return this.opened ? (this.lists?.[this.placeOf(name)] ?? none) : none
  }

  // Names are few and the same texts: a loop beats any search.
  private placeOf(name: string): number {
    const opened = this.opened ?? none
    for (let at = 0; at < opened.length; at++) if (opened[at] === name) return at
    return -1
  }

  /** The names under which objects were opened below this one. */
  get names(): readonly string[] {
    return this.opened ?? none
  }

  get children(): ReadonlyMap<string, readonly Scope[]> {
    return new Map(this.names.map((name) => [name, this.list(name)]))
  }

  /** Returns this object and every one below it, outermost first. */
  within(found: Scope[] = []): readonly Scope[] {
    found.push(this)
    const lists = this.lists ?? none
    for (let index = 0; index < lists.length; index++) {
      const list = lists[index] as Scope[]
      for (let at = 0; at < list.length; at++) list[at]?.within(found)
    }
    return found
  }

  /** Tells whether the body had the list at all, empty or not. */
  has(name: string): boolean {
    return this.names.includes(name)
  }

  /** Returns the object under a name, opened now if need be. */
  child(name: string, entity: Entity, origin: Frame = this.origin): Scope {
    return this.list(name)[0] ?? this.open(name, entity, origin)
  }

  /** Opens one more object under a name. */
  open(name: string, entity: Entity, origin: Frame): Scope {
    const scope = new Scope(entity, origin, this)
    this.declare(name).push(scope)
    return scope
  }

  /** Notes that a list is there, before any item. */
  declare(name: string): Scope[] {
    const known = this.opened && this.lists?.[this.placeOf(name)]
    if (known) return known
    const list: Scope[] = []
    this.opened ??= []
    this.lists ??= []
    this.opened.push(name)
    this.lists.push(list)
    return list
  }

  /** Returns the nearest object of an entity around this one, itself included. */
  nearest(entity: Entity): Scope | undefined {
    return this.entity === entity ? this : this.parent?.nearest(entity)
  }
}
