import { isObject, resolve } from '../document.ts'
import type { Document } from '../document.ts'
import type { Model } from '../model.ts'
import { at, join } from '../pointer.ts'
import type { Pointer } from '../pointer.ts'
import { nounOf, wordsOf } from '../resources/names.ts'
import type { Resource } from '../resources/resource.ts'
import { resourcesOf } from '../resources/resources.ts'
import { successOf } from '../operation.ts'
import { parseRole } from '../roles.ts'
import { annotate } from './annotate.ts'
import { decide } from './decide.ts'
import { meaningOf } from './dictionary.ts'
import { settle } from './equations.ts'
import { examplesOf } from './examples.ts'
import type { Form } from './examples.ts'
import { factsIn } from './facts.ts'
import type { Facts } from './facts.ts'
import { boundFrom } from './inferred.ts'
import type { Inferred, InferredBinding, InferredPlace, Question } from './inferred.ts'
import { inferExchange } from './exchange.ts'
import { fitOf, moneyIn } from './kinds.ts'
import { listOf } from './parts.ts'
import { walk } from './walk.ts'
import type { Candidate, Spot } from './rank.ts'

/**
 * Returns what the places of a document without roles probably mean: which resource holds invoices, what its operations do,
 * and which properties are which amounts, dates, parties and lines, each with how sure it is and why. Names, types,
 * descriptions and examples are looked at; no API is known by name.
 *
 * @example infer(model).bindings.map(({ pointer, annotation, confidence }) => `${pointer} is ${annotation.role} (${confidence})`)
 */
export function infer(model: Model): Inferred {
  const factsOf = factsIn(model.document)
  const { resources } = resourcesOf(model)
  const all = invoicesAmong(resources)
    .map((resource) => ({ resource, found: readResource(model, resource, factsOf) }))
    .filter(({ found }) => isInvoice(found.candidates))
    .sort((left, right) => rankOf(right.resource, right.found) - rankOf(left.resource, left.found))
  const [chosen] = all
  if (!chosen) return { roots: [], bindings: [], operations: [], questions: [], unbound: [] }
  const { resource } = chosen
  const customers = customersFor(resources, resource)
  const parties = customers ? readParties(customers, factsOf) : []
  const others = all.slice(1).filter((other) => isAlso(chosen.resource, other.resource))
  const whole = together([chosen, ...others, ...webhookRoots(model, factsOf)])
  const { kept: likely, dropped } = decide(keyed(whole, resource, customers))
  const kept = settle(
    likely,
    [chosen, ...others].flatMap((one) =>
      examplesOf(model, one.resource, formsOf(model, one.resource, factsOf), factsOf),
    ),
  )
  const bound = [...kept, ...parties].filter(({ confidence }) => confidence >= boundFrom)
  const annotated = bound.map((candidate) => annotate(candidate, factsOf)).filter((binding) => binding !== undefined)
  const { bindings: around, operations } = inferExchange(model, resource, annotated, factsOf)
  const invoices = [chosen, ...others].map((one) => one.resource)
  const pointing = keysTo(
    invoices,
    resources.filter((one) => !invoices.includes(one) && one !== customers),
    annotated,
    {
      shape: model.shape,
      factsOf,
    },
  )
  const places = new Set(annotated.map(({ root, path = [] }) => `${root} ${path.join('\n')}`))
  return {
    resource: resource.name,
    roots: whole.roots,
    bindings: [...annotated, ...around, ...pointing].map((one) => ({
      ...one,
      confidence: Math.round(one.confidence * 100) / 100,
    })),
    operations,
    questions: questionsOf([...kept, ...dropped], whole.others, places),
    unbound: unboundIn([...kept, ...dropped, ...whole.others], places, (spot) => holdsMoney(spot, factsOf)),
  }
}

interface Found {
  readonly roots: readonly Pointer[]
  readonly candidates: readonly Candidate[]
  readonly others: readonly Spot[]
}

/** Resources named after invoices, the plainest names first. */
const invoicesAmong = (resources: readonly Resource[]): Resource[] => resources.filter(({ noun }) => nounRank(noun) > 0)

/** Words before "invoice" that leave it one. */
const still = new Set(
  'invoice sales sale customer customers issue seller purchase outgoing ausgangs document tax out ar client debtor receivable received recurring'.split(
    ' ',
  ),
)

