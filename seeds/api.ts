// Writes invoices and resources of an API as a dataset of JSON objects.

import {
  Identities,
  answersOf,
  hashText,
  identityForm,
  leafAt,
  present,
  presentationOf,
  ResourceRows,
} from '../factories/index.ts'
import type { Answers, RowSource, Entry, Item, Ledger } from '../factories/index.ts'
import { failure, isObject, resourcesOf, successOf, suggest, valueAt } from '../spec/index.ts'
import type { Binding, Model, Operation, Pointer, Resource, Shape } from '../spec/index.ts'
import type { Cell, Dataset, TableSchema, DatasetPart, RowSink } from './dataset.ts'

/**
 * Yields every invoice of a ledger that has been issued by its day, in the ledger's order, as JSON text in the form the API
 * gives it in a list, or one by one where it has no list. Nothing is kept: a million take no more memory than one.
 * @throws Failure for a model none of whose answers holds an invoice.
 */
export function* invoicesOf(model: Model, ledger: Ledger): Generator<string, void, void> {
  const write = invoiceWriter(model, answersOf(model, ledger), invoicePointer(model))
  for (let index = 0; index < ledger.size; index++) {
    const entry = ledger.entry(index)
    if (entry.issueDate <= ledger.today) yield write(entry)
  }
}

function invoiceWriter(model: Model, answers: Answers, pointer: Pointer): (entry: Entry) => string {
  const terms = presentationOf(model)
  return (entry) => answers.write(pointer, { invoice: present(entry, terms) })
}

/**
 * Returns what an API shows as entities of two columns: the identity of an object, and the object as JSON. Invoices and
 * customers come from the books, all else as the API's mock draws it.
 * @param names resources of the document; its invoices where missing
 * @throws Failure for a resource that the document does not have, and for a document without invoices.
 */
export function apiDataset(model: Model, ledger: Ledger, names?: readonly string[]): Dataset {
  const { resources } = resourcesOf(model)
  const originOf = ({ schema, identity }: Resource): string | undefined =>
    identity && bindingAt(model.shape(schema), identity)?.role
  const invoices = resources.find((resource) => originOf(resource) === 'invoice.id')?.name ?? 'invoices'
  const known = [...new Set([invoices, ...resources.map(({ name }) => name)])]
  const wanted = names ?? [invoices]
  for (const name of wanted)
    if (!known.includes(name))
      throw failure('read --entities', {
        expected: `resources of ${model.name}`,
        received: JSON.stringify(name),
        cure: suggest(name, known),
      })
  const isParty = (name: string): boolean =>
    resources.some((resource) => resource.name === name && originOf(resource) === 'party.id')
  // Invoices name customers, so these stand first.
  const sorted = [...wanted.filter((name) => name !== invoices), ...wanted.filter((name) => name === invoices)]
  const answers = answersOf(model, ledger)
  const identities = new Identities(ledger.seed)
  const rows = sorted.every((name) => name === invoices || isParty(name))
    ? undefined
    : new ResourceRows({
        model,
        resources,
        answers,
        key: hashText(String(ledger.seed)),
        books: booksOf(model, ledger, answers, resources, originOf),
      })
  const schemaOf = (name: string): Pointer | undefined => resources.find((resource) => resource.name === name)?.schema

  function masterOf(name: string, place: number): (part: DatasetPart, sink: RowSink) => void {
    const schema = schemaOf(name) as Pointer
    if (!isParty(name))
      return ({ number }, sink) => {
        if (number > 0 || !rows) return
        const identity = resources.find((resource) => resource.name === name)?.identity
        for (const index of rows.indices(name)) {
          const item = rows.row(name, index)
          const id = identity && valueAt(item, identity)
          sink.row(place, [
            typeof id === 'string' || typeof id === 'number' ? String(id) : `${index}`,
            JSON.stringify(item),
          ])
        }
      }
    const id = identityIn(model, identities, model.shape(schema), 'party')
    return ({ from, to }, sink) => {
      for (let key = from; key < Math.min(to, ledger.book.customers); key++)
        sink.row(place, [id(key), answers.write(schema, { party: ledger.party(key) })])
    }
  }

  function invoiceRows(place: number): (part: DatasetPart, sink: RowSink) => void {
    const pointer = invoicePointer(model)
    const write = invoiceWriter(model, answers, pointer)
    const id = identityIn(model, identities, model.shape(pointer), 'invoice')
    return ({ from, to }, sink) => {
      for (let index = from; index < to; index++) {
        const entry = ledger.entry(index)
        if (entry.issueDate > ledger.today) continue
        sink.invoice(entry)
        sink.row(place, [id(index), write(entry)])
      }
    }
  }

  const makers = sorted.map((name, place) => (name === invoices ? invoiceRows(place) : masterOf(name, place)))
  return {
    entities: sorted.map((name) => documentEntity(names ? slugOf(name) : 'invoices', model.name)),
    sizes: {
      master: sorted.some((name) => name !== invoices)
        ? Math.max(1, sorted.some(isParty) ? ledger.book.customers : 0)
        : 0,
      invoices: wanted.includes(invoices) ? ledger.issued : 0,
    },
    rows(part, sink) {
      for (const [place, name] of sorted.entries())
        if ((name === invoices) === (part.stage === 'invoices')) makers[place]?.(part, sink)
    },
  }
}

