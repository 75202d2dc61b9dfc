import type { Model } from '../model.ts'
import type { Pointer } from '../pointer.ts'
import { nounOf, wordsOf } from '../resources/names.ts'
import type { Resource } from '../resources/resource.ts'
import { resourcesOf } from '../resources/resources.ts'
import { parseRole } from '../roles.ts'
import { annotate } from './annotate.ts'
import { decide } from './decide.ts'
import { meaningOf } from './dictionary.ts'
import { settle } from './equations.ts'
import { examplesOf } from './examples.ts'
import { factsIn } from './facts.ts'
import type { Facts } from './facts.ts'
import { boundFrom } from './inferred.ts'
import type { Inferred, InferredPlace, Question } from './inferred.ts'
import { inferExchange } from './exchange.ts'
import { fitOf, moneyIn } from './kinds.ts'
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
  const { resource, found } = chosen
  const customers = customersFor(resources, resource)
  const parties = customers ? readParties(customers, factsOf) : []
  const { kept: likely, dropped } = decide(pointing(found, resource, customers))
  const kept = settle(likely, examplesOf(model, resource, factsOf))
  const bound = [...kept, ...parties].filter(({ confidence }) => confidence >= boundFrom)
  const annotated = bound.map((candidate) => annotate(candidate, factsOf)).filter((binding) => binding !== undefined)
  const { bindings: around, operations } = inferExchange(model, resource, annotated, factsOf)
  const places = new Set(annotated.map(({ root, path = [] }) => `${root} ${path.join('\n')}`))
  return {
    resource: resource.name,
    roots: found.roots,
    bindings: [...annotated, ...around].map((one) => ({ ...one, confidence: Math.round(one.confidence * 100) / 100 })),
    operations,
    questions: questionsOf([...kept, ...dropped], found.others, places),
    unbound: unboundIn([...kept, ...dropped, ...found.others], places, (spot) => holdsMoney(spot, factsOf)),
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
  /^invoice\.(?:total|subtotal|tax|due|paid|lines|dueDate|issueDate|number|status|currency|lineTotal|payable)$/

const isInvoice = (candidates: readonly Candidate[]): boolean =>
  new Set(
    candidates.filter(({ role, confidence }) => confidence >= boundFrom && telling.test(role)).map(({ role }) => role),
  ).size >= 3

const rankOf = ({ noun, operations, singleton }: Resource, { candidates }: Found): number =>
  nounRank(noun) * 100 + Math.min(60, candidates.length) + operations.length - (singleton ? 20 : 0)

/** Looks through every form in which a resource's item is shown or sent. */
function readResource(
  { shape }: Model,
  { schema, operations, identity }: Resource,
  factsOf: ReturnType<typeof factsIn>,
): Found {
  const roots = new Set<Pointer>([
    schema,
    ...operations.flatMap(({ answer, request }) => [
      ...(answer ? [answer.item] : []),
      ...(request ? [request.item] : []),
    ]),
  ])
  const pointers = [...new Set([...roots].map((root) => shape(root).pointer))]
  const found = pointers.map((root) => walk(root, 'invoice', factsOf))
  const known = identity?.join('\n')
  const named = found.map(({ candidates, others }) => identified(candidates, others, 'invoice.id', known))
  return { roots: pointers, candidates: named.flat(), others: found.flatMap(({ others }) => others) }
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
  const rest = candidates.filter((candidate) => candidate !== own && candidate.role !== role)
  const isText = own && !own.facts.types.has('boolean') && fitOf('id', own.facts, own.words) > 0
  if (!own || !isText || ('role' in own && String(own.role).endsWith('number'))) return [...candidates]
  return [...rest, { ...own, role, holder: own.holder, confidence: 0.95, evidence: ['paths name an item by it'] }]
}

/** What leads to a customer of the document's own is that customer's identity; nothing else in the object is. */
function pointing(
  { candidates, others }: Found,
  { relations }: Resource,
  customers: Resource | undefined,
): Candidate[] {
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