function nounRank(noun: string): number {
  const raw = wordsOf(noun)
  const { words } = meaningOf(raw)
  const isNamed = words.includes('invoice') || (words.includes('document') && words.includes('issue'))
  if (!isNamed || !words.every((word) => still.has(word))) return 0
  const isBill =
    raw.some((word) => /^bills?$/.test(word)) ||
    words.includes('received') ||
    words.includes('seller') ||
    words.includes('purchase')
  return isBill ? 1 : words.length === 1 ? 3 : 2
}

/** An invoice says at least three of these. */
const telling =
  /^invoice\.(?:total|subtotal|tax|due|paid|lines|taxes|dueDate|issueDate|number|status|currency|lineTotal|payable|allowanceList|chargeList)$/

const isInvoice = (candidates: readonly Candidate[]): boolean =>
  new Set(
    candidates.filter(({ role, confidence }) => confidence >= boundFrom && telling.test(role)).map(({ role }) => role),
  ).size >= 3

const rankOf = ({ noun, operations, singleton }: Resource, { candidates }: Found): number =>
  nounRank(noun) * 100 + Math.min(60, candidates.length) + operations.length - (singleton ? 20 : 0)

/** Returns the forms in which a resource's item is shown or sent: where each stands, and what leads from there to the item itself. */
function formsOf(
  { shape }: Pick<Model, 'shape'>,
  { schema, operations }: Resource,
  factsOf: ReturnType<typeof factsIn>,
): Form[] {
  const forms = new Map<Pointer, Form>()
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
function hasParts(body: Pointer, path: readonly string[], factsOf: ReturnType<typeof factsIn>): boolean {
  let here = factsOf(body)
  for (const step of path) {
    for (const [name, at] of here.properties) {
      const { items } = factsOf(at)
      if (name === step || items === undefined) continue
      const names = [...factsOf(items).properties.keys()].flatMap((inner) => meaningOf(wordsOf(inner)).words)
      if (names.length > 0 && listOf(meaningOf(wordsOf(name)).words, names)) return true
    }
    const next = here.properties.get(step)
    if (next === undefined) return false
    here = factsOf(next)
  }
  return false
}

/** Looks through every form in which a resource's item is shown or sent. */
function readResource(model: Model, resource: Resource, factsOf: ReturnType<typeof factsIn>): Found {
  const { identity } = resource
  const forms = formsOf(model, resource, factsOf)
  const found = forms.map(({ root, within }) => {
    const { candidates, others } = walk(root, 'invoice', factsOf)
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

/** Another place where the same invoices are sent or shown, without a list of its own: what partners submit, what a customer sees. */
const isAlso = (chosen: Resource, other: Resource): boolean =>
  other.noun === chosen.noun && !other.operations.some(({ does }) => does === 'list')

/** Bodies of webhooks that hold an invoice: `{ event, data: { … } }`. */
function webhookRoots({ document, shape }: Model, factsOf: ReturnType<typeof factsIn>): { readonly found: Found }[] {
  const roots = new Set<Pointer>()
  const visit = (pointer: Pointer, depth: number): void => {
    const { pointer: root } = shape(pointer)
    if (roots.has(root) || depth > 3) return
    const { properties } = factsOf(root)
    if (properties.size >= 3 && isInvoice(walk(root, 'invoice', factsOf).candidates)) roots.add(root)
    else for (const at of properties.values()) if (factsOf(at).properties.size > 0) visit(at, depth + 1)
  }
  for (const body of webhookBodies(document)) visit(body, 0)
  return [...roots].map((root) => ({ found: { roots: [root], ...walk(root, 'invoice', factsOf) } }))
}

function webhookBodies(document: Document): Pointer[] {
  const webhooks = isObject(document.webhooks) ? Object.keys(document.webhooks) : []
  return webhooks.flatMap((name) => {
    const { pointer, value } = resolve(document, join('', 'webhooks', name))
    return Object.keys(isObject(value) ? value : {}).flatMap((method) => {
      const content = at(document, join(pointer, method, 'requestBody', 'content'))
      return Object.entries(isObject(content) ? content : {}).flatMap(([type, media]) =>
        isObject(media) && media.schema !== undefined
          ? [join(pointer, method, 'requestBody', 'content', type, 'schema')]
          : [],
      )
    })
  })
}

function together(all: readonly { readonly found: Found }[]): Found {
  const roots = new Set<Pointer>()
  const own = all.map(({ found }) => {
    const fresh = new Set(found.roots.filter((root) => !roots.has(root)))
    for (const root of fresh) roots.add(root)
    const isFresh = ({ root }: Spot): boolean => fresh.has(root)
    return { candidates: found.candidates.filter(isFresh), others: found.others.filter(isFresh) }
  })
  return {
    roots: [...roots],
    candidates: own.flatMap(({ candidates }) => candidates),
    others: own.flatMap(({ others }) => others),
  }
}

/** What paths name an item by is its identity, whatever it is called; nothing else is. */
function identified(
  candidates: readonly Candidate[],
  others: readonly Spot[],
  role: string,
  path: string | undefined,
): Candidate[] {
  if (path === undefined) return [...candidates]
  const own = [...candidates, ...others].find((spot) => spot.path.join('\n') === path)
  // A number of the API's own beside the token that paths name it by is the same thing said twice.
  const isTwin = ({ path: other, facts }: Spot): boolean =>
    own !== undefined &&
    other.slice(0, -1).join('\n') === own.path.slice(0, -1).join('\n') &&
    facts.types.has('integer') !== own.facts.types.has('integer')
  const rest = candidates.filter(
    (candidate) =>
      candidate !== own &&
      (candidate.role !== role ||
        candidate.scope !== own?.scope ||
        candidate.aside !== undefined ||
        (candidate.confidence > 0.85 && isTwin(candidate))),
  )
  const isText = own && !own.facts.types.has('boolean') && fitOf('id', own.facts, own.words) > 0
  const isNumber =
    own && candidates.some((one) => one === own && one.role.endsWith('number') && one.confidence >= boundFrom)
  if (!own || !isText || isNumber) return [...candidates]
  return [...rest, { ...own, role, holder: own.holder, confidence: 0.95, evidence: ['paths name an item by it'] }]
}

/** What leads to a customer of the document's own is that customer's identity; nothing else in the object is. */
function keyed({ candidates, others }: Found, { relations }: Resource, customers: Resource | undefined): Candidate[] {
  if (!customers?.identity) return [...candidates]
  const keys = new Set(
    relations
      .filter(
        ({ resource, property }) =>
          resource === customers.name && property?.join('\n') === customers.identity?.join('\n'),
      )
      .map(({ path }) => path.join('\n')),
  )
  const inBuyer = new Map(
    candidates.flatMap(({ role, root, path }) =>
      role === 'invoice.buyer' ? [[`${root} ${path.join('\n')}`, path] as const] : [],
    ),
  )
  const isKey = ({ root, path, holder, facts, words }: Spot): boolean =>
    fitOf('id', facts, words) > 0 &&
    (keys.has(path.join('\n')) ||
      (inBuyer.has(`${root} ${holder}`) &&
        path.slice(inBuyer.get(`${root} ${holder}`)?.length).join('\n') === customers.identity?.join('\n')))
  const found = [...candidates, ...others].filter(isKey)
  const taken = new Set(found.map(({ root, holder }) => `${root} ${holder}`))
  const rest = candidates.filter(
    (candidate) =>
      !found.includes(candidate) &&
      !(/^(?:party|buyer)\.id$/.test(candidate.role) && taken.has(`${candidate.root} ${candidate.holder}`)),
  )
  return [
    ...rest,
    ...[...new Map(found.map((spot) => [`${spot.root} ${spot.path.join('\n')}`, spot])).values()].map(
      (spot): Candidate => ({
        ...spot,
        role: spot.scope === 'party' ? 'party.id' : 'buyer.id',
        confidence: 0.93,
        evidence: [`it names one of ${customers.name}`],
      }),
    ),
  ]
}

/** Returns the keys of invoices that other resources hold: `invoice_id` of a message, a reminder, a payment. */
function keysTo(
  invoices: readonly Resource[],
  others: readonly Resource[],
  bound: readonly InferredBinding[],
  { shape, factsOf }: { readonly shape: Model['shape']; readonly factsOf: ReturnType<typeof factsIn> },
): InferredBinding[] {
  const known = new Set(bound.map(({ pointer }) => pointer))
  return others.flatMap(({ schema, relations }) =>
    relations.flatMap(({ path, resource, property }): InferredBinding[] => {
      const target = invoices.find(({ name }) => name === resource)
      if (!target || !property || path.includes('*')) return []
      const like = bound.find(
        ({ annotation, path: at }) => annotation.role === 'invoice.id' && at?.at(-1) === property.at(-1),
      )
      const { pointer: root } = shape(schema)
      const pointer = path.reduce<Pointer | undefined>(
        (at, step) => (at === undefined ? undefined : factsOf(at).properties.get(step)),
        root,
      )
      if (!like || pointer === undefined || known.has(pointer)) return []
      if ((like.annotation.as === 'integer') !== factsOf(pointer).types.has('integer')) return []
      return [
        {
          pointer,
          root,
          path,
          annotation: like.annotation,
          confidence: 0.88,
          evidence: [`it names one of ${target.name}`],
        },
      ]
    }),
  )
}

/** Returns the resource whose items are the customers that invoices point at. */
function customersFor(resources: readonly Resource[], invoices: Resource): Resource | undefined {
  const isCustomer = ({ noun }: Resource): boolean => {
    const { words } = meaningOf(wordsOf(noun))
    return words.length === 1 && words[0] === 'customer'
  }
  const related = invoices.relations.map(({ resource }) => resources.find(({ name }) => name === resource))
  return (
    resources.find((resource) => isCustomer(resource) && resource.identity && !resource.singleton) ??
    related.find((resource) => resource !== undefined && nounOf(resource.noun) === 'contact')
  )
}

function readParties({ schema, operations, identity }: Resource, factsOf: ReturnType<typeof factsIn>): Candidate[] {
  const roots = new Set<Pointer>([
    schema,
    ...operations.flatMap(({ does, answer, request }) =>
      does === 'action' ? [] : [...(answer ? [answer.item] : []), ...(request ? [request.item] : [])],
    ),
  ])
  return [...roots].flatMap((root) => {
    const { candidates, others } = walk(root, 'party', factsOf)
    return decide(identified(candidates, others, 'party.id', identity?.join('\n'))).kept
  })
}

const speaksOfMoney = ({ facts, money, words, scope }: Spot): boolean =>
  (scope === 'invoice' || scope === 'line' || scope === 'tax') &&
  (money !== undefined ||
    ((facts.types.has('number') || facts.types.has('integer')) && words.some((word) => moneyWords.has(word))) ||
    words.some((word) => word === 'amount' || word === 'total'))

const moneyWords = new Set(
  'amount total net gross tax paid outstanding payable discount charge shipping rounding subtotal price balance credit credits refund refunded deposit prepaid withholding fee adjustment due base'.split(
    ' ',
  ),
)

/** Lists of amounts inside an invoice that are not its lines: instalments, parts of a line. */
function holdsMoney({ facts, scope }: Spot, factsOf: (pointer: Pointer) => Facts): boolean {
  if (facts.items === undefined || (scope !== 'invoice' && scope !== 'line')) return false
  return [...factsOf(facts.items).properties].some(([name, at]) => {
    const inner = factsOf(at)
    return (
      (moneyIn(inner, factsOf) !== undefined || inner.types.has('number') || inner.types.has('integer')) &&
      meaningOf(wordsOf(name)).words.some((word) => moneyWords.has(word))
    )
  })
}

function unboundIn(
  spots: readonly Spot[],
  bound: ReadonlySet<string>,
  isList: (spot: Spot) => boolean,
): InferredPlace[] {
  const seen = new Set<string>()
  return spots.flatMap((spot): InferredPlace[] => {
    const key = `${spot.root} ${spot.path.join('\n')}`
    if (bound.has(key) || seen.has(key) || !(speaksOfMoney(spot) || isList(spot))) return []
    seen.add(key)
    return [{ pointer: spot.pointer, root: spot.root, path: spot.path }]
  })
}

function questionsOf(
  candidates: readonly Candidate[],
  others: readonly Spot[],
  bound: ReadonlySet<string>,
): Question[] {
  const asked = new Map<Pointer, Question>()
  const isBound = ({ root, path }: Spot): boolean => bound.has(`${root} ${path.join('\n')}`)
  for (const candidate of candidates)
    if (!isBound(candidate) && parseRole(candidate.role) && !asked.has(candidate.pointer))
      asked.set(candidate.pointer, {
        pointer: candidate.pointer,
        name: candidate.path.join('.'),
        guess: candidate.role,
        confidence: Math.round(candidate.confidence * 100) / 100,
        why: candidate.evidence.join('; '),
      })
  for (const spot of others)
    if (!isBound(spot) && speaksOfMoney(spot) && !asked.has(spot.pointer))
      asked.set(spot.pointer, {
        pointer: spot.pointer,
        name: spot.path.join('.'),
        confidence: 0,
        why: 'an amount inside an invoice of which no rule knows what it is',
      })
  return [...asked.values()]
}
