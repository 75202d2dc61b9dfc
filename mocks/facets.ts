import { Frame, paidColumn, statusColumn, valueOf } from '../factories/index.ts'
import type { Answers, Entry } from '../factories/index.ts'
import { statuses } from '../spec/index.ts'
import type { Anchor, Role } from '../spec/index.ts'
import type { Business } from './business.ts'

/** What an invoice is sorted and filtered by: a number, a word, a flag; `undefined` where it has none. */
export type Facet = (index: number) => unknown

/** A role, and whose party it is about. */
export interface FacetName {
  readonly role: Role
  readonly anchor?: Anchor | undefined
}

/**
 * Returns the facet of a role. Light facts come from the ledger's columns, so that a million invoices can be sorted;
 * what changed since, and every other role, is read from the invoice itself.
 */
export function facetOf(business: Business, answers: Answers, name: FacetName): Facet {
  const light = lightFacet(business, name)
  const full = fullFacet(business, answers, name)
  if (!light) return full
  const changed = new Set(business.store.changed())
  const { size } = business.ledger
  return (index) => (index >= size || changed.has(index) ? full(index) : light(index))
}

function lightFacet({ ledger, today }: Business, { role, anchor }: FacetName): Facet | undefined {
  const columns = ledger.columns()
  const day = (column: Int32Array): Facet => (index) => column[index]
  if (anchor === 'buyer' && role === 'party.id') return (index) => columns.customer[index]
  if (anchor === 'buyer' && role === 'party.name') return (index) => ledger.party(columns.customer[index] as number).name
  if (anchor !== undefined) return undefined
  switch (role) {
    case 'invoice.status': {
      const codes = statusColumn(columns, today)
      return (index) => statuses[codes[index] as number]
    }
    case 'invoice.issueDate': return day(columns.issueDay)
    case 'invoice.dueDate': return day(columns.dueDay)
    case 'invoice.total':
    case 'invoice.payable': return (index) => columns.total[index]
    case 'invoice.paid':
    case 'invoice.due': {
      const paid = paidColumn(columns, today)
      return role === 'invoice.paid' ? (index) => paid[index] : (index) => (columns.total[index] as number) - (paid[index] as number)
    }
    case 'invoice.currency': return (index) => ledger.book.profile(columns.customer[index] as number).currency
    case 'invoice.direction': return () => 'receivable'
    default: return undefined
  }
}

function fullFacet(business: Business, answers: Answers, name: FacetName): Facet {
  const get = valueOf(name)
  const frame = new Frame(business.ledger, answers.identities, true)
  const read = (entry: Entry): unknown => {
    frame.key = entry.key
    frame.invoice = entry
    frame.story = business.ledger.story(entry)
    return get(frame)
  }
  return (index) => {
    const entry = business.find(index)
    return entry && read(entry)
  }
}
