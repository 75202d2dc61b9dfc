// Defines the named sources that declared roles can take values from.
import type { Formula } from '../../spec/index.ts'
import { mainRateOf } from '../ledger/calculate.ts'
import type { Line } from '../ledger/entry.ts'
import type { AnswerContext } from '../answers/context.ts'
import { assigneeFor, assigneeOf } from '../story/facts.ts'
import { snippetOf } from '../story/emails.ts'

/** Parts of one invoice have keys of their own: at most this many of one sort. */
const parts = 1024

/** Returns the key of a part of the invoice in view, from its position; `undefined` stays so. */
export const inside = ({ invoice }: AnswerContext, index: number | undefined): number | undefined =>
  index === undefined ? undefined : invoice.index * parts + index

/** Returns an opaque word that identifies something in another system. */
export const idOf = ({ identities }: AnswerContext, kind: string, key: number): string =>
  String(identities.encode(kind, key, 'token'))

/** Returns an address on the seller's site. */
export const publicUrl = ({ ledger }: AnswerContext, ...path: readonly string[]): string =>
  `https://billing.${ledger.seller.domain}/${path.join('/')}`

/** What values that a document declares can be taken from by name, besides objects in view: `{ $from: correspondence.emails }`. */
export const sources = {
  /** What people wrote and said about the invoice. */
  correspondence: ({ story }: AnswerContext) => story,
  /** The contract that the invoice bills. */
  agreement: ({ ledger, invoice }: AnswerContext) => ledger.contract(invoice),
  /** The tax group of what is billed in each period: that of most lines. */
  periodTax: ({ invoice }: AnswerContext) =>
    invoice.taxes.find(({ rate }) => rate === mainRateOf(invoice.lines)) ?? invoice.taxes[0],
  /** The tax group with the largest base. */
  mainTax: ({ invoice }: AnswerContext) => invoice.taxes.toSorted((left, right) => right.base - left.base)[0],
  /** The seller's person who looks after the party around, or the invoice's buyer. */
  assignee: ({ party, invoice, ledger }: AnswerContext) =>
    party ? assigneeFor(party, ledger.staff) : assigneeOf(invoice, ledger.staff),
  /** The first of the seller's people: who set things up. */
  owner: ({ ledger }: AnswerContext) => ledger.staff[0],
  /** Who stored a file: the author of the e-mail around, else the buyer. */
  uploader: ({ email, invoice }: AnswerContext) => email?.author ?? invoice.buyer.people[0],
  /** The first words of the e-mail. */
  snippet: ({ email }: AnswerContext) => snippetOf(email.body),
  /** What was said in the call, word by word. */
  transcript: ({ call }: AnswerContext) =>
    call.turns.map(({ role, content }) => `${role === 'agent' ? 'Agent' : 'Customer'}: ${content}`).join('\n'),
  /** What the call was understood to mean, in a word for each finding. */
  labels: ({ call }: AnswerContext) => call.findings.map(({ kind }) => kind),
  /** The line that a suggested match is about. */
  matchedLine({ invoice, match }: AnswerContext): (Line & { readonly productCode?: string }) | undefined {
    const line = invoice.lines[match.line]
    return line && { ...line, ...(line.product >= 0 && { productCode: `ART-${1000 + line.product}` }) }
  },
} as const

/** Those that are the same for all invoices of a party. */
const lasting = new Set(['assignee', 'owner', 'party', 'person', 'address'])

/** Tells whether a value is taken from something that other invoices of the same party do not share. */
export const dependsOnInvoice = ({ template }: Formula): boolean =>
  [...(JSON.stringify(template) ?? '').matchAll(/"\$(?:from|part)":"(\w+)/g)].some(
    ([, name]) => !lasting.has(name as string),
  )
