// Compiles a document to a model, and adds diagnostics about its roles.

import { documentKindOf, isObject, isOpenApi, resolve } from './document.ts'
import type { Document, Locate } from './document.ts'
import { failure, withinReason } from './failure.ts'
import type { Diagnostic } from './failure.ts'
import { makeModel } from './model.ts'
import type { Model } from './model.ts'
import type { Operation } from './operation.ts'
import { unitOf } from './reader.ts'
import { repair } from './repair/repair.ts'
import type { Repaired } from './repair/repair.ts'
import type { Shape } from './shape.ts'
import { fromSwagger, isSwagger } from './versions/swagger.ts'
import { upgrade } from './versions/upgrade.ts'

/** What to call a document, and how to find its parts in its files. */
export interface CompileOptions {
  readonly name: string
  readonly locate?: Locate
  /** What could not be read of its files. */
  readonly diagnostics?: readonly Diagnostic[]
  /** Files that it was read from. */
  readonly files?: readonly string[]
}

/**
 * Returns the model of a document whose overlay has been applied; one of Swagger 2.0 or OpenAPI 3.0 is read as 3.1. Mistakes in the document
 * (references that lead nowhere or in a circle, schemas that cannot be read) become its diagnostics, and the rest of it is compiled.
 * @throws Failure for a document that is no OpenAPI 3 or nests too deep, or an unknown role.
 */
export function compile(document: Document, options: CompileOptions): Model {
  const { name, locate = () => undefined } = options
  if (isSwagger(document)) {
    const { document: modern, origin } = withinReason(`compile "${name}"`, () => fromSwagger(document))
    return compile(modern, { ...options, locate: (pointer) => locate(origin(pointer)) })
  }
  if (!isOpenApi(document))
    throw failure(`compile "${name}"`, {
      expected: 'an OpenAPI 3.0, 3.1 or 3.2 document',
      received: documentKindOf(document),
    })
  const { diagnostics = [], ...rest } = options
  const read = (stated: Document): Repaired => {
    const mended = repair(stated)
    return { ...mended, diagnostics: withKnown(mended.diagnostics, diagnostics) }
  }
  return withinReason(`compile "${name}"`, () => {
    const model = makeModel(upgrade(document), { ...rest, read })
    const told = [...boundsBesideRoles(model), ...trapsIn(model)]
    const all = [...model.diagnostics, ...told]
    return told.length === 0 ? model : { ...model, diagnostics: all, faults: all }
  })
}

/** What is known of a place already says more than what is found there once it has not been read. */
function withKnown(diagnostics: readonly Diagnostic[], known: readonly Diagnostic[]): readonly Diagnostic[] {
  if (known.length === 0) return diagnostics
  const places = new Map(known.map((fault) => [fault.pointer, fault]))
  const found = new Set(diagnostics.map(({ pointer }) => pointer))
  return [
    ...known.filter(({ pointer, place }) => place !== undefined || !found.has(pointer)),
    ...diagnostics.map((fault) => {
      const reason = places.get(fault.pointer)
      return reason && reason.place === undefined ? { ...reason, loses: fault.loses } : fault
    }),
  ]
}

/** Amounts of invoices stay below this, in major units. */
const largest = 1_000_000

/**
 * Returns where a schema leaves no room for what a role of the same place stands for: a total that may be 1000 at most, amounts
 * in major units that must be whole. Values follow the role there, so answers may break the schema.
 */
function boundsBesideRoles({ document, operations, representation, shape }: Model): Diagnostic[] {
  const diagnostics = new Map<string, Diagnostic>()
  const seen = new Set<Shape>()
  const visit = (here: Shape): void => {
    if (seen.has(here)) return
    seen.add(here)
    const { binding } = here
    if (binding?.term.kind === 'amount' && !diagnostics.has(here.pointer)) {
      const received = tooNarrow(document, here, unitOf(binding, representation) === 'minor')
      if (received !== undefined)
        diagnostics.set(here.pointer, {
          pointer: here.pointer,
          expected: `room for ${binding.role}`,
          received,
          cure: 'Values follow the role, so some of them break the schema; mend the bound, or bind nothing here.',
          loses: [],
        })
    }
    for (const inner of here.properties.values()) visit(inner)
    if (here.items) visit(here.items)
  }
  for (const { replies } of operations)
    for (const { status, content } of replies)
      if (status.startsWith('2')) for (const { schema } of content) if (schema !== undefined) visit(shape(schema))
  return [...diagnostics.values()]
}

/** Returns the keyword that an amount may break, with its value. */
function tooNarrow(document: Document, { pointer }: Shape, isMinor: boolean): string | undefined {
  const { value } = resolve(document, pointer)
  if (!isObject(value)) return undefined
  const most = largest * (isMinor ? 100 : 1)
  for (const keyword of ['maximum', 'exclusiveMaximum'])
    if (typeof value[keyword] === 'number' && value[keyword] < most) return `${keyword}: ${value[keyword]}`
  if (value.type === 'integer' && !isMinor) return 'type: integer, for amounts in major units'
  const step = value.multipleOf
  if (typeof step === 'number' && step > (isMinor ? 1 : 0.01)) return `multipleOf: ${step}`
  return undefined
}

/** Operations that are about one invoice, which the request names. */
const ofOne = new Set(['get', 'update', 'delete', 'pay', 'void', 'sync'])

/**
 * Returns what an overlay leaves out without which an operation does not do what it says: an invoice is asked for and nothing tells
 * which, or pages are numbered and nothing tells from where.
 */
function trapsIn({ document, operations }: Model): Diagnostic[] {
  return operations.flatMap((operation) => {
    const unnamed = namesNoInvoice(operation)
      ? [
          {
            pointer: `${operation.pointer}/x-operation`,
            expected: 'a parameter of the path with the role invoice.id',
            received: `none at ${operation.method} ${operation.path}`,
            cure: 'Bind the parameter that names the invoice, or every answer is 404.',
            loses: [],
          },
        ]
      : []
    const unbased = operation.parameters.flatMap(({ name, binding, schema, pointer }): Diagnostic[] => {
      if (binding?.role !== 'page.number' || binding.base !== undefined) return []
      const { value } = resolve(document, schema)
      const first = isObject(value) ? (value.minimum ?? value.default) : undefined
      if (first !== 1) return []
      const cure = 'Say { role: page.number, base: 1 }: without it, the first page is 0.'
      return [
        { pointer, expected: 'the number of the first page', received: `${name} from 1, and no base`, cure, loses: [] },
      ]
    })
    return [...unnamed, ...unbased]
  })
}

const namesNoInvoice = ({ does, path, parameters }: Operation): boolean =>
  does !== undefined &&
  ofOne.has(does) &&
  path.includes('{') &&
  !parameters.some(({ in: place, binding }) => place !== 'header' && binding?.role === 'invoice.id')