/** `v1/invoices/{id}/notes` is a table or file `v1_invoices_id_notes`. */
const slugOf = (name: string): string => name.replace(/\W+/g, '_').replace(/^_|_$/g, '').toLowerCase()

const documentEntity = (name: string, api: string): TableSchema => ({
  name,
  says: `Objects of ${api} as the API shows them.`,
  columns: [
    { name: 'id', type: 'text', says: "The API's own identity." },
    { name: 'document', type: 'json', says: 'The object.' },
  ],
  key: ['id'],
  references: [],
  indexes: [],
  whole: 'document',
})

const bindingAt = (shape: Shape, path: readonly string[]): Binding | undefined =>
  path.reduce<Shape | undefined>((inner, name) => (name === '*' ? inner?.items : inner?.properties.get(name)), shape)
    ?.binding

/** Returns what writes the identity that an API gives the things of the books; a UUID where it shows none. */
function identityIn(
  model: Model,
  identities: Identities,
  shape: Shape,
  kind: 'invoice' | 'party',
): (key: number) => Cell & string {
  const bound = boundIn([shape], `${kind}.id`)
  if (!bound?.binding) return (key) => String(identities.encode(kind, key, 'uuid'))
  const form = identityForm(bound.binding, leafAt(model.document, bound.pointer), model.representation)
  return (key) => String(identities.encode(form.kind, key, form.form, form.prefix))
}

/** Returns the nearest property of an object that has a role: `id` before `metadata.id`. */
function boundIn(shapes: readonly Shape[], role: string, seen = new Set<Shape>(shapes)): Shape | undefined {
  const inner = shapes.flatMap(({ properties }) => [...properties.values()]).filter((shape) => !seen.has(shape))
  if (inner.length === 0) return undefined
  for (const shape of inner) seen.add(shape)
  return inner.find(({ binding }) => binding?.role === role) ?? boundIn(inner, role, seen)
}

/** Invoices that things of other resources may name. */
const namedInvoices = 10_000

function booksOf(
  model: Model,
  ledger: Ledger,
  answers: Answers,
  resources: readonly Resource[],
  originOf: (resource: Resource) => string | undefined,
): ReadonlyMap<string, RowSource> {
  const terms = presentationOf(model)
  return new Map(
    resources.flatMap((resource): [string, RowSource][] => {
      const { name, schema } = resource
      const origin = originOf(resource)
      if (origin !== 'invoice.id' && origin !== 'party.id') return []
      const isInvoice = origin === 'invoice.id'
      const item = (index: number): Item => {
        const value = answers.build(
          schema,
          isInvoice ? { invoice: present(ledger.entry(index), terms) } : { party: ledger.party(index) },
        )
        return isObject(value) ? value : {}
      }
      const numbers = [...Array(isInvoice ? Math.min(ledger.size, namedInvoices) : ledger.book.customers).keys()]
      const book: RowSource = {
        indices: () => numbers,
        item,
        find: () => undefined,
        target: () => undefined,
        says: (path) => bindingAt(model.shape(schema), path) !== undefined,
      }
      return [[name, book]]
    }),
  )
}

/** Returns where the document describes an invoice: the item of its list, else the answer of its `get`, else of whatever shows one. */
export function invoicePointer(model: Model): Pointer {
  const ranked = model.operations.toSorted((left, right) => rank(left) - rank(right))
  for (const operation of ranked) {
    for (const { schema } of successOf(operation)?.content ?? []) {
      const found = schema === undefined ? undefined : invoiceIn(model.shape(schema), new Set())
      if (found !== undefined) return found
    }
  }
  throw failure(`seed from ${model.name}`, {
    expected: 'an operation whose answer holds an invoice',
    received: 'none',
    cure: 'Bind the role "invoice", or "page.items" to a list of invoices, in an overlay.',
  })
}

const rank = ({ does }: Operation): number => (does === 'list' ? 0 : does === 'get' ? 1 : 2)

function invoiceIn(shape: Shape, seen: Set<Shape>): Pointer | undefined {
  if (seen.has(shape)) return undefined
  seen.add(shape)
  const { binding, items, properties, pointer } = shape
  if (binding?.term.of === 'invoice' && binding.term.kind === 'entity') return pointer
  if (binding?.term.of === 'invoice' && binding.term.kind === 'list' && items) return items.pointer
  for (const inner of [...properties.values(), ...(items ? [items] : [])]) {
    const found = invoiceIn(inner, seen)
    if (found !== undefined) return found
  }
  return undefined
}
