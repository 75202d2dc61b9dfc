// Finds the resource of customers or vendors, and the keys that lead to parties and invoices.

import type { Model } from '../model.ts'
import type { Pointer } from '../pointer.ts'
import { nounOf, wordsOf } from '../resources/names.ts'
import type { Resource } from '../resources/resource.ts'
import { decide } from './decide.ts'
import { nameMeaning } from './dictionary.ts'
import { fitOf } from './facts.ts'
import type { SchemaFacts } from './facts.ts'
import type { InferredBinding } from './inferred.ts'
import { identified } from './invoices.ts'
import type { InvoiceDirection, ResourceReadings } from './invoices.ts'
import { readItem } from './item.ts'
import type { Candidate, ItemPlace } from './rules.ts'

type FactsOf = (pointer: Pointer) => SchemaFacts

/** On a bill the contact is whom it comes from. */
export const turned = (candidates: readonly Candidate[], direction: InvoiceDirection): readonly Candidate[] =>
  direction === 'payable'
    ? candidates.map((candidate) =>
        candidate.words[0] === 'company' && candidate.role === 'seller.id'
          ? { ...candidate, role: 'buyer.id' }
          : candidate.words[0] === 'contact' && !candidate.words.includes('customer')
            ? { ...candidate, role: candidate.role.replace(/^(invoice\.)?buyer/, '$1seller') }
            : candidate,
      )
    : candidates

/** What leads to a customer of the document's own is that customer's identity; nothing else in the object is. */
export function keyed(
  { candidates, others }: ResourceReadings,
  { relations }: Resource,
  customers: Resource | undefined,
  direction: InvoiceDirection,
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
  const other = direction === 'payable' ? 'seller' : 'buyer'
  const inParty = new Map(
    candidates.flatMap(({ role, root, path }) =>
      role === `invoice.${other}` ? [[`${root} ${path.join('\n')}`, path] as const] : [],
    ),
  )
  const isKey = ({ root, path, holder, facts, words }: ItemPlace): boolean =>
    fitOf('id', facts, words) > 0 &&
    (keys.has(path.join('\n')) ||
      (inParty.has(`${root} ${holder}`) &&
        path.slice(inParty.get(`${root} ${holder}`)?.length).join('\n') === customers.identity?.join('\n')))
  const found = [...candidates, ...others].filter(isKey)
  const taken = new Set(found.map(({ root, holder }) => `${root} ${holder}`))
  const rest = candidates.filter(
    (candidate) =>
      !found.includes(candidate) &&
      !(
        (candidate.role === 'party.id' || candidate.role === `${other}.id`) &&
        taken.has(`${candidate.root} ${candidate.holder}`)
      ),
  )
  return [
    ...rest,
    ...[...new Map(found.map((spot) => [`${spot.root} ${spot.path.join('\n')}`, spot])).values()].map(
      (spot): Candidate => ({
        ...spot,
        role: spot.scope === 'party' ? 'party.id' : `${other}.id`,
        confidence: 0.93,
        evidence: [`it names one of ${customers.name}`],
      }),
    ),
  ]
}

/** Returns the keys of invoices that other resources hold: `invoice_id` of a message, a reminder, a payment. */
export function keysTo(
  invoices: readonly Resource[],
  others: readonly Resource[],
  bound: readonly InferredBinding[],
  { shape, factsOf }: { readonly shape: Model['shape']; readonly factsOf: FactsOf },
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
export function customersFor(
  resources: readonly Resource[],
  invoices: Resource,
  direction: InvoiceDirection,
): Resource | undefined {
  const isCalled = ({ noun }: Resource, word: string): boolean => nameMeaning(wordsOf(noun)).words.join(' ') === word
  const isCustomer = (one: Resource): boolean => isCalled(one, direction === 'payable' ? 'seller' : 'customer')
  const related = invoices.relations.map(({ resource }) => resources.find(({ name }) => name === resource))
  return (
    resources.find((resource) => isCustomer(resource) && resource.identity && !resource.singleton) ??
    related.find(
      (resource) => resource !== undefined && (isCalled(resource, 'contact') || nounOf(resource.noun) === 'contact'),
    )
  )
}

export function readParties({ schema, operations, identity }: Resource, factsOf: FactsOf): Candidate[] {
  const roots = new Set<Pointer>([
    schema,
    ...operations.flatMap(({ does, answer, request }) =>
      does === 'action' ? [] : [...(answer ? [answer.item] : []), ...(request ? [request.item] : [])],
    ),
  ])
  return [...roots].flatMap((root) => {
    const { candidates, others } = readItem(root, 'party', factsOf)
    return decide(identified(candidates, others, 'party.id', identity?.join('\n'))).kept
  })
}
