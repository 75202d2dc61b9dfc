import { AnswerContext, paidColumn, present, statusColumn, roleValueOf, within } from '../factories/index.ts'
import type { Entry } from '../factories/index.ts'
import { entityOf, exponentOf, statuses, termOf, unitsOf } from '../spec/index.ts'
import type { Anchor, Entity, RoleName } from '../spec/index.ts'
import type { Business } from './state/business.ts'
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

/**
 * Returns the facet of a role by which a list is sorted: amounts as the API writes them, so that 900 yen come after 100 dollars
 * where it writes major units.
 */
export function sortFacetOf(setting: Looking, name: FacetName): Facet {
  const facet = facetOf(setting, name)
  if (name.term.kind !== 'amount' || setting.model.representation.amount === 'minor') return facet
  const currencies = facetOf(setting, currencyName)
  return (index) => {
    const minor = facet(index) as number | undefined
    return minor === undefined ? undefined : minor / unitsOf(exponentOf(currencies(index) as string))
  }
}

/**
 * Returns the facet of a role. Light facts come from the ledger's columns, so that a million invoices can be sorted;
 * what changed since, and every other role, is read from the invoice itself.
 */
export function facetOf(setting: Looking, name: FacetName): Facet {
  const { business } = setting
  const light = lightFacet(setting, name)
  const full = fullFacet(setting, name)
  if (!light) return full
  const { size } = business.ledger
  return (index) => (index >= size || business.state.changesOf(index).length > 0 ? full(index) : light(index))
}

function lightFacet({ business, terms }: Looking, { role, anchor }: FacetName): Facet | undefined {
  const { ledger, today }: Business = business
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

function fullFacet({ business, answers, terms, model }: Looking, name: FacetName): Facet {
  const get = roleValueOf(name)
  const path = name.anchor === undefined ? model.vocabulary.pathTo(entityOf(name.role)) : undefined
  const read = (entry: Entry): unknown => {
    const context = new AnswerContext(business.ledger, answers.identities, true)
    return within(context, 'invoice', present(entry, terms), (moved) =>
      path?.length ? collect(moved, path, get) : get(moved),
    )
  }
  return (index) => {
    const entry = business.find(index)
    return entry && read(entry)
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
