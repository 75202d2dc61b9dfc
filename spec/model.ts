// The model: a document compiled once, with its operations, shapes and representation.

import { checkBindings } from './binding.ts'
import { isObject, keepPlaces, resolve } from './document.ts'
import type { Document, Locate } from './document.ts'
import { failure, sentenceOf, suggest } from './failure.ts'
import type { Diagnostic } from './failure.ts'
import type { Inferred } from './inference/inferred.ts'
import { operationsOf, successOf } from './operation.ts'
import type { Operation } from './operation.ts'
import { join } from './pointer.ts'
import type { Pointer } from './pointer.ts'
import type { Repaired } from './repair/repair.ts'
import type { Role } from './roles.ts'
import { usePrecompiled } from './schema/precompiled.ts'
import type { PrecompiledValidators } from './schema/precompiled.ts'
import { shapesOf } from './shape.ts'
import type { Shape } from './shape.ts'
import { vocabularyOf } from './vocabulary.ts'
import type { Vocabulary } from './vocabulary.ts'

/** A security scheme of the document. */
export interface SecurityScheme {
  readonly type: string
  readonly scheme?: string
  readonly in?: string
  readonly name?: string
}

/** A document compiled once: what it offers and what its parts mean. */
export interface Model {
  /** Name it is served under. */
  readonly name: string
  readonly title: string
  /** Without what could not be read in it. */
  readonly document: Document
  /** Those of which can be read what to send to them. */
  readonly operations: readonly Operation[]
  /** What could not be read. */
  readonly diagnostics: readonly Diagnostic[]
  /** @deprecated Called {@link Model.diagnostics} now. */
  readonly faults: readonly Diagnostic[]
  /** Files that it was read from. */
  readonly files: readonly string[]
  /** Operations that are left out because of that: only id, method (`*` for any), path and place are known. */
  readonly lost: readonly Operation[]
  readonly security: Readonly<Record<string, SecurityScheme>>
  readonly representation: Representation
  /** The roles that can be bound in it. */
  readonly vocabulary: Vocabulary
  /** Roles bound anywhere in an answer of success; `buyer.…` and `seller.…` keep their anchor. */
  readonly bound: ReadonlySet<string>
  /** What its roles were inferred from, where it has none of its own. */
  readonly inferred?: Inferred
  /** Returns the shape of the schema at a pointer. */
  shape(pointer: Pointer): Shape
  /** Returns what could not be read of the schema at a pointer, and of all that it refers to. */
  diagnosticsBelow(pointer: Pointer): readonly Diagnostic[]
  /** Returns where something stands in the files the document came from. */
  readonly locate: Locate
}

/** How a document is taken in. */
interface ModelOptions {
  readonly name: string
  readonly locate?: Locate
  /** Files that it was read from. */
  readonly files?: readonly string[]
  /** Returns what can be read of the document. Without it, document and roles are known to be sound. */
  readonly read?: (document: Document) => Repaired
}

/** Returns the model of a document of OpenAPI 3.1 whose overlay has been applied. @throws Failure for an unknown role. */
export function makeModel(stated: Document, { name, locate = () => undefined, files = [], read }: ModelOptions): Model {
  keepPlaces(stated, locate)
  if (read) checkBindings(stated, locate)
  const { document, diagnostics, lost, unread, diagnosticsBelow } = (read ?? sound)(stated)
  keepPlaces(document, locate)
  const shape = shapesOf(document)
  const operations = operationsOf(document, unread)
  const info = isObject(document.info) ? document.info : {}
  return {
    name,
    title: typeof info.title === 'string' ? info.title : name,
    document,
    operations,
    diagnostics,
    faults: diagnostics,
    files,
    lost,
    security: schemesOf(document),
    representation: document['x-representation'] ?? {},
    vocabulary: vocabularyOf(document),
    bound: boundRoles(operations, shape),
    shape,
    diagnosticsBelow,
    locate,
  }
}

const sound = (document: Document): Repaired => ({
  document,
  diagnostics: [],
  lost: [],
  unread: new Set(),
  diagnosticsBelow: () => [],
})

function schemesOf(document: Document): Model['security'] {
  const components = isObject(document.components) ? document.components : {}
  const names = isObject(components.securitySchemes) ? Object.keys(components.securitySchemes) : []
  return Object.fromEntries(
    names.map((name) => [
      name,
      resolve(document, join('', 'components', 'securitySchemes', name)).value as SecurityScheme,
    ]),
  )
}

