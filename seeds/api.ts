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
  const objects = new ApiObjects(model, ledger)
  const { invoices } = objects
  const wanted = names ?? [invoices]
  const stranger = wanted.find((name) => !objects.names.includes(name))
  if (stranger !== undefined)
    throw failure('read --entities', {
      expected: `resources of ${model.name}`,
      received: JSON.stringify(stranger),
      cure: suggest(stranger, objects.names),
    })
  // Invoices name customers, so these stand first.
  const sorted = [...wanted.filter((name) => name !== invoices), ...wanted.filter((name) => name === invoices)]
  const makers = sorted.map((name, place) => objects.rowsOf(name, place))
  const customers = sorted.some((name) => objects.isParty(name)) ? ledger.book.customers : 0
  return {
    entities: sorted.map((name) => documentEntity(names ? slugOf(name) : 'invoices', model.name)),
    sizes: {
      master: sorted.some((name) => name !== invoices) ? Math.max(1, customers) : 0,
      invoices: wanted.includes(invoices) ? ledger.issued : 0,
    },
    rows(part, sink) {
      for (const [place, name] of sorted.entries())
        if ((name === invoices) === (part.stage === 'invoices')) makers[place]?.(part, sink)
    },
  }
}

/** Makes the rows of one entity of a part. */
type RowMaker = (part: DatasetPart, sink: RowSink) => void

/** The resources of an API, and their objects as rows. */
class ApiObjects {
  /** Name of its invoices. */
  readonly invoices: string
  readonly names: readonly string[]
  readonly #model: Model
  readonly #ledger: Ledger
  readonly #resources: readonly Resource[]
  readonly #answers: Answers
  readonly #identities: Identities
  /** What does not come from the books; made when it is asked for. */
  #others: ResourceRows | undefined

  constructor(model: Model, ledger: Ledger) {
    const { resources } = resourcesOf(model)
    this.#model = model
    this.#ledger = ledger
    this.#resources = resources
    this.#answers = answersOf(model, ledger)
    this.#identities = new Identities(ledger.seed)
    this.invoices = resources.find((resource) => this.#originOf(resource) === 'invoice.id')?.name ?? 'invoices'
    this.names = [...new Set([this.invoices, ...resources.map(({ name }) => name)])]
  }

  /** Tells whether the objects of a resource are parties of the books. */
  isParty(name: string): boolean {
    return this.#resources.some((resource) => resource.name === name && this.#originOf(resource) === 'party.id')
  }

  /** Returns what makes the rows of a resource, the entity at a place of the dataset. */
  rowsOf(name: string, place: number): RowMaker {
    if (name === this.invoices) return this.#invoiceRows(place)
    return this.isParty(name) ? this.#partyRows(name, place) : this.#otherRows(name, place)
  }

  readonly #originOf = ({ schema, identity }: Resource): string | undefined =>
    identity && bindingAt(this.#model.shape(schema), identity)?.role

  #invoiceRows(place: number): RowMaker {
    const pointer = invoicePointer(this.#model)
    const write = invoiceWriter(this.#model, this.#answers, pointer)
    const id = identityIn(this.#model, this.#identities, this.#model.shape(pointer), 'invoice')
    return ({ from, to }, sink) => {
      for (let index = from; index < to; index++) {
        const entry = this.#ledger.entry(index)
        if (entry.issueDate > this.#ledger.today) continue
        sink.invoice(entry)
        sink.row(place, [id(index), write(entry)])
      }
    }
  }

  #partyRows(name: string, place: number): RowMaker {
    const schema = this.#resources.find((resource) => resource.name === name)?.schema as Pointer
    const id = identityIn(this.#model, this.#identities, this.#model.shape(schema), 'party')
    return ({ from, to }, sink) => {
      for (let key = from; key < Math.min(to, this.#ledger.book.customers); key++)
        sink.row(place, [id(key), this.#answers.write(schema, { party: this.#ledger.party(key) })])
    }
  }

  #otherRows(name: string, place: number): RowMaker {
    const rows = (this.#others ??= new ResourceRows({
      model: this.#model,
      resources: this.#resources,
      answers: this.#answers,
      key: hashText(String(this.#ledger.seed)),
      books: booksOf(this.#model, this.#ledger, this.#answers, this.#resources, this.#originOf),
    }))
    const identity = this.#resources.find((resource) => resource.name === name)?.identity
    return ({ number }, sink) => {
      if (number > 0) return
      for (const index of rows.indices(name)) {
        const item = rows.row(name, index)
        const id = identity && valueAt(item, identity)
        sink.row(place, [
          typeof id === 'string' || typeof id === 'number' ? String(id) : `${index}`,
          JSON.stringify(item),
        ])
      }
    }
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
