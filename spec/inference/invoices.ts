// Finds the resources that hold invoices, and the schemas in which invoices are shown or sent.

import { isObject, resolve } from '../document.ts'
import type { Document } from '../document.ts'
import type { Model } from '../model.ts'
import { successOf } from '../operation.ts'
import { atPointer, join } from '../pointer.ts'
import type { Pointer } from '../pointer.ts'
import { wordsOf } from '../resources/names.ts'
import type { Resource } from '../resources/resource.ts'
import { nameMeaning } from './dictionary.ts'
import type { ItemForm } from './examples.ts'
import { fitOf, looksPrinted } from './facts.ts'
import type { SchemaFacts } from './facts.ts'
import { boundFrom } from './inferred.ts'
import type { Inferred } from './inferred.ts'
import { readItem } from './item.ts'
import { listRoleOf } from './parts.ts'
import type { Candidate, ItemPlace } from './rules.ts'

type FactsOf = (pointer: Pointer) => SchemaFacts

/** What was found in the forms of an invoice. */
export interface ResourceReadings {
  readonly roots: readonly Pointer[]
  readonly candidates: readonly Candidate[]
  readonly others: readonly ItemPlace[]
}

/** Returns the forms in which a resource's item is shown or sent: where each stands, and what leads from there to the item itself. */
export function formsOf(
  { shape }: Pick<Model, 'shape'>,
  { schema, operations }: Resource,
  factsOf: FactsOf,
): ItemForm[] {
  const forms = new Map<Pointer, ItemForm>()
  const add = (root: Pointer, within: readonly string[] = []): void => {
    const { pointer } = shape(root)
    if (!forms.has(pointer)) forms.set(pointer, { root: pointer, within })
  }
  add(schema)
  for (const { operation, does, answer, request } of operations) {
    const body = successOf(operation)?.content.find((content) => content.schema !== undefined)?.schema
    if (answer && does !== 'list' && !answer.many && body !== undefined && hasParts(body, answer.path, factsOf))
      add(body, answer.path)
    else if (answer) add(answer.item)
    const sent = operation.body?.content.find((content) => content.schema !== undefined)?.schema
    if (request && !request.many && sent !== undefined && hasParts(sent, request.path, factsOf)) add(sent, request.path)
    else if (request) add(request.item)
  }
  return [...forms.values()]
}

/** Tells whether lists of an invoice's parts stand around its item: `{ header: { … }, rows: [ … ] }`. */
function hasParts(body: Pointer, path: readonly string[], factsOf: FactsOf): boolean {
  let here = factsOf(body)
  for (const step of path) {
    for (const [name, at] of here.properties) {
      const { items } = factsOf(at)
      if (name === step || items === undefined) continue
      const names = [...factsOf(items).properties.keys()].flatMap((inner) => nameMeaning(wordsOf(inner)).words)
      if (names.length > 0 && listRoleOf(nameMeaning(wordsOf(name)).words, names)) return true
    }
    const next = here.properties.get(step)
    if (next === undefined) return false
    here = factsOf(next)
  }
  return false
}

/** Looks through every form in which a resource's item is shown or sent. */
export function readResource(model: Model, resource: Resource, factsOf: FactsOf): ResourceReadings {
  const { identity } = resource
  const forms = formsOf(model, resource, factsOf)
  const found = forms.map(({ root, within }) => {
    const { candidates, others } = readItem(root, 'invoice', factsOf)
    return {
      candidates: identified(candidates, others, 'invoice.id', identity && [...within, ...identity].join('\n')),
      others,
    }
  })
  return {
    roots: forms.map(({ root }) => root),
    candidates: found.flatMap(({ candidates }) => candidates),
    others: found.flatMap(({ others }) => others),
  }
}

/** What paths name an item by is its identity, whatever it is called; nothing else is. */
export function identified(
  candidates: readonly Candidate[],
  others: readonly ItemPlace[],
  role: string,
  path: string | undefined,
): Candidate[] {
  if (path === undefined) return [...candidates]
  const own = [...candidates, ...others].find((spot) => spot.path.join('\n') === path)
  // A number of the API's own beside the token that paths name it by is the same thing said twice.
  const isTwin = ({ path: other, facts }: ItemPlace): boolean =>
    own !== undefined &&
    other.slice(0, -1).join('\n') === own.path.slice(0, -1).join('\n') &&
    facts.types.has('integer') !== own.facts.types.has('integer')
  const rest = candidates.filter(
    (candidate) =>
      candidate !== own &&
      (candidate.role !== role ||
        candidate.scope !== own?.scope ||
        candidate.aside !== undefined ||
        looksPrinted(candidate.facts) ||
        (candidate.confidence > 0.85 && isTwin(candidate))),
  )
  const isText = own && !own.facts.types.has('boolean') && fitOf('id', own.facts, own.words) > 0
  const isNumber =
    own && candidates.some((one) => one === own && one.role.endsWith('number') && one.confidence >= boundFrom)
  if (!own || !isText || isNumber) return [...candidates]
  return [...rest, { ...own, role, holder: own.holder, confidence: 0.95, evidence: ['paths name an item by it'] }]
}

