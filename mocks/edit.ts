// Changes invoices and items by code instead of by requests.

import { compileSampler, present, pinsFrom, traitOf } from '../factories/index.ts'
import type { Entry, InvoiceParams, Item, Pins, TraitName } from '../factories/index.ts'
import { failure, isJson, isObject, successOf, suggest } from '../spec/index.ts'
import { keyFor } from './context.ts'
import type { ApiInWorld } from './context.ts'
import { isOpen } from './resources/written.ts'
import { originOf, Collection, servedBy } from './resources/collection.ts'
import type { World } from './state/world.ts'

/** How an invoice is to be: traits first, then params, which win. */
export interface InvoiceEdit extends InvoiceParams {
  readonly traits?: readonly TraitName[]
}

/** Creates an invoice as it is described; the rest is derived. @throws Failure for an unknown param or trait, or naming the law that it breaks. */
export const makeInvoice = ({ business }: World, edit: InvoiceEdit): Entry =>
  business.create(pinsOfEdit(business.draft(), edit))

/** Changes an invoice to what is described; sums, dates and states follow. @throws Failure as {@link makeInvoice} does. */
export const setInvoice = ({ business }: World, before: Entry, edit: InvoiceEdit): Entry =>
  business.amend(before, pinsOfEdit(before, edit))

function pinsOfEdit(entry: Entry, { traits = [], ...params }: InvoiceEdit): Pins {
  const stated: unknown = traits
  if (Array.isArray(stated) && stated.every((name) => typeof name === 'string'))
    return pinsFor(entry, { traits, params })
  throw failure('build an invoice', { expected: 'traits to be a list of names', received: JSON.stringify(traits) })
}

/** Returns the invoice that an API knows by an id. @throws Failure where there is none. */
export function invoiceWith(api: ApiInWorld, id: unknown): Entry {
  const entry = findInvoice(api, id)
  if (entry) return entry
  throw failure(`find an invoice of ${api.model.name}`, {
    expected: 'the id of one that there is',
    received: JSON.stringify(id),
  })
}

/** Returns the invoice that an API knows by an id, if it does. */
export function findInvoice({ model, answers, business }: ApiInWorld, id: unknown): Entry | undefined {
  for (const { parameters } of model.operations)
    for (const parameter of parameters) {
      if (parameter.binding?.role !== 'invoice.id') continue
      const key = keyFor({ model, answers }, parameter, id)
      if (key !== undefined) return business.find(key)
    }
  return undefined
}

/** Returns an invoice as the API answers it; empty where no operation answers one. */
export function shownIn({ model, answers, presentation }: ApiInWorld, entry: Entry): Item {
  const operation = model.operations.find(({ does }) => does === 'get')
  const schema = operation && successOf(operation)?.content.find(({ mediaType }) => isJson(mediaType))?.schema
  const shown = schema === undefined ? undefined : answers.build(schema, { invoice: present(entry, presentation) })
  return isObject(shown) ? shown : {}
}

/**
 * Creates an item of a resource, drawn but for the properties that are stated.
 * @throws Failure for a resource or property that there is not, or a value that does not fit.
 */
export function createItem(api: ApiInWorld, resource: string, stated: Item): Item {
  const collection = collectionOf(api, resource)
  const { index, item } = collection.draft()
  return put(api, collection, index, item, stated)
}

/** Changes properties of an item of a resource. @throws Failure as {@link createItem} does, and for an id that there is not. */
export function changeItem(api: ApiInWorld, resource: string, id: unknown, stated: Item): Item {
  const collection = collectionOf(api, resource)
  const { identity } = collection.resource
  const index = identity && collection.find(identity, id)
  const before = index === undefined ? undefined : collection.item(index)
  if (index === undefined || !before)
    throw failure(`change ${resource} of ${api.model.name}`, {
      expected: `the ${identity?.join('.') ?? 'identity'} of one of them`,
      received: JSON.stringify(id),
    })
  return put(api, collection, index, before, stated)
}

function collectionOf(api: ApiInWorld, name: string): Collection {
  const { resources } = servedBy(api.model)
  const resource = resources.find((one) => one.name === name)
  const names = resources.map((one) => one.name)
  if (!resource)
    throw failure(`change ${name} of ${api.model.name}`, {
      expected: 'a resource',
      received: 'none of that name',
      cure: suggest(name, names) || `Known are: ${names.join(', ')}.`,
    })
  if (originOf(api.model, resource) !== 'invoice') return new Collection(api, resource)
  throw failure(`change ${name} of ${api.model.name}`, {
    expected: 'a resource beside invoices',
    received: 'invoices, whose sums must follow',
    cure: 'Use add(…) and set(id, …) of the mock itself.',
  })
}

function put({ model }: ApiInWorld, collection: Collection, index: number, before: Item, stated: Item): Item {
  const { schema, name } = collection.resource
  const shape = model.shape(schema)
  const { accepts } = compileSampler(model.document, schema)
  for (const [property, value] of Object.entries(stated)) {
    if (!shape.properties.has(property) && shape.properties.size > 0 && !isOpen(model, shape))
      throw failure(`change ${name} of ${model.name}`, {
        expected: 'a property of its schema',
        received: JSON.stringify(property),
        cure: suggest(property, [...shape.properties.keys()]),
      })
    if (!accepts({ ...before, [property]: value }))
      throw failure(`change ${name} of ${model.name}`, {
        expected: `"${property}" to fit its schema`,
        received: JSON.stringify(value).slice(0, 80),
      })
  }
  const item = { ...before, ...stated }
  collection.put(index, item)
  return item
}

/** How invoices are to be: traits first, then params, which win. */
export interface Likeness {
  readonly traits?: readonly TraitName[]
  readonly params?: InvoiceParams
}

/** Returns the pins that give an invoice traits and params. @throws Failure for an unknown trait or param. */
export const pinsFor = (entry: Entry, { traits = [], params = {} }: Likeness): Pins =>
  ({
    ...Object.assign({}, ...traits.map((name) => traitOf(name)(entry))),
    ...pinsFrom(params, params.currency ?? entry.currency),
  }) as Pins
