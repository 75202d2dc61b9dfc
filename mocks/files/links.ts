// Finds the links of an API's data that lead to a file of an invoice, and what each of them is about.

import { percentDecoded } from '../../spec/index.ts'
import { indexOfNumber, present } from '../../factories/index.ts'
import type { Entry, Party, Payment } from '../../factories/index.ts'
import type { Entity, Model, Term } from '../../spec/index.ts'
import type { ApiInWorld } from '../context.ts'

/** Where a link leads. */
export type LinkTarget =
  | { readonly is: 'invoice' | 'payment' | 'pdf'; readonly invoice: Entry }
  | { readonly is: 'receipt'; readonly invoice: Entry; readonly payment: Payment }
  | { readonly is: 'account'; readonly party: Party }
  | { readonly is: 'attachment'; readonly invoice: Entry; readonly index: number }
  | { readonly is: 'recording' }
  | { readonly is: 'image'; readonly of: 'logo' | 'portrait' | 'picture'; readonly name: string }
  | { readonly is: 'document'; readonly name: string }

/** A form of links, and how what it names is found. */
interface LinkForm {
  readonly pattern: RegExp
  readonly target: (named: string, api: ApiInWorld) => LinkTarget | undefined
}

/** Parts of one invoice have keys of their own: the invoice's index times this, and their position. */
const parts = 1024

const known = new WeakMap<Model, readonly LinkForm[]>()

function formsOf(model: Model): readonly LinkForm[] {
  const forms = known.get(model) ?? [...coreForms, ...declaredForms(model)]
  known.set(model, forms)
  return forms
}

const patterns = new WeakMap<Model, RegExp>()

/** Returns a pattern that finds the links to files in JSON of an API, without looking whether there is what they name. */
export function fileLinks(model: Model): RegExp {
  const sources = formsOf(model).map(({ pattern }) => pattern.source.slice('^https:\\/\\/'.length, -1))
  const found =
    patterns.get(model) ?? new RegExp(`"https://(${sources.map((source) => `(?:${source})`).join('|')})"`, 'g')
  patterns.set(model, found)
  return found
}

/** Returns where a link of an API's data leads in a world; `undefined` for a link to no file, or to what there is not. */
export function linkTarget(api: ApiInWorld, url: string): LinkTarget | undefined {
  for (const { pattern, target } of formsOf(api.model)) {
    const [, named] = pattern.exec(url) ?? []
    const found = named === undefined ? undefined : target(named, api)
    if (found) return found
  }
  return undefined
}

const token = String.raw`([0-9A-Za-z]{12})`
const host = String.raw`[\w.-]+\.example`
const linkTo = (path: string): RegExp => new RegExp(`^https://${path}$`)

/** Links of core roles, and those that values without a role are given by their names: `logo`, `file_url`. */
const coreForms: readonly LinkForm[] = [
  invoiceForm('invoice', linkTo(String.raw`billing\.${host}/invoices/${token}`)),
  invoiceForm('payment', linkTo(String.raw`billing\.${host}/pay/${token}`)),
  {
    pattern: linkTo(String.raw`billing\.${host}/invoices/([^/?#"\\]+)\.pdf`),
    target: (named, api) => {
      const number = percentDecoded(named)
      const invoice = number === undefined ? undefined : invoiceByNumber(api, number)
      return invoice && invoice.status !== 'draft' ? { is: 'pdf', invoice } : undefined
    },
  },
  {
    pattern: linkTo(String.raw`(cdn\.${host}/[\w./-]+\.(?:svg|png|jpe?g|webp|gif))`),
    target: (named) => ({
      is: 'image',
      of: named.endsWith('/logo.svg') ? 'logo' : named.includes('/people/') ? 'portrait' : 'picture',
      name: named,
    }),
  },
  {
    pattern: linkTo(String.raw`files\.${host}/files/\w+/([\w.-]+\.(?:pdf|png|csv|txt))`),
    target: (name) => ({ is: 'document', name }),
  },
]

/** What the words in links to pages of an invoice are words for. */
const pageKinds = { invoice: 'invoice page', payment: 'payment page' } as const

