// Finds how an API creates and deletes customers and invoices, and makes the request bodies.

import { Identities, answersOf, present, presentationOf } from '../factories/index.ts'
import type { Ledger } from '../factories/index.ts'
import { failure, isJson, isObject, putAt, resolve, resourcesOf, suggest, valueAt } from '../spec/index.ts'
import type { Model, Operation, Pointer, Resource, Shape } from '../spec/index.ts'
import type { Dataset, TableSchema, DatasetPart, RowSink } from './dataset.ts'

/** How an API creates the things of the books, and takes them away again. */
export interface Creation {
  /** Name of the resource. */
  readonly name: string
  readonly of: 'party' | 'invoice'
  readonly create: Operation
  readonly body: Pointer
  /** Property names that lead to the identity in the answer. */
  readonly identity?: readonly string[]
  /** Property names that lead to the identity of a customer in the body. */
  readonly customer?: readonly string[]
  /** Reads one thing by its identity. */
  readonly read?: Operation
  readonly remove?: Operation
}

/** Returns how an API creates customers and invoices, in the order in which they are created. */
export function creationsOf(model: Model): readonly Creation[] {
  const { resources } = resourcesOf(model)
  const found = resources.flatMap((resource): Creation[] => {
    const act = resource.operations.find(({ does }) => does === 'create')
    const body = act?.operation.body?.content.find(({ mediaType }) => isJson(mediaType))?.schema
    if (!act || body === undefined) return []
    const of = subjectOf(model, body)
    if (!of) return []
    const { answer } = act
    const operationFor = (wanted: string): Operation | undefined =>
      resource.operations.find(({ does }) => does === wanted)?.operation
    const [read, remove] = [operationFor('get'), operationFor('delete')]
    return [
      {
        name: resource.name,
        of,
        create: act.operation,
        body,
        ...(answer && resource.identity && { identity: [...answer.path, ...resource.identity] }),
        ...(read && { read }),
        ...(remove && { remove }),
      },
    ]
  })
  const customers = found.filter(({ of }) => of === 'party').slice(0, 1)
  const invoices = found
    .filter(({ of }) => of === 'invoice')
    .slice(0, 1)
    .map((creation) => {
      const customer = customers[0] && customerPath(resources, creation.name, customers[0].name)
      return { ...creation, ...(customer && { customer }) }
    })
  return [...customers, ...invoices]
}

/** Returns what a body is about: an invoice where it has an invoice's amounts or number, else a party where it has a party's name. */
function subjectOf(model: Model, body: Pointer): Creation['of'] | undefined {
  const roles = rolesIn(model.shape(body))
  const has = (...names: readonly string[]): boolean => names.some((name) => roles.has(name))
  if (has('invoice.total', 'invoice.lines', 'invoice.number', 'invoice.subtotal')) return 'invoice'
  return has('party.name', 'party.email') ? 'party' : undefined
}

function rolesIn(shape: Shape, seen = new Set<Shape>()): Set<string> {
  if (seen.has(shape)) return new Set()
  seen.add(shape)
  const inside = [...shape.properties.values(), ...(shape.items ? [shape.items] : [])]
  return new Set([
    ...(shape.binding ? [shape.binding.role] : []),
    ...inside.flatMap((inner) => [...rolesIn(inner, seen)]),
  ])
}

const customerPath = (resources: readonly Resource[], name: string, target: string): readonly string[] | undefined =>
  resources
    .find((resource) => resource.name === name)
    ?.relations.find(({ resource, property, path }) => resource === target && property && !path.includes('*'))?.path

/**
 * Returns what an API is told to create: an identity of our own, the body, and the identities of what it refers to.
 * @param names resources of the document; customers and invoices where missing
 * @throws Failure for a document that creates no invoices, or names that it does not create.
 */
export function creationDataset(model: Model, ledger: Ledger, names?: readonly string[]): Dataset {
  const all = creationsOf(model)
  const stranger = names?.find((name) => !all.some((creation) => creation.name === name))
  if (all.length === 0 || stranger !== undefined)
    throw failure(`seed an API from ${model.name}`, {
      expected: stranger === undefined ? 'an operation that creates invoices' : 'resources that it lets clients create',
      received: stranger === undefined ? 'none' : JSON.stringify(stranger),
      ...(all.length > 0 && {
        cure: suggest(
          stranger ?? '',
          all.map(({ name }) => name),
        ),
      }),
    })
  const wanted = all.filter(({ name }) => names?.includes(name) ?? true)
  const answers = answersOf(model, ledger)
  const identities = new Identities(ledger.seed)
  const presentation = presentationOf(model)
  const id = (kind: Creation['of'], key: number): string => String(identities.encode(kind, key, 'uuid'))
  const write = ({ body }: Creation, subject: Parameters<typeof answers.build>[1]): string =>
    JSON.stringify(withoutReadOnly(model, body, answers.build(body, subject)))
  return {
    entities: wanted.map(({ name }) => entityOf(name.replace(/\W+/g, '_'))),
    sizes: {
      master: wanted.some(({ of }) => of === 'party') ? ledger.book.customers : 0,
      invoices: wanted.some(({ of }) => of === 'invoice') ? ledger.issued : 0,
    },
    rows({ stage, from, to }: DatasetPart, sink: RowSink) {
      for (const [place, creation] of wanted.entries()) {
        if ((creation.of === 'party') !== (stage === 'master')) continue
        for (let index = from; index < to; index++) {
          if (creation.of === 'party') {
            sink.row(place, [id('party', index), write(creation, { party: ledger.party(index) }), null])
            continue
          }
          const entry = ledger.entry(index)
          sink.invoice(entry)
          sink.row(place, [
            id('invoice', index),
            write(creation, { invoice: present(entry, presentation) }),
            id('party', entry.buyer.key),
          ])
        }
      }
    },
  }
}

const entityOf = (name: string): TableSchema => ({
  name,
  says: 'What an API is told to create.',
  columns: [
    { name: 'id', type: 'text', says: 'Identity of our own.' },
    { name: 'document', type: 'json', says: 'Body of the request.' },
    { name: 'customer', type: 'text', isNullable: true, says: 'Identity of our own of the customer it refers to.' },
  ],
  key: ['id'],
  references: [],
  indexes: [],
})

/** Takes out what only the server sets. */
function withoutReadOnly(model: Model, pointer: Pointer, value: unknown): unknown {
  if (Array.isArray(value)) {
    const { items } = model.shape(pointer)
    return items ? value.map((item) => withoutReadOnly(model, items.pointer, item)) : value
  }
  if (!isObject(value)) return value
  const { properties } = model.shape(pointer)
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      const shape = properties.get(name)
      if (!shape) return [[name, inner]]
      const { value: schema } = resolve(model.document, shape.pointer)
      if (isObject(schema) && schema.readOnly === true) return []
      return [[name, withoutReadOnly(model, shape.pointer, inner)]]
    }),
  )
}

/** Puts the identity that the API gave a customer where a body refers to it. */
export function referTo(body: unknown, { customer }: Creation, theirs: string | number | undefined): void {
  if (customer === undefined || theirs === undefined || !isObject(body)) return
  const before = valueAt(body, customer)
  putAt(body, customer, typeof before === 'string' ? String(theirs) : theirs)
}