/** Returns the operation of that id. @throws Failure with a suggestion, or with why the operation is left out. */
export function operationOf(model: Model, id: string): Operation {
  const found = model.operations.find((operation) => operation.id === id)
  if (found) return found
  const fault = model.diagnostics.find(({ loses }) => loses.includes(id))
  if (fault)
    throw failure(`find operation "${id}" of ${model.name}`, {
      expected: 'an operation that can be read',
      received: 'one that cannot',
      cure: sentenceOf(fault, model.locate),
    })
  throw failure(`find operation "${id}" of ${model.name}`, {
    expected: 'an operationId of its document',
    received: 'none of that name',
    cure: suggest(
      id,
      model.operations.map((operation) => operation.id),
    ),
  })
}

/** Returns the spelling of a role with its anchor: `buyer.name`. */
export const nameOf = ({ role, anchor }: { role: Role; anchor?: string }): string =>
  anchor ? role.replace('party', anchor) : role

function boundRoles(operations: readonly Operation[], shapeAt: (pointer: Pointer) => Shape): Set<string> {
  const bound = new Set<string>()
  const seen = new Set<Shape>()
  const visit = (shape: Shape): void => {
    if (seen.has(shape)) return
    seen.add(shape)
    if (shape.binding) bound.add(nameOf(shape.binding))
    for (const { binding } of shape.keyed?.entries ?? []) bound.add(nameOf(binding))
    for (const property of shape.properties.values()) visit(property)
    if (shape.items) visit(shape.items)
  }
  for (const operation of operations) {
    for (const { schema } of successOf(operation)?.content ?? []) if (schema) visit(shapeAt(schema))
  }
  return bound
}

const bare = new WeakMap<Model, Model>()

/** Returns a model in which nothing has a role: outside of an invoice a schema stands for a row of its own. */
export function withoutRoles(model: Model): Model {
  const known = bare.get(model) ?? {
    ...model,
    bound: new Set<string>(),
    shape: shapesOf(model.document, { roles: false }),
  }
  bare.set(model, known)
  return known
}

/** How a whole document writes a kind of value, as `x-representation` at its root; a binding's own words win. */
export interface Representation {
  readonly amount?: 'minor' | 'major'
  /** How many items resources have whose rows are no ledger's, by name. */
  readonly rows?: Readonly<Record<string, number>>
  /** Whether its invoices are those that a company sends (the rule), or those that it gets from its vendors. */
  readonly direction?: 'receivable' | 'payable'
  readonly id?: 'uuid' | 'integer' | 'prefixed' | 'token' | 'ulid' | 'typeid'
  readonly date?: 'date' | 'date-time'
  /** Prefix of prefixed identities, by entity or role: `{ invoice: inv_, call.workflow: wfl_ }`. */
  readonly prefixes?: Readonly<Record<string, string>>
  /** What becomes of a value that is not there: `null` where the schema allows it (the rule), or left out. */
  readonly absent?: 'null' | 'omit'
  /** Whether tax is rounded on each line or on the sum of each rate. */
  readonly rounding?: 'line' | 'total'
  /** What is due of a void invoice: its total less what is paid (the rule), or nothing. */
  readonly voided?: 'owed' | 'nothing'
  /** Which optional properties are there; as real data has them (the rule), all, or none. */
  readonly optional?: 'all' | 'none' | 'realistic'
}

/** Which optional properties answers have: every one, none, or those that real data has. */
export const optionals = ['all', 'none', 'realistic'] as const

/** Which optional properties are shown: all, none, or as often as real data has them. */
export type Optional = (typeof optionals)[number]

const shown = new WeakMap<Model, Map<Optional, Model>>()

/** Returns a model whose answers have these optional properties; the model itself where nothing is asked for. */
export function showing(model: Model, optional: Optional | undefined): Model {
  if (optional === undefined || optional === (model.representation.optional ?? 'realistic')) return model
  const others = shown.get(model) ?? new Map<Optional, Model>()
  const other = others.get(optional) ?? { ...model, representation: { ...model.representation, optional } }
  shown.set(model, others.set(optional, other))
  return other
}

/** A built-in API as a value: a page that imports one carries no other. */
export interface BuiltInApi<Name extends string = string> {
  readonly name: Name
  /** Its document, overlay applied, as text: engines read JSON faster than a literal of the same size. */
  readonly json: string
  /** What requests to it, and values in its answers, are held against, written ahead of time. */
  readonly validators: PrecompiledValidators
}

const compiled = new WeakMap<BuiltInApi, Model>()

/** Returns the model of a built-in API; compiled once. */
export function compileBuiltIn(api: BuiltInApi): Model {
  const known = compiled.get(api)
  if (known) return known
  const { name, json, validators } = api
  const model = makeModel(JSON.parse(json) as Document, { name })
  usePrecompiled(model.document, validators)
  compiled.set(api, model)
  return model
}