/** Returns the links of an invoice as its API's data has them: its page, the page where it is paid, its PDF. */
export function linksOf({ answers, business: { ledger }, presentation }: ApiInWorld, invoice: Entry) {
  const site = `https://billing.${ledger.seller.domain}`
  const word = (is: keyof typeof pageKinds): string | number =>
    answers.identities.encode(pageKinds[is], invoice.index, 'token')
  return {
    page: `${site}/invoices/${word('invoice')}`,
    payment: `${site}/pay/${word('payment')}`,
    pdf: `${site}/invoices/${present(invoice, presentation).number}.pdf`,
  }
}

function invoiceForm(is: 'invoice' | 'payment', pattern: RegExp): LinkForm {
  return {
    pattern,
    target: (named, { answers, business }) => {
      const index = answers.identities.decode(pageKinds[is], named, 'token')
      const invoice = index === undefined ? undefined : business.find(index)
      return invoice && { is, invoice }
    },
  }
}

/** A number that was changed, or given by a buyer who received the invoice, is looked for among those that changed. */
function invoiceByNumber({ business, presentation }: ApiInWorld, number: string): Entry | undefined {
  const isIt = (entry: Entry | undefined): entry is Entry =>
    entry !== undefined && (entry.number === number || present(entry, presentation).number === number)
  const { ledger } = business
  const drawn = indexOfNumber(ledger.seller, number) ?? Number(/-(\d{5,})$/.exec(number)?.[1] ?? Number.NaN) - 10_000
  const first = drawn >= 0 ? business.find(drawn) : undefined
  if (isIt(first)) return first
  for (const index of business.state.changed()) {
    const changed = business.find(index)
    if (isIt(changed)) return changed
  }
  return undefined
}

/**
 * Links that a document declares (`x-roles`): `https://files.{company.domain}/{file.link}/{file.name}`, where `{ $token: '{file.id}' }` makes the
 * word that names a file. The thing whose word it is decides what the link leads to.
 */
function declaredForms({ vocabulary }: Model): readonly LinkForm[] {
  return [...vocabulary.own.values()].flatMap((term): readonly LinkForm[] => {
    const { template, roles } = term.value ?? { template: undefined, roles: new Map<string, never>() }
    if (typeof template !== 'string' || !template.startsWith('https://')) return []
    let word: { readonly kind: string; readonly of: Entity } | undefined
    const pattern = template.split(/\{([\w.]+)\}/g).map((piece, at) => {
      if (at % 2 === 0) return piece.replaceAll(/[.*+?^$()[\]{}|\\]/g, String.raw`\$&`)
      const mention = roles.get(piece)
      if (piece === 'company.domain') return host
      const owner = mention && ownerOfToken(mention.term)
      if (!mention || !owner || word) return String.raw`[^/?#"\\]+`
      word = { kind: mention.role, of: owner }
      return token
    })
    const { kind, of } = word ?? {}
    const target = of && targets[of === 'call' && !template.endsWith('.wav') ? 'none' : of]
    if (kind === undefined || !target) return []
    return [
      {
        pattern: new RegExp(`^${pattern.join('')}$`),
        target: (named, api) => {
          const key = api.answers.identities.decode(kind, named, 'token')
          return key === undefined ? undefined : target(key, api)
        },
      },
    ]
  })
}

/** Returns the entity that a word names, where it is the word for an identity. */
function ownerOfToken({ value }: Term): Entity | undefined {
  const { $token } = (value?.template ?? {}) as { readonly $token?: string }
  return $token === undefined ? undefined : value?.roles.get($token.slice(1, -1))?.term.of
}

/** What a thing is shown as, by its sort. */
const targets: Readonly<Record<string, (key: number, api: ApiInWorld) => LinkTarget | undefined>> = {
  payment(key, { business }) {
    const invoice = business.find(Math.floor(key / parts))
    const payment = invoice?.payments[key % parts]
    return invoice && payment && { is: 'receipt', invoice, payment }
  },
  party(key, { business: { ledger } }) {
    return key < 0 ? undefined : { is: 'account', party: ledger.party(key) }
  },
  file(key, { business }) {
    const invoice = business.find(Math.floor(key / parts))
    return invoice && { is: 'attachment', invoice, index: key % parts }
  },
  call: () => ({ is: 'recording' }),
}
