// Reads a body by role: finds its business objects, and the amounts, days and words that their values state.

import { exponentOf, fromMinor, parseDecimal } from './amounts.ts'
import type { Decimal } from './amounts.ts'
import type { Binding, Word } from './binding.ts'
import { BodyNode, BusinessObject } from './business-object.ts'
import type { Occurrence } from './business-object.ts'
import { parseDay, parseInstant, secondsPerDay } from './date.ts'
import type { Day, Instant } from './date.ts'
import { isObject } from './document.ts'
import { Nesting, propertyValue } from './layout.ts'
import type { JsonObject, Layout } from './layout.ts'
import type { Representation } from './model.ts'
import type { Role } from './roles.ts'
import type { Shape } from './shape.ts'

/** Bodies nest no deeper than this; a hostile one must not exhaust the stack. */
const deepest = 200

const pages = new WeakMap<Shape, Nesting>()

/**
 * Reads a body by role: returns the root of its business objects. Invoices are `root.list('page.items')` or {@link invoicesIn}.
 * Parts of the body that do not have the documented form are passed over: conformance reports those. The body must not change
 * as long as its objects are used. Where no schema is documented, nothing is found.
 * @example readByRole(model.shape('/components/schemas/Invoice'), body).list('invoice')[0]?.first('invoice.total')
 */
export function readByRole(shape: Shape | undefined, body: unknown): BusinessObject {
  const frame = new BodyNode(body)
  if (!shape) return new BusinessObject(new Nesting('page'), frame)
  const page = pages.get(shape) ?? new Nesting('page')
  pages.set(shape, page)
  const root = new BusinessObject(page, frame)
  read(shape, frame, root, 0)
  return root
}

/** Returns every invoice of a body, those of a page first; invoices inside invoices are left out. */
export const invoicesIn = (root: BusinessObject): readonly BusinessObject[] => [
  ...root.list('page.items'),
  ...root.list('invoice'),
]

function read(shape: Shape, frame: BodyNode, object: BusinessObject, depth: number): void {
  const { binding } = shape
  if (frame.value === null || frame.value === undefined || depth > deepest) return
  if (!binding) readInside(shape, frame, object, depth)
  else if (binding.term.kind === 'list') readList(shape, binding, frame, object, depth)
  else if (binding.term.kind === 'entity') readInside(shape, frame, enter(object, binding, frame), depth)
  else readValue(shape, binding, frame, object)
}

/** A value that stands in an array is stated as if it were the only member of an object. */
function readValue(shape: Shape, binding: Binding, frame: BodyNode, object: BusinessObject): void {
  const layout = object.nesting.single(shape, binding, shape.pointer, 'value', '')
  readSingle(layout, { value: frame.value }, frame, object)
}

function readSingle(layout: Layout, value: JsonObject, frame: BodyNode, object: BusinessObject): void {
  // What stands in a list of its own comes after what the object itself says.
  if (layout.own) object.addElsewhere(frame, value, layout.own)
  stateElsewhere(layout, value, frame, object)
}

function readList({ items }: Shape, binding: Binding, frame: BodyNode, object: BusinessObject, depth: number): void {
  const { role, term } = binding
  const list = frame.value
  if (!Array.isArray(list) || term.of === undefined) return
  const owner = object.owner(object.nesting.ownerOf(binding))
  owner.declare(role)
  for (let index = 0; index < list.length; index++) {
    const inner = new BodyNode(list[index], frame, index)
    const item = owner.open(role, term.of, inner)
    if (items) readInside(items, inner, item, depth + 1)
    if (term.of === 'line' && isRowBeside(item)) owner.close(role)
  }
}

/** Tells whether a row among the lines is none: a subtotal, or words between them. */
function isRowBeside(line: BusinessObject): boolean {
  const kind = line.first('line.kind')
  const words = kind ? readWords(kind.binding, kind.raw) : []
  return words.length > 0 && !words.includes('item')
}

function readInside(shape: Shape, frame: BodyNode, object: BusinessObject, depth: number): void {
  const { value } = frame
  if (Array.isArray(value)) readArray(shape, value, frame, object, depth)
  else if (isObject(value)) readObject(shape, value, frame, object, depth)
}

function readArray(
  shape: Shape,
  array: readonly unknown[],
  frame: BodyNode,
  object: BusinessObject,
  depth: number,
): void {
  const { keyed, items } = shape
  if (keyed) return readKeyed(shape, keyed, array, frame, object)
  if (!items || (array.length > 1 && saysAmountsOf(items))) return
  for (let index = 0; index < array.length; index++)
    read(items, new BodyNode(array[index], frame, index), object, depth + 1)
}

const known = new WeakMap<Shape, boolean>()

/**
 * Tells whether the elements of an array without a role say amounts of the invoice around it: instalments, payment requests. Where
 * there are several, none of them says those of the whole.
 */
export function saysAmountsOf(items: Shape): boolean {
  const before = known.get(items)
  if (before !== undefined) return before
  const says =
    !items.binding &&
    [...items.properties.values()].some((shape) =>
      [shape, ...(shape.binding ? [] : shape.properties.values())].some(
        ({ binding }) => binding?.term.kind === 'amount' && binding.role.startsWith('invoice.'),
      ),
    )
  known.set(items, says)
  return says
}

