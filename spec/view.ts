import type { Binding } from './binding.ts'
import { isObject } from './document.ts'
import { join } from './pointer.ts'
import type { Pointer } from './pointer.ts'
import { roles } from './roles.ts'
import type { Entity, Role } from './roles.ts'
import type { Shape } from './shape.ts'

/** A value of a body that carries a role. */
export interface Occurrence {
  readonly binding: Binding
  /** Where it stands in the body, in the API's own spelling. */
  readonly pointer: Pointer
  /** As it stands there; `null` and `undefined` are not collected. */
  readonly raw: unknown
  /** Where its schema stands in the document. */
  readonly schema?: Pointer
}

/**
 * A business object seen in a body: what its places say about it, wherever they stand. A line that repeats the
 * invoice's currency adds an occurrence to the invoice, not to the line.
 */
export class Scope {
  readonly entity: Entity
  /** Where its object begins. */
  readonly pointer: Pointer
  readonly parent: Scope | undefined
  readonly occurrences = new Map<Role, Occurrence[]>()
  readonly #children = new Map<string, Scope[]>()

  constructor(entity: Entity, pointer: Pointer, parent?: Scope) {
    this.entity = entity
    this.pointer = pointer
    this.parent = parent
  }

  /** Returns the first occurrence of a role of this object. */
  first(role: Role): Occurrence | undefined {
    return this.occurrences.get(role)?.[0]
  }

  /** Returns every occurrence of a role of this object. */
  all(role: Role): readonly Occurrence[] {
    return this.occurrences.get(role) ?? []
  }

  /** Returns the objects that a list role or an entity role opened; `buyer` and `seller` are names too. */
  list(name: string): readonly Scope[] {
    return this.#children.get(name) ?? []
  }

  /** Every object opened below this one, by the name of its role. */
  get children(): ReadonlyMap<string, readonly Scope[]> {
    return this.#children
  }

  /** Tells whether the body had the list at all, empty or not. */
  has(name: string): boolean {
    return this.#children.has(name)
  }

  /** Returns the object under a name, opened now if need be. */
  child(name: string, entity: Entity, pointer: Pointer): Scope {
    const known = this.#children.get(name)?.[0]
    return known ?? this.open(name, entity, pointer)
  }

  /** Opens one more object under a name. */
  open(name: string, entity: Entity, pointer: Pointer): Scope {
    const scope = new Scope(entity, pointer, this)
    this.declare(name).push(scope)
    return scope
  }

  /** Notes that a list is there, before any item. */
  declare(name: string): Scope[] {
    const list = this.#children.get(name) ?? []
    this.#children.set(name, list)
    return list
  }

  /** Returns the nearest object of an entity around this one, itself included. */
  nearest(entity: Entity): Scope | undefined {
    return this.entity === entity ? this : this.parent?.nearest(entity)
  }
}

const entities = new Map<Role, Entity>((Object.keys(roles) as Role[]).map((role) => [role, role.split('.')[0] as Entity]))
const entityOf = (role: Role): Entity => entities.get(role) as Entity

/** Names under which the two parties of an invoice are found again, whichever role opened them. */
const partyNames: Partial<Record<Role, string>> = { 'invoice.buyer': 'buyer', 'invoice.seller': 'seller' }

/**
 * Returns the root of the business objects in a body; invoices are `root.list('page.items')` or {@link invoicesIn}.
 * Parts of the body that do not have the documented form are passed over: conformance reports those.
 */
export function view(shape: Shape, body: unknown): Scope {
  const root = new Scope('page', '')
  read(shape, body, root, '', 0)
  return root
}

/** Bodies nest no deeper than this in earnest; a hostile one must not exhaust the stack. */
const deepest = 200

