// Reads all pages of a list and checks overlaps and duplicate numbers.

import {
  invoicesIn,
  parseDecimal,
  exponentOf,
  currencyOf,
  formatDay,
  formatDecimal,
  readDay,
  readInstant,
  readWords,
} from '../../spec/index.ts'
import type {
  BusinessObject,
  Operation,
  Parameter,
  Role,
  Anchor,
  Binding,
  Occurrence,
  Pointer,
  Term,
} from '../../spec/index.ts'
import { checkCondition } from './items.ts'
import { breach } from './rules.ts'
import type { CheckedExchange } from './run.ts'
import type { Session } from './session.ts'
import type { AskedFor, LawContext } from '../law.ts'
import { resolvedSchema } from '../samples.ts'
import { dueOf } from '../terms.ts'
import { shownJson } from '../violation.ts'

/** An invoice as a list showed it. */
export interface Listed {
  readonly object: BusinessObject
  /** The entry as JSON. */
  readonly entry: unknown
  readonly body: unknown
}

/** Returns the parameter of an operation that has a role. */
export const parameterOf = ({ parameters }: Operation, role: Role): Parameter | undefined =>
  parameters.find(({ binding }) => binding?.role === role)

/** Returns the invoices of an answer, with the JSON of each. */
export function listedIn({ page, json }: CheckedExchange): readonly Listed[] {
  if (!page) return []
  return invoicesIn(page).map((object) => ({ object, body: json, entry: entryAt(json, object) }))
}

const entryAt = (json: unknown, { pointer }: BusinessObject): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (value, step) =>
        (value as Record<string, unknown> | undefined)?.[step.replaceAll('~1', '/').replaceAll('~0', '~')],
      json,
    )

const normalSize = 25

/** Returns what asks for a page of a moderate size, and what the answer has to agree with. */
export function firstPage(
  session: Session,
  operation: Operation,
): { values: Record<string, unknown>; asked: AskedFor } {
  const number = parameterOf(operation, 'page.number')
  const size = parameterOf(operation, 'page.size')
  const bound = size && resolvedSchema(session.model.document, size.schema).maximum
  const limit = Math.min(session.options.limit ?? normalSize, typeof bound === 'number' ? bound : Infinity)
  const base = number ? baseOf(session, number) : undefined
  return {
    values: { ...(size && { [size.name]: limit }), ...(number && { [number.name]: base }) },
    asked: { ...(size && { size: limit }), ...(base !== undefined && { number: base, base }) },
  }
}

function baseOf({ model }: Session, { binding, schema }: Parameter): number {
  const { minimum, default: first } = resolvedSchema(model.document, schema)
  return binding?.base ?? (typeof minimum === 'number' ? minimum : typeof first === 'number' ? first : 1)
}

/** Reads a list from its first page on and returns what it showed; pages that overlap are reported. */
export async function readPages(session: Session, operation: Operation): Promise<readonly Listed[]> {
  const { values, asked } = firstPage(session, operation)
  const seen = new Map<string, number>()
  const numbers = new Map<string, Numbered>()
  const listed: Listed[] = []
  let extra: Record<string, unknown> | undefined = {}
  for (let index = 0; extra && index < (session.options.maxPages ?? 3); index++) {
    const number = asked.number === undefined ? {} : { number: asked.number + index }
    const exchange: CheckedExchange = await session.send(
      { operation, values: { ...values, ...extra } },
      { asked: { ...asked, ...number } },
    )
    if (index === 0) await checkCondition(session, { operation, values }, exchange)
    const items = listedIn(exchange)
    const known = overlaps(exchange, items, index, seen)
    checkNumbers(session, exchange, items, numbers)
    listed.push(...items)
    // Pages that lead round in a circle have no end.
    if (items.length > 0 && known === items.length) break
    const following = nextPage(operation, exchange, { ...asked, ...number }, items.length)
    extra = JSON.stringify(following) === JSON.stringify(extra) ? undefined : following
  }
  return listed
}

/** Reports invoices that were on an earlier page, and returns how many there are. */
function overlaps(
  exchange: CheckedExchange,
  items: readonly Listed[],
  index: number,
  seen: Map<string, number>,
): number {
  let known = 0
  for (const { object } of items) {
    const id = object.first('invoice.id')
    const key = JSON.stringify(id?.raw)
    if (!id) continue
    const before = seen.get(key)
    if (before !== undefined && before !== index) {
      known++
      exchange.report(breach('PF-PAGES', 'an invoice that was on no page before', shownJson(id.raw), id.pointer))
    }
    seen.set(key, before ?? index)
  }
  return known
}

/** An invoice by whose number others are held. */
interface Numbered {
  readonly id: string
  readonly request: string
  readonly pointer: Pointer
}

/** Reports invoices with a number that another invoice of the same seller has, on whatever page it was. */
function checkNumbers(
  session: Session,
  exchange: CheckedExchange,
  items: readonly Listed[],
  numbers: Map<string, Numbered>,
): void {
  for (const { object } of items) {
    const number = object.first('invoice.number')
    const id = object.first('invoice.id')
    const seller = number && id && sellerOf(session, object)
    if (!number || !id || seller === undefined || number.raw === '') continue
    const key = JSON.stringify([seller, String(number.raw)])
    const own = { id: String(id.raw), request: exchange.request, pointer: number.pointer }
    const other = numbers.get(key) ?? own
    numbers.set(key, other)
    if (other.id === own.id) continue
    const where = other.request === own.request ? other.pointer : `${other.pointer} of ${other.request}`
    exchange.report(breach('PF-NUMBER', `a number other than that at ${where}`, shownJson(number.raw), number.pointer))
  }
}