function readKeyed(
  { pointer }: Shape,
  { key, value, entries }: NonNullable<Shape['keyed']>,
  array: readonly unknown[],
  frame: BodyNode,
  object: BusinessObject,
): void {
  for (const [index, item] of array.entries()) {
    if (!isObject(item)) continue
    const entry = entries.find((candidate) => candidate.key === item[key])
    if (!entry) continue
    const layout = object.nesting.single(entry, entry.binding, pointer, value)
    readSingle(layout, item, new BodyNode(item, frame, index), object)
  }
  // What an array leaves out could have stood there, as a property that an object leaves out could.
  for (const entry of entries)
    if (!array.some((item) => isObject(item) && item[key] === entry.key))
      readSingle(object.nesting.single(entry, entry.binding, pointer, value), absent, frame, object)
}

const absent: JsonObject = {}

function readObject(shape: Shape, value: JsonObject, frame: BodyNode, object: BusinessObject, depth: number): void {
  const layout = object.nesting.layout(shape)
  const { own, inside } = layout
  if (own) object.add(frame, value, own)
  for (const property of inside) {
    const inner = propertyValue(value, property)
    if (inner !== undefined) read(property.shape, new BodyNode(inner, frame, property.step), object, depth + 1)
  }
  stateElsewhere(layout, value, frame, object)
}

/** Notes what a JSON object states about other business objects than its own. */
function stateElsewhere({ elsewhere }: Layout, value: JsonObject, frame: BodyNode, object: BusinessObject): void {
  for (const { owner, statement } of elsewhere) {
    // A party of which nothing is said is not there.
    if (owner.party && !statement.properties.some((property) => propertyValue(value, property) !== undefined)) continue
    object.owner(owner).addElsewhere(frame, value, statement)
  }
}

/** Names under which the two parties of an invoice are found again, whichever role opened them. */
const partyNames: Partial<Record<Role, string>> = { 'invoice.buyer': 'buyer', 'invoice.seller': 'seller' }

function enter(object: BusinessObject, binding: Binding, frame: BodyNode): BusinessObject {
  const { role, term } = binding
  const owner = object.owner(object.nesting.ownerOf(binding))
  // `invoice` inside an invoice is the same invoice: some APIs wrap the header in an object of its own.
  if (role === 'invoice' && owner.entity === 'invoice') return owner
  const name = partyNames[role]
  const entity = term.of ?? owner.entity
  return name ? owner.child(name, entity, frame) : owner.open(role, entity, frame)
}

/** Returns how an amount is written at a binding; major units where nothing says otherwise. */
export const unitOf = (binding: Binding, representation: Representation): 'minor' | 'major' =>
  binding.unit ?? representation.amount ?? 'major'

/** Returns the amount an occurrence states, exactly, in major units; `undefined` where it states none. */
export function readAmount(
  { binding, raw }: Occurrence,
  currency: string,
  representation: Representation,
): Decimal | undefined {
  if (typeof raw === 'number' && Number.isSafeInteger(raw))
    return fromMinor(raw, unitOf(binding, representation) === 'minor' ? exponentOf(currency) : 0)
  const value = parseDecimal(raw)
  if (value === undefined || unitOf(binding, representation) === 'major') return value
  return (value * fromMinor(1, exponentOf(currency))) / fromMinor(1, 0)
}

/** Returns the number an occurrence states, exactly: quantities, ratios, counts. */
export const readNumber = ({ raw }: Occurrence): Decimal | undefined => parseDecimal(raw)

/** Returns the percentage an occurrence states: 19 for 19 %, whether written 19, "19" or 0.19. */
export function readRate({ binding, raw }: Occurrence): Decimal | undefined {
  const value = parseDecimal(raw)
  return value !== undefined && binding.as === 'fraction' ? value * 100n : value
}

/** Returns the moment an occurrence states; a plain date is its midnight, UTC. */
export const readInstant = ({ raw }: Pick<Occurrence, 'raw'>): Instant | undefined =>
  typeof raw === 'number' ? secondsIn(raw) : parseInstant(raw)

/** Seconds since 1970; what would be a year beyond 5000 is milliseconds. */
const secondsIn = (raw: number): Instant => Math.floor(Math.abs(raw) > 1e11 ? raw / 1000 : raw)

/** Returns the calendar day an occurrence states: of a text with an offset, the day that stands before it; of a number, its day in UTC. */
export function readDay({ raw }: Pick<Occurrence, 'raw'>): Day | undefined {
  const day = parseDay(raw)
  if (day !== undefined) return day
  const instant = readInstant({ raw })
  if (instant === undefined) return undefined
  return (typeof raw === 'string' ? parseDay(raw.slice(0, 10)) : undefined) ?? Math.floor(instant / secondsPerDay)
}

/** Returns the ledger's words that a value of the API can stand for; several where the API has fewer words. */
export function readWords({ values, case: letters, term }: Binding, raw: unknown): readonly string[] {
  if (values)
    return Object.entries(values)
      .filter(([, word]) => sameWord(word, raw))
      .map(([word]) => word)
  if (typeof raw !== 'string') return []
  const word = term.words?.find(
    (candidate) => candidate === raw || (letters && candidate.toLowerCase() === raw.toLowerCase()),
  )
  return term.words ? (word === undefined ? [] : [word]) : [letters ? raw.toUpperCase() : raw]
}

/** A text and a number that read the same are the same word: query strings have only texts. */
const sameWord = (word: Word, raw: unknown): boolean =>
  word === raw || (word !== null && raw !== null && String(word) === String(raw))

/** Returns the currency of an invoice, upper case; the empty text where the body states none. */
export function currencyOf(invoice: BusinessObject): string {
  const raw = invoice.first('invoice.currency' satisfies Role)?.raw
  return typeof raw === 'string' ? raw.toUpperCase() : ''
}
