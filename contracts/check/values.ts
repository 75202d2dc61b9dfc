import {
  exponentOf,
  currencyOf,
  formatDay,
  formatDecimal,
  parseDecimal,
  readDay,
  readInstant,
  readWords,
} from '../../spec/index.ts'
import type { Anchor, Binding, BusinessObject, Occurrence, Pointer, Role, Term } from '../../spec/index.ts'
import type { LawContext } from '../law.ts'
import { dueOf } from '../terms.ts'

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