/** Bodies of webhooks that hold an invoice: `{ event, data: { … } }`. */
export function webhookRoots({ document, shape }: Model, factsOf: FactsOf): { readonly found: ResourceReadings }[] {
  const roots = new Set<Pointer>()
  /** How near the body each schema was met: many bodies hold the same customer. */
  const met = new Map<Pointer, number>()
  const visit = (pointer: Pointer, depth: number, name?: string): void => {
    const { pointer: root } = shape(pointer)
    const before = met.get(root) ?? Infinity
    if (roots.has(root) || depth > 3 || before <= depth) return
    met.set(root, depth)
    const { properties } = factsOf(root)
    const isFirst = before === Infinity && properties.size >= 3
    const names = [name, factsOf(pointer).called].filter((one) => one !== undefined && !wrappers.has(one.toLowerCase()))
    const mayBe =
      isFirst &&
      (names.length === 0 || names.some((one) => nameMeaning(wordsOf(one as string)).words.includes('invoice')))
    if (mayBe && looksLikeInvoice(readItem(root, 'invoice', factsOf).candidates)) roots.add(root)
    else for (const [inner, at] of properties) if (factsOf(at).properties.size > 0) visit(at, depth + 1, inner)
  }
  for (const body of webhookBodies(document)) visit(body, 0)
  return [...roots].map((root) => ({ found: { roots: [root], ...readItem(root, 'invoice', factsOf) } }))
}

/** Names of what only wraps what a webhook is about. */
const wrappers = new Set('data object payload resource body content event entity record item'.split(' '))

function webhookBodies(document: Document): Pointer[] {
  const webhooks = isObject(document.webhooks) ? Object.keys(document.webhooks) : []
  return webhooks.flatMap((name) => {
    const { pointer, value } = resolve(document, join('', 'webhooks', name))
    return Object.keys(isObject(value) ? value : {}).flatMap((method) => {
      const content = atPointer(document, join(pointer, method, 'requestBody', 'content'))
      return Object.entries(isObject(content) ? content : {}).flatMap(([type, media]) =>
        isObject(media) && media.schema !== undefined
          ? [join(pointer, method, 'requestBody', 'content', type, 'schema')]
          : [],
      )
    })
  })
}

/** Puts together what was found in several places; a form that two of them have counts once. */
export function together(all: readonly { readonly found: ResourceReadings }[]): ResourceReadings {
  const roots = new Set<Pointer>()
  const own = all.map(({ found }) => {
    const fresh = new Set(found.roots.filter((root) => !roots.has(root)))
    for (const root of fresh) roots.add(root)
    const isFresh = ({ root }: ItemPlace): boolean => fresh.has(root)
    return { candidates: found.candidates.filter(isFresh), others: found.others.filter(isFresh) }
  })
  return {
    roots: [...roots],
    candidates: own.flatMap(({ candidates }) => candidates),
    others: own.flatMap(({ others }) => others),
  }
}

type Read = { readonly candidates: readonly Candidate[] }

/** Resources named after invoices, the plainest names first. */
export const invoicesAmong = (resources: readonly Resource[]): Resource[] =>
  resources.filter(({ noun }) => nounRank(noun) > 0)

/** Words before "invoice" that leave it one. */
const still = new Set(
  'invoice sales sale customer customers issue seller purchase outgoing ausgangs document tax out ar client debtor receivable received recurring'.split(
    ' ',
  ),
)

function nounRank(noun: string): number {
  const raw = wordsOf(noun)
  const { words } = nameMeaning(raw)
  const isNamed = words.includes('invoice') || (words.includes('document') && words.includes('issue'))
  if (!isNamed || !words.every((word) => still.has(word))) return 0
  const isBill =
    raw.some((word) => /^bills?$/.test(word)) ||
    words.includes('received') ||
    words.includes('seller') ||
    words.includes('purchase')
  return isBill ? 1 : words.length === 1 ? 3 : 2
}

export type InvoiceDirection = NonNullable<Inferred['direction']>

/** Bills are received; so is what says from whom it comes and not to whom it goes. */
export function directionOf({
  resource,
  found,
}: {
  readonly resource: Resource
  readonly found: Read
}): InvoiceDirection {
  if (nounRank(resource.noun) === 1) return 'payable'
  const says = (side: string): boolean =>
    found.candidates.some(
      ({ role, confidence }) =>
        confidence >= boundFrom && new RegExp(`^(?:invoice\\.${side}|${side}\\..+)$`).test(role),
    )
  return says('seller') && !says('buyer') ? 'payable' : 'receivable'
}

/** An invoice says at least three of these. */
const invoiceRole =
  /^invoice\.(?:total|subtotal|tax|due|paid|lines|taxes|dueDate|issueDate|number|status|buyer|currency|lineTotal|payable|allowanceList|chargeList)$/

export const looksLikeInvoice = (candidates: readonly Candidate[]): boolean =>
  new Set(
    candidates
      .filter(({ role, confidence }) => confidence >= boundFrom && invoiceRole.test(role))
      .map(({ role }) => role),
  ).size >= 3

export const rankOf = ({ noun, operations, singleton }: Resource, { candidates }: Read): number =>
  nounRank(noun) * 100 + Math.min(60, candidates.length) + operations.length - (singleton ? 20 : 0)