function read(shape: Shape, value: unknown, scope: Scope, pointer: Pointer, depth: number): void {
  if (value === null || value === undefined || depth > deepest) return
  const { binding } = shape
  const kind = binding?.term.kind
  if (kind === 'list' && binding) return readList(shape, value, owner(scope, binding), pointer, depth, binding)
  if (kind === 'entity' && binding) return readInside(shape, value, enter(scope, binding, pointer), pointer, depth)
  if (binding) return note(owner(scope, binding), { binding, pointer, raw: value, schema: shape.pointer })
  readInside(shape, value, scope, pointer, depth)
}

function readList(shape: Shape, value: unknown, scope: Scope, pointer: Pointer, depth: number, binding: Binding): void {
  if (!Array.isArray(value)) return
  scope.declare(binding.role)
  for (const [index, item] of value.entries()) {
    const at = join(pointer, index)
    const child = scope.open(binding.role, binding.term.of as Entity, at)
    if (shape.items) readInside(shape.items, item, child, at, depth + 1)
  }
}

function readInside(shape: Shape, value: unknown, scope: Scope, pointer: Pointer, depth: number): void {
  if (Array.isArray(value)) {
    if (shape.keyed) readKeyed(shape, shape.keyed, value, scope, pointer)
    else if (shape.items) for (const [index, item] of value.entries()) read(shape.items, item, scope, join(pointer, index), depth + 1)
    return
  }
  if (!isObject(value)) return
  for (const { name, step, property } of telling(shape)) {
    const inner = value[name]
    if (inner !== null && inner !== undefined && Object.hasOwn(value, name)) read(property, inner, scope, pointer + step, depth + 1)
  }
}

interface Telling {
  readonly name: string
  /** Its part of a pointer: `/name`. */
  readonly step: string
  readonly property: Shape
}

const known = new WeakMap<Shape, readonly Telling[]>()

/** Returns the properties that carry a role or hold something that may; most carry none, and bodies have a great many. */
function telling(shape: Shape): readonly Telling[] {
  const list = known.get(shape)
  if (list) return list
  const made = [...shape.properties].filter(([, property]) => !isSilent(property)).map(([name, property]) => ({ name, step: join('', name), property }))
  known.set(shape, made)
  return made
}

const isSilent = ({ binding, keyed, items, properties }: Shape): boolean => binding === undefined && keyed === undefined && items === undefined && properties.size === 0

function readKeyed(shape: Shape, { key, value, entries }: NonNullable<Shape['keyed']>, items: readonly unknown[], scope: Scope, pointer: Pointer): void {
  for (const [index, item] of items.entries()) {
    if (!isObject(item)) continue
    const entry = entries.find((candidate) => candidate.key === item[key])
    const raw = item[value]
    if (entry && raw !== null && raw !== undefined) note(owner(scope, entry.binding), { binding: entry.binding, pointer: join(pointer, index, value), raw, schema: shape.pointer })
  }
}

const note = (scope: Scope, occurrence: Occurrence): void => {
  const { role } = occurrence.binding
  const list = scope.occurrences.get(role)
  if (list) list.push(occurrence)
  else scope.occurrences.set(role, [occurrence])
}

/** Whose the role is: the anchored party, the nearest object of its entity, or else the object it stands in: a message names its invoice. */
function owner(scope: Scope, { role, anchor }: Binding): Scope {
  const invoice = scope.nearest('invoice')
  if (anchor && invoice) return invoice.child(anchor, 'party', invoice.pointer)
  return scope.nearest(entityOf(role)) ?? scope
}

function enter(scope: Scope, binding: Binding, pointer: Pointer): Scope {
  const entity = binding.term.of as Entity
  // `invoice` inside an invoice is the same invoice: some APIs wrap the header in an object of its own.
  if (binding.role === 'invoice') return scope.nearest('invoice') ?? scope.open('invoice', 'invoice', pointer)
  const of = owner(scope, binding)
  const name = partyNames[binding.role]
  return name ? of.child(name, entity, pointer) : of.open(binding.role, entity, pointer)
}

/** Returns every invoice of a body, those of a page first; invoices inside invoices are left out. */
export const invoicesIn = (root: Scope): readonly Scope[] => [...root.list('page.items'), ...root.list('invoice')]
