import { AnswerContext, paidColumn, present, statusColumn, roleValueOf, within } from '../factories/index.ts'
import type { Entry } from '../factories/index.ts'
import { entityOf, statuses, termOf } from '../spec/index.ts'
import type { Anchor, Entity, RoleName } from '../spec/index.ts'
import type { Setting } from './context.ts'

/** What an invoice is sorted and filtered by: a number, a word, a flag, a list of them for its parts; `undefined` where it has none. */
export type Facet = (index: number) => unknown

/** A role, and whose party it is about. */
export interface FacetName extends Pick<RoleName, 'role' | 'term'> {
  readonly anchor?: Anchor | undefined
}

/** The currency of an invoice. */
export const currencyName: FacetName = { role: 'invoice.currency', term: termOf('invoice.currency') }

/** What facets are read with. */
export type Looking = Pick<Setting, 'business' | 'answers' | 'terms' | 'model'>

/** Returns the facet of a role that the ledger's columns tell of every drawn invoice, so that a million of them can be sorted. */
export function lightFacet({ business, terms }: Looking, { role, anchor }: FacetName): Facet | undefined {
  const { ledger, today } = business
  const columns = ledger.columns(terms.rounding)
  const day =
    (column: Int32Array): Facet =>
    (index) =>
      column[index]
  const other = terms.direction === 'payable' ? 'seller' : 'buyer'
  if (anchor === other && role === 'party.id') return (index) => columns.customer[index]
  if (anchor === other && role === 'party.name') return (index) => ledger.party(columns.customer[index] as number).name
  if (anchor !== undefined) return undefined
  switch (role) {
    case 'invoice.status': {
      const codes = statusColumn(columns, today)
      return (index) => statuses[codes[index] as number]
    }
    case 'invoice.issueDate':
      return day(columns.issueDay)
    case 'invoice.dueDate':
      return day(columns.dueDay)
    case 'invoice.total':
    case 'invoice.payable':
      return (index) => columns.total[index]
    case 'invoice.paid':
    case 'invoice.due': {
      const paid = paidColumn(columns, today)
      return role === 'invoice.paid'
        ? (index) => paid[index]
        : (index) => (columns.total[index] as number) - (paid[index] as number)
    }
    case 'invoice.currency':
      return (index) => ledger.book.profile(columns.customer[index] as number).currency
    case 'invoice.direction':
      return () => terms.direction ?? 'receivable'
    default:
      return undefined
  }
}

/** Returns what reads a role from an invoice itself. */
export function readerOf({ business, answers, terms, model }: Looking, name: FacetName): (entry: Entry) => unknown {
  const get = roleValueOf(name)
  const path = name.anchor === undefined ? model.vocabulary.pathTo(entityOf(name.role)) : undefined
  return (entry) => {
    const context = new AnswerContext(business.ledger, answers.identities, true)
    return within(context, 'invoice', present(entry, terms), (moved) =>
      path?.length ? collect(moved, path, get) : get(moved),
    )
  }
}

/** Returns what every part at the end of a path says. */
function collect(
  context: AnswerContext,
  [step, ...rest]: readonly RoleName[],
  get: (context: AnswerContext) => unknown,
): unknown[] {
  if (step === undefined) return [get(context)]
  const parts = [roleValueOf(step)(context)].flat().filter((part) => part !== undefined && part !== null)
  return parts.flatMap((part) => within(context, step.term.of as Entity, part, (moved) => collect(moved, rest, get)))
}
