import { checkBindings } from './binding.ts'
import type { Representation } from './binding.ts'
import { isObject, keepPlaces } from './document.ts'
import type { Document, Locate } from './document.ts'
import { failure, suggest } from './failure.ts'
import { operationsOf, successOf } from './operation.ts'
import type { Operation } from './operation.ts'
import type { Pointer } from './pointer.ts'
import type { Role } from './roles.ts'
import { shapesOf } from './shape.ts'
import type { Shape } from './shape.ts'

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
  readonly document: Document
  readonly operations: readonly Operation[]
  readonly security: Readonly<Record<string, SecurityScheme>>
  readonly representation: Representation
  /** Roles bound anywhere in an answer of success; `buyer.…` and `seller.…` keep their anchor. */
  readonly bound: ReadonlySet<string>
  /** Returns the shape of the schema at a pointer. */
  shape(pointer: Pointer): Shape
  /** Returns where something stands in the files the document came from. */
  readonly locate: Locate
}

/** What to call a document, and how to find its parts in its files. */
export interface CompileOptions {
  readonly name: string
  readonly locate?: Locate
}

/**
 * Returns the model of a document whose overlay has been applied.
 * @throws Failure for a document that is no OpenAPI 3.1, a dangling reference, or an unknown role.
 */
export function compile(document: Document, { name, locate = () => undefined }: CompileOptions): Model {
  if (!isObject(document) || typeof document.openapi !== 'string' || !/^3\.[12]\b/.test(document.openapi)) {
    const { openapi, swagger } = isObject(document) ? document : {}
    const received = typeof openapi === 'string' ? `OpenAPI ${openapi}` : swagger === undefined ? 'something else' : `Swagger ${String(swagger)}`
    throw failure(`compile "${name}"`, { expected: 'an OpenAPI 3.1 document', received })
  }
  keepPlaces(document, locate)
  checkBindings(document, locate)
  const shape = shapesOf(document)
  const operations = operationsOf(document)
  const components = isObject(document.components) ? document.components : {}
  const info = isObject(document.info) ? document.info : {}
  return {
    name,
    title: typeof info.title === 'string' ? info.title : name,
    document,
    operations,
    security: (isObject(components.securitySchemes) ? components.securitySchemes : {}) as Model['security'],
    representation: (document['x-representation'] ?? {}),
    bound: boundRoles(operations, shape),
    shape,
    locate,
  }
}

/** Returns the operation of that id. @throws Failure with a suggestion. */
export function operationOf(model: Model, id: string): Operation {
  const found = model.operations.find((operation) => operation.id === id)
  if (found) return found
  throw failure(`find operation "${id}" of ${model.name}`, { expected: 'an operationId of its document', received: 'none of that name', cure: suggest(id, model.operations.map((operation) => operation.id)) })
}

/** Returns the spelling of a role with its anchor: `buyer.name`. */
export const nameOf = ({ role, anchor }: { role: Role; anchor?: string }): string => (anchor ? role.replace('party', anchor) : role)

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
