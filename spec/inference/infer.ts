// Infers the roles of a document that has none.

import type { Model } from '../model.ts'
import type { Pointer } from '../pointer.ts'
import { wordsOf } from '../resources/names.ts'
import type { Resource } from '../resources/resource.ts'
import { resourcesOf } from '../resources/resources.ts'
import { parseRole } from '../roles.ts'
import { annotate } from './annotate.ts'
import { customersFor, keyed, keysTo, readParties, turned } from './customers.ts'
import { decide } from './decide.ts'
import { nameMeaning } from './dictionary.ts'
import { examplesOf, settleByExamples } from './examples.ts'
import { factsIn, moneyIn } from './facts.ts'
import type { SchemaFacts } from './facts.ts'
import { boundFrom } from './inferred.ts'
import type { Inferred, InferredPlace, Question } from './inferred.ts'
import {
  directionOf,
  formsOf,
  invoicesAmong,
  looksLikeInvoice,
  rankOf,
  readResource,
  together,
  webhookRoots,
} from './invoices.ts'
import type { ResourceReadings } from './invoices.ts'
import { inferExchange } from './operations.ts'
import type { Candidate, ItemPlace } from './rules.ts'

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
    .filter(({ found }) => looksLikeInvoice(found.candidates))
    .sort((left, right) => rankOf(right.resource, right.found) - rankOf(left.resource, left.found))
  const [chosen] = all.length > 0 ? all : numbered(resources, model, factsOf)
  if (!chosen) return { roots: [], bindings: [], operations: [], questions: [], unbound: [] }
  const { resource } = chosen
  const direction = directionOf(chosen)
  const customers = customersFor(resources, resource, direction)
  const parties = customers ? readParties(customers, factsOf) : []
  const others = all.slice(1).filter((other) => isAlso(chosen.resource, other.resource))
  const whole = together([chosen, ...others, ...webhookRoots(model, factsOf)])
  const { kept: likely, dropped } = decide(
    keyed({ ...whole, candidates: turned(whole.candidates, direction) }, resource, customers, direction),
  )
  const kept = settleByExamples(
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
  for (const { root, partOf } of bound) if (partOf) places.add(`${root} ${partOf}`)
  return {
    resource: resource.name,
    direction,
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

/** Returns what is called something else (transactions, sales), but bears the numbers of invoices, lines and a total; the likeliest first. */
function numbered(
  resources: readonly Resource[],
  model: Model,
  factsOf: (pointer: Pointer) => SchemaFacts,
): { readonly resource: Resource; readonly found: ResourceReadings }[] {
  return resources
    .filter(({ operations }) => operations.some(({ does }) => does === 'list'))
    .map((resource) => ({ resource, found: readResource(model, resource, factsOf) }))
    .filter(({ found: { candidates } }) => {
      const has = (role: string): boolean => candidates.some((one) => one.role === role && one.confidence >= boundFrom)
      const isNumbered = candidates.some(
        ({ role, words }) => role === 'invoice.number' && words.includes('invoice') && words.includes('number'),
      )
      return isNumbered && has('invoice.lines') && has('invoice.total') && looksLikeInvoice(candidates)
    })
    .sort((left, right) => right.found.candidates.length - left.found.candidates.length)
}

/** Another place where the same invoices are sent or shown, without a list of its own: what partners submit, what a customer sees. */
const isAlso = (chosen: Resource, other: Resource): boolean =>
  other.noun === chosen.noun && !other.operations.some(({ does }) => does === 'list')

const speaksOfMoney = ({ facts, money, words, scope }: ItemPlace): boolean =>
  (scope === 'invoice' || scope === 'line' || scope === 'tax') &&
  (money !== undefined ||
    ((facts.types.has('number') || facts.types.has('integer')) && words.some((word) => moneyWords.has(word))) ||
    (scope === 'invoice' && facts.types.has('number') && !words.some((word) => otherNumbers.has(word))) ||
    words.some((word) => word === 'amount' || word === 'total'))

/** Words of numbers that are no money; any other number with decimals may be. */
const otherNumbers = new Set(
  'weight width height length days margin margins score latitude longitude version size count page quantity index'.split(
    ' ',
  ),
)

const moneyWords = new Set(
  'amount total net gross tax paid outstanding payable discount charge shipping rounding subtotal price balance credit credits refund refunded deposit prepaid withholding fee adjustment due base'.split(
    ' ',
  ),
)

/** Lists of amounts inside an invoice that are not its lines: instalments, parts of a line. */
function holdsMoney({ facts, scope }: ItemPlace, factsOf: (pointer: Pointer) => SchemaFacts): boolean {
  if (facts.items === undefined || (scope !== 'invoice' && scope !== 'line')) return false
  return [...factsOf(facts.items).properties].some(([name, at]) => {
    const inner = factsOf(at)
    return (
      (moneyIn(inner, factsOf) !== undefined || inner.types.has('number') || inner.types.has('integer')) &&
      nameMeaning(wordsOf(name)).words.some((word) => moneyWords.has(word))
    )
  })
}

function unboundIn(
  spots: readonly ItemPlace[],
  bound: ReadonlySet<string>,
  isList: (spot: ItemPlace) => boolean,
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
  others: readonly ItemPlace[],
  bound: ReadonlySet<string>,
): Question[] {
  const asked = new Map<Pointer, Question>()
  const isBound = ({ root, path }: ItemPlace): boolean => bound.has(`${root} ${path.join('\n')}`)
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
