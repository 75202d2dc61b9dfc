// Draws valid and invalid requests of an operation.

import { atPointer, isJson, isObject, join, resolve, termOf, toldByPath } from '../../spec/index.ts'
import type { Binding, Model, Operation, Parameter, Shape } from '../../spec/index.ts'
import { statedFor } from '../check/request.ts'
import { resolvedSchema, typeBesideNull } from '../samples.ts'
import type { Conformance } from '../conformance.ts'
import { valuesFor } from './arbitrary.ts'
import type { Arbitrary, Fc } from './arbitrary.ts'
import type { DrawnRequest } from './probe.ts'
import { invalidValues } from './invalid-values.ts'
import type { InvalidValue } from './invalid-values.ts'

/** What drafts are made from. */
export interface DrawingMaterial {
  readonly fc: Fc
  readonly model: Model
  readonly conformance: Conformance
  /** Values of parameters that the caller states. */
  readonly stated: Readonly<Record<string, string>>
  /** Returns ids that exist, in the form a place takes. */
  readonly ids: (binding: Binding | undefined) => readonly unknown[]
}

/** Returns an arbitrary of requests that the document allows. */
export function validRequests(material: DrawingMaterial, operation: Operation): Arbitrary {
  const { fc } = material
  const parameters = operation.parameters.filter(
    (parameter) =>
      statedFor(operation, parameter.name, material.stated) === undefined &&
      (parameter.required || !isOpaque(parameter)) &&
      parameter.in !== 'cookie',
  )
  const values = fc.record(
    Object.fromEntries(parameters.map((parameter) => [parameter.name, valueFor(material, parameter)])),
    { requiredKeys: parameters.filter(({ required }) => required).map(({ name }) => name) },
  )
  const schema = bodySchema(operation)
  if (schema === undefined) return values.map((drawn): DrawnRequest => ({ values: drawn }))
  return fc.record({ values, body: valuesFor(fc, material.model.document, schema) }).map((draft): DrawnRequest => ({
    ...draft,
    body: settled(material, material.model.shape(schema), draft.body, idIn(operation, draft)),
  }))
}

const idIn = ({ parameters }: Operation, { values }: DrawnRequest): unknown => {
  const inPath = parameters.filter((parameter) => parameter.in === 'path')
  return values[(inPath.find(({ binding }) => binding?.role === 'invoice.id') ?? inPath[0])?.name ?? '']
}

/** Names in a body what exists, where the document says that it names something: the object itself, a customer, … */
function settled(material: DrawingMaterial, shape: Shape, value: unknown, own: unknown): unknown {
  if (Array.isArray(value))
    return shape.items ? value.map((item) => settled(material, shape.items as Shape, item, own)) : value
  if (isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => {
        const property = shape.properties.get(name)
        return [name, property ? settled(material, property, item, own) : item]
      }),
    )
  }
  const { binding } = shape
  if (binding?.term.kind !== 'id' || value === null) return value
  if (binding.role === 'invoice.id' && own !== undefined) return own
  const known = material.ids(binding).filter((id) => typeof id === typeof value)
  return known.length === 0 ? value : known[String(value).length % known.length]
}

/** Returns an arbitrary of requests with one flaw each, or `undefined` where the document forbids nothing that is easily sent. */
export function invalidRequests(material: DrawingMaterial, operation: Operation): Arbitrary | undefined {
  const { fc } = material
  const probe = fc.sample(validRequests(material, operation), { numRuns: 30, seed: 1 }) as DrawnRequest[]
  if (!probe.some((draft) => allFlaws(material, operation, draft).length > 0)) return undefined
  return fc.tuple(validRequests(material, operation), fc.nat()).map(([draft, pick]) => {
    const flaws = allFlaws(material, operation, draft as DrawnRequest)
    return flaws.length === 0 ? (draft as DrawnRequest) : (flaws[pick % flaws.length] as DrawnRequest)
  })
}

/** Cursors mean something to the server alone. */
const isOpaque = ({ binding }: Parameter): boolean => binding?.role === 'page.cursor' || binding?.role === 'answer.key'

const bodySchema = ({ body }: Operation): string | undefined =>
  body?.content.find(({ mediaType }) => isJson(mediaType))?.schema