/** Returns who numbers an invoice: the seller it shows, or the one seller behind the API; `undefined` where that is not known. */
function sellerOf({ model: { bound, inferred } }: Session, invoice: BusinessObject): string | undefined {
  const [seller] = invoice.list('seller')
  const shown = (['party.id', 'party.taxId', 'party.name'] as const).map((role) => seller?.raw(role)).find(isStated)
  if (shown !== undefined) return String(shown)
  const direction = invoice.first('invoice.direction')
  if (direction) return readWords(direction.binding, direction.raw).includes('receivable') ? 'we' : undefined
  return inferred || bound.has('invoice.direction') || bound.has('seller') ? undefined : 'we'
}

const isStated = (value: unknown): boolean => value !== undefined && value !== null && value !== ''

/** Returns the parameters of the next page, or `undefined` after the last. */
function nextPage(
  operation: Operation,
  { page }: CheckedExchange,
  asked: AskedFor,
  items: number,
): Record<string, unknown> | undefined {
  if (!page) return undefined
  const cursor = parameterOf(operation, 'page.cursor')
  const following = page.first('page.nextCursor')
  if (cursor) return following ? { [cursor.name]: following.raw } : undefined
  const number = parameterOf(operation, 'page.number')
  if (!number || asked.number === undefined || items === 0) return undefined
  const total = parseDecimal(page.first('page.total')?.raw)
  const before = asked.size === undefined ? undefined : (asked.number - (asked.base ?? 1)) * asked.size
  const isMore =
    page.first('page.next') !== undefined ||
    (total !== undefined && before !== undefined && BigInt(before + items) * 10n ** 12n < total)
  return isMore ? { [number.name]: asked.number + 1 } : undefined
}

/** A value of an invoice, as it is written, and as it compares. */
export interface InvoiceValue {
  readonly text: string
  /** Amounts, numbers, days and moments; texts compare as texts. */
  readonly order: bigint | string
  readonly words: readonly string[]
  /** Where it stands in the body; missing where it was worked out. */
  readonly pointer?: Pointer
}

/** Returns the values that an invoice shows for a role; what is still due is worked out from what is paid where the document has no role for it. */
export function valuesAt(
  invoice: BusinessObject,
  { role, anchor }: { readonly role: Role; readonly anchor?: Anchor },
  context: LawContext,
): readonly InvoiceValue[] {
  const found = objects(invoice, role, anchor).flatMap((object) => object.all(role).slice(0, 1).map(valueOf))
  if (found.length > 0 || role !== 'invoice.due' || context.bound.has(role)) return found
  // What a list leaves out, its server may still sort by.
  if (!invoice.first('invoice.paid')) return found
  const due = dueOf(invoice, context)
  if (due === undefined) return []
  const factor = context.representation.amount === 'minor' ? 10n ** BigInt(exponentOf(currencyOf(invoice))) : 1n
  return [{ text: formatDecimal(due * factor), order: due * factor, words: [] }]
}

function objects(invoice: BusinessObject, role: Role, anchor: Anchor | undefined): readonly BusinessObject[] {
  if (anchor) return invoice.list(anchor).slice(0, 1)
  const entity = role.split('.')[0]
  return entity === 'invoice' ? [invoice] : invoice.within().filter((object) => object.entity === entity)
}

function valueOf(occurrence: Occurrence): InvoiceValue {
  const { raw, binding } = occurrence
  const text = typeof raw === 'string' ? raw : JSON.stringify(raw)
  return {
    text,
    order: orderOf(occurrence) ?? text,
    words: binding.term.kind === 'code' ? readWords(binding, raw) : [],
    pointer: occurrence.pointer,
  }
}

function orderOf(occurrence: Occurrence): bigint | undefined {
  const { kind } = occurrence.binding.term
  if (kind === 'date' || kind === 'instant') {
    const instant = readInstant(occurrence)
    return instant === undefined ? undefined : BigInt(instant)
  }
  return kind === 'text' || kind === 'id' || kind === 'code' ? undefined : parseDecimal(occurrence.raw)
}

/** Returns a value as a filter wants it written: its day for a range of dates, the parameter’s own word for a code. */
export function asFilter(value: InvoiceValue, binding: Binding, { kind }: Pick<Term, 'kind'>): string | undefined {
  if (kind === 'code' && binding.values) {
    const word = value.words
      .map((candidate) => binding.values?.[candidate])
      .find((candidate) => candidate !== undefined && candidate !== null)
    return word === undefined ? undefined : String(word)
  }
  if (binding.match === 'contains') return value.text.split(/\s+/).find((part) => part.length > 2) ?? value.text
  if (binding.match !== 'range')
    return binding.case === 'lower'
      ? value.text.toLowerCase()
      : binding.case === 'upper'
        ? value.text.toUpperCase()
        : value.text
  const day = kind === 'date' || kind === 'instant' ? readDay({ raw: value.text }) : undefined
  const edge = day === undefined ? value.text : formatDay(day)
  return `${edge}..${edge}`
}
