import type { Binding } from './binding.ts'
import { isObject } from './document.ts'
import { Frame, Spot, spotAt } from './frame.ts'
import { entityOf } from './plan.ts'
import type { Branch, Leaf } from './plan.ts'
import { join } from './pointer.ts'
import type { Pointer } from './pointer.ts'
import type { Entity, Role } from './roles.ts'
import { Scope } from './scope.ts'
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

/** Names under which the two parties of an invoice are found again, whichever role opened them. */
const partyNames: Partial<Record<Role, string>> = { 'invoice.buyer': 'buyer', 'invoice.seller': 'seller' }

/**
 * Returns the root of the business objects in a body; invoices are `root.list('page.items')` or {@link invoicesIn}.
 * Parts of the body that do not have the documented form are passed over: conformance reports those. The body must not change
 * as long as the view is used. Where no schema is documented, nothing is found.
 */
export function view(shape: Shape | undefined, body: unknown): Scope {
  const frame = new Frame(body, undefined, '')
  const root = new Scope('page', frame)
  if (shape) read(shape, frame, root, 0)
  return root
}

/** Bodies nest no deeper than this in earnest; a hostile one must not exhaust the stack. */
const deepest = 200

function read(shape: Shape, frame: Frame, scope: Scope, depth: number): void {
  const { binding } = shape
  if (frame.value === null || frame.value === undefined || depth > deepest) return
  if (!binding) return readInside(shape, frame, scope, depth)
  if (binding.term.kind === 'list') return readList(shape, frame, owner(scope, binding), depth, binding)
  if (binding.term.kind === 'entity') return readInside(shape, frame, enter(scope, binding, frame), depth)
  owner(scope, binding).note(new Spot(binding, frame.value, shape.pointer, frame, ''))
}

function readList({ items }: Shape, frame: Frame, scope: Scope, depth: number, { role, term }: Binding): void {
  if (!Array.isArray(frame.value)) return
  scope.declare(role)
  const list: readonly unknown[] = frame.value
  for (let index = 0; index < list.length; index++) {
    const inner = new Frame(list[index], frame, index)
    const child = scope.open(role, term.of as Entity, inner)
    if (items) readInside(items, inner, child, depth + 1)
  }
}

function readInside(shape: Shape, frame: Frame, scope: Scope, depth: number): void {
  const { value } = frame
  if (Array.isArray(value)) readArray(shape, frame, value, scope, depth)
  else if (isObject(value)) readObject(shape, frame, value, scope, depth)
}

function readArray(
  { keyed, items, pointer }: Shape,
  frame: Frame,
  value: readonly unknown[],
  scope: Scope,
  depth: number,
): void {
  if (keyed) readKeyed(pointer, keyed, frame, value, scope)
  else if (items)
    for (let index = 0; index < value.length; index++)
      read(items, new Frame(value[index], frame, index), scope, depth + 1)
}

function readObject(
  shape: Shape,
  frame: Frame,
  value: Readonly<Record<string, unknown>>,
  scope: Scope,
  depth: number,
): void {
  const plan = scope.kind.plan(shape)
  const values = plan.take(value)
  frame.plan = plan
  frame.values = values
  if (plan.leaves.length > 0) scope.add(frame)
  for (let index = 0; index < plan.branches.length; index++) {
    const branch = plan.branches[index] as Branch
    const inner = values[branch.at]
    if (inner !== undefined) read(branch.shape, new Frame(inner, frame, branch.step), scope, depth + 1)
  }
  for (let index = 0; index < plan.away.length; index++) {
    const leaf = plan.away[index] as Leaf
    const spot = spotAt(leaf, frame)
    if (spot) owner(scope, leaf.binding).note(spot)
  }
}

function readKeyed(
  schema: Pointer,
  { key, value, entries }: NonNullable<Shape['keyed']>,
  frame: Frame,
  items: readonly unknown[],
  scope: Scope,
): void {
  for (const [index, item] of items.entries()) {
    if (!isObject(item)) continue
    const entry = entries.find((candidate) => candidate.key === item[key])
    const raw = item[value]
    if (entry && raw !== null && raw !== undefined)
      owner(scope, entry.binding).note(
        new Spot(entry.binding, raw, schema, new Frame(item, frame, index), join('', value)),
      )
  }
}

/** Whose the role is: the anchored party, the nearest object of its entity, or else the object it stands in: a message names its invoice. */
function owner(scope: Scope, { role, anchor }: Binding): Scope {
  const invoice = anchor && scope.nearest('invoice')
  if (invoice) return invoice.child(anchor, 'party')
  return scope.nearest(entityOf(role)) ?? scope
}

function enter(scope: Scope, binding: Binding, frame: Frame): Scope {
  const entity = binding.term.of as Entity
  // `invoice` inside an invoice is the same invoice: some APIs wrap the header in an object of its own.
  if (binding.role === 'invoice') return scope.nearest('invoice') ?? scope.open('invoice', 'invoice', frame)
  const of = owner(scope, binding)
  const name = partyNames[binding.role]
  return name ? of.child(name, entity, frame) : of.open(binding.role, entity, frame)
}

/** Returns every invoice of a body, those of a page first; invoices inside invoices are left out. */
export const invoicesIn = (root: Scope): readonly Scope[] => [...root.list('page.items'), ...root.list('invoice')]