function valueFor({ fc, model, ids, conformance }: DrawingMaterial, parameter: Parameter): Arbitrary {
  const { schema, binding } = parameter
  const drawn = forHeaders(valuesFor(fc, model.document, schema), parameter)
  if (parameter.in === 'path') {
    const known = ids(binding ?? (parameter.name === 'id' ? invoiceId : undefined))
    const filled = drawn.filter((value) => value !== '' && !/^\.{1,2}$|[/\\]/.test(String(value)))
    return known.length === 0
      ? filled
      : fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: filled })
  }
  const kind = binding?.term.kind
  if ((kind === 'instant' || kind === 'date') && resolvedSchema(model.document, schema).format === undefined)
    return forHeaders(instants(fc), parameter)
  if (binding?.role === 'page.timezone') return fc.constantFrom('UTC', 'Europe/Berlin')
  if (
    binding?.of !== undefined &&
    (binding.match === 'range' || binding.match === 'from') &&
    typeBesideNull(resolvedSchema(model.document, schema)) === 'string'
  )
    return ranges(fc, binding, (text) => conformance.fits(schema, text)) ?? drawn
  return drawn
}

const invoiceId: Binding = { role: 'invoice.id', term: termOf('invoice.id') }

const instants = (fc: Fc): Arbitrary =>
  fc.integer({ min: 1, max: 28 }).map((day) => `2026-01-${String(day).padStart(2, '0')}T00:00:00Z`)

/** Returns an arbitrary of ranges, in those spellings that the schema allows: what a range may look like is more than a schema says. */
function ranges(fc: Fc, { match, ofTerm }: Binding, fits: (text: string) => boolean): Arbitrary | undefined {
  const one =
    ofTerm?.kind === 'amount'
      ? fc.nat({ max: 100_000 }).map(String)
      : fc.integer({ min: 1, max: 28 }).map((day) => `2026-01-${String(day).padStart(2, '0')}`)
  const sample = ofTerm?.kind === 'amount' ? '100' : '2026-01-15'
  const spellings = (match === 'range' ? ['', '>=', '<='] : ['']).filter((operator) => fits(operator + sample))
  return spellings.length === 0
    ? undefined
    : fc.oneof(...spellings.map((operator) => one.map((text) => operator + text)))
}

/** RFC 9110, 5.5: visible ASCII, and no spaces at the ends. */
const forHeaders = (drawn: Arbitrary, { in: place }: Parameter): Arbitrary =>
  place === 'header' ? drawn.filter((value) => /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(String(value))) : drawn

function allFlaws(
  { model, conformance, stated }: DrawingMaterial,
  operation: Operation,
  draft: DrawnRequest,
): readonly DrawnRequest[] {
  const { document } = model
  const inParameters = operation.parameters
    .filter(({ in: place, name }) => place === 'query' && statedFor(operation, name, stated) === undefined)
    .flatMap((parameter) => {
      const { name, in: place, required, schema } = parameter
      const missing: DrawnRequest[] = required
        ? [{ ...draft, values: without(draft.values, name), without: [name], flaw: `${place} ${name}: required` }]
        : []
      const value = draft.values[name]
      if (value === undefined || isObject(value)) return missing
      return [
        ...missing,
        ...invalidValues(document, schema, value)
          .filter((flaw) => isSayable(document, parameter, flaw) && !conformance.fits(schema, flaw.value))
          .map((flaw): DrawnRequest => ({
            ...draft,
            values: { ...draft.values, [name]: flaw.value },
            flaw: `${place} ${name}${flaw.what}`,
          })),
      ]
    })
  const schema = bodySchema(operation)
  if (schema === undefined || draft.body === undefined) return inParameters
  const inBody = invalidValues(document, schema, draft.body)
    .filter(({ value }) => value !== undefined && !conformance.fits(schema, value))
    .filter(({ what, value }) => !saysPath(what, value))
    .map((flaw): DrawnRequest => ({ ...draft, body: flaw.value, flaw: `body ${flaw.what}` }))
  return [...inParameters, ...inBody]

  /** A server may take from the path what a body only repeats. */
  function saysPath(what: string, value: unknown): boolean {
    const told = toldByPath(model, operation, draft.values, value)
    return told !== undefined && Object.keys(told).some((name) => what === `${join('', name)}: required`)
  }
}

const without = (values: DrawnRequest['values'], name: string): DrawnRequest['values'] =>
  Object.fromEntries(Object.entries(values).filter(([key]) => key !== name))

/** A query has only texts: some flaws cannot be told from valid values there, and an empty one may count as none. */
function isSayable(document: Document, { schema, style }: Parameter, { what, value }: InvalidValue): boolean {
  if (style === 'content' || value === '' || value === null || isObject(value)) return false
  const stated = atPointer(document, schema) === undefined ? {} : resolve(document, schema).value
  const type = isObject(stated) ? typeBesideNull(stated) : undefined
  if (Array.isArray(value))
    return (
      value.length > 0 &&
      value.every(
        (item) =>
          item !== '' &&
          !isObject(item) &&
          item !== null &&
          (typeof item !== 'number' || /minimum|maximum|multipleOf/i.test(what)),
      )
    )
  return !(type === 'string' && typeof value !== 'string')
}

type Document = Model['document']
