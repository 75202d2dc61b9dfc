// Types of resources, their operations, envelopes and relations.

import type { Operation } from '../operation.ts'
import type { Pointer } from '../pointer.ts'
import type { Paging } from './paging.ts'

/** What an operation does to a resource; an `action` does what its name says, a `singleton` is the only one of its parent. */
export type ResourceAct = 'list' | 'get' | 'create' | 'update' | 'replace' | 'delete' | 'action'

/** Where one item or the items of a resource stand in a body. */
export interface Envelope {
  /** Property names that lead to the item, or to the array of items. */
  readonly path: readonly string[]
  /** Property names inside each element of the array that lead to its item: `['invoice']` of `{ list: [{ invoice: … }] }`. */
  readonly wrap: readonly string[]
  /** Tells whether an array stands there. */
  readonly many: boolean
  /** Where the schema of one item stands. */
  readonly item: Pointer
}

/** One operation on a resource. */
export interface ResourceOperation {
  readonly operation: Operation
  readonly does: ResourceAct
  /** Name of an action: `void`, `finalize`. */
  readonly verb?: string
  /** Path or query parameter, or property of the body, that names the item. */
  readonly key?: Key
  /** Parameters of the path that name the parents, outermost first. */
  readonly parents: readonly ParentKey[]
  /** Where the answer of success holds the item or items; absent where it holds none. */
  readonly answer?: Envelope
  /** Where the request's body holds the item. */
  readonly request?: Envelope
  /** For a list. */
  readonly paging?: Paging
}

/** What names an item in a request, and which property of the item it is. */
export interface Key {
  readonly in: 'path' | 'query' | 'body' | 'header'
  readonly name: string
  /** Property names that lead to it in the item; absent where the item does not show it. */
  readonly property?: readonly string[]
  /** Where its schema stands. */
  readonly schema: Pointer
}

/** A parameter that names an item of a parent resource. */
export interface ParentKey {
  readonly parameter: string
  /** Name of the parent; absent for a scope that the document has no resource for (an account, a tenant): any value is taken. */
  readonly resource?: string
  /** Property of the parent that the parameter names. */
  readonly property?: readonly string[]
}

/** A property whose value names an item of another resource, or holds one. */
export interface Relation {
  /** Property names that lead to it; `*` stands for the elements of an array. */
  readonly path: readonly string[]
  /** Name of the resource it points at. */
  readonly resource: string
  /** Property of the target whose value stands there; absent where the target itself is embedded. */
  readonly property?: readonly string[]
}

/** A set of things of one kind that an API lets clients list, read and change. */
export interface Resource {
  /** Its name, unique in the document: the last fixed word of its path, with that of its parent where two share it. */
  readonly name: string
  /** Name of one thing, in words: `credit note`. */
  readonly noun: string
  /** Path of the collection, or of the only thing there is. */
  readonly path: string
  /** Tells whether there is only one of it, or one below each parent. */
  readonly singleton: boolean
  /** Where the fullest schema of one item stands. */
  readonly schema: Pointer
  /** Property that identifies an item; absent where items show none. */
  readonly identity?: readonly string[]
  /** Resource above it in the path. */
  readonly parent?: string
  readonly operations: readonly ResourceOperation[]
  readonly relations: readonly Relation[]
}

/** The resources of a document, and the operations that belong to none. */
export interface Resources {
  readonly resources: readonly Resource[]
  readonly unknown: readonly { readonly operation: Operation; readonly why: string }[]
}
