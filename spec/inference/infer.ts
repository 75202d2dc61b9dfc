import type { Model } from '../model.ts'
import type { Resource } from '../resources/resource.ts'
import { resourcesOf } from '../resources/resources.ts'
import { annotate } from './annotate.ts'
import { decide } from './decide.ts'
import { settle } from './equations.ts'
import { examplesOf } from './examples.ts'
import { inferExchange } from './exchange.ts'
import { factsIn } from './facts.ts'
import { formsOf, readResource, together, webhookRoots } from './forms.ts'
import { boundFrom } from './inferred.ts'
import type { Inferred } from './inferred.ts'
import { customersFor, keyed, keysTo, readParties, turned } from './keys.ts'
import { directionOf, invoicesAmong, isInvoice, rankOf } from './nouns.ts'
import { holdsMoney, questionsOf, unboundIn } from './questions.ts'

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
  const direction = directionOf(chosen)
  const customers = customersFor(resources, resource, direction)
  const parties = customers ? readParties(customers, factsOf) : []
  const others = all.slice(1).filter((other) => isAlso(chosen.resource, other.resource))
  const whole = together([chosen, ...others, ...webhookRoots(model, factsOf)])
  const { kept: likely, dropped } = decide(
    keyed({ ...whole, candidates: turned(whole.candidates, direction) }, resource, customers, direction),
  )
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

/** Another place where the same invoices are sent or shown, without a list of its own: what partners submit, what a customer sees. */
const isAlso = (chosen: Resource, other: Resource): boolean =>
  other.noun === chosen.noun && !other.operations.some(({ does }) => does === 'list')
