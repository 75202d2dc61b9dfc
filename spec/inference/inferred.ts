// What inference returns: bindings with confidence and evidence, questions, places without a role.

import type { OperationRole } from '../roles.ts'
import type { Pointer } from '../pointer.ts'
import type { Match, Word } from '../binding.ts'

/** A role as an overlay states it: `{ role: invoice.status, values: { … } }`. */
export interface Annotation {
  readonly role: string
  readonly unit?: 'minor' | 'major'
  readonly as?: string
  readonly prefix?: string
  readonly values?: Readonly<Record<string, Word>>
  readonly match?: Match
  readonly case?: 'lower' | 'upper'
  readonly base?: number
  readonly of?: string
  /** For a filter whose value is an object: the role that each field names, with the API's words for it. */
  readonly fields?: Readonly<Record<string, string | Omit<Annotation, 'role'>>>
  readonly confidence?: number
}

/** What a place of a document probably means, and why. */
export interface InferredBinding {
  /** Where it stands: the schema of a property as the object refers to it, or a parameter. */
  readonly pointer: Pointer
  /** Schema of the item that was looked through to find it, and the property names from there; `*` for the elements of an array. */
  readonly root?: Pointer
  readonly path?: readonly string[]
  readonly annotation: Annotation
  /** For an amount that is an object: its properties that hold the number and the currency. */
  readonly money?: { readonly amount: string; readonly currency: string }
  /** From 0 to 1. */
  readonly confidence: number
  readonly evidence: readonly string[]
}

/** A place that looks like something an invoice has, but it is not sure what. */
export interface Question {
  readonly pointer: Pointer
  readonly name: string
  /** What it would be, if anything, and how sure that is. */
  readonly guess?: string
  readonly confidence: number
  readonly why: string
}

/** What an operation does. */
export interface InferredOperation {
  readonly id: string
  readonly pointer: Pointer
  readonly does: OperationRole
  readonly confidence: number
  readonly evidence: readonly string[]
}

/** What a document without roles probably means. */
export interface Inferred {
  /** Name of the resource that holds invoices; absent where there is none. */
  readonly resource?: string
  /** Whether those are invoices that a company sends, or that it gets. */
  readonly direction?: 'receivable' | 'payable'
  /** Schemas of whole invoices. */
  readonly roots: readonly Pointer[]
  readonly bindings: readonly InferredBinding[]
  readonly operations: readonly InferredOperation[]
  readonly questions: readonly Question[]
  /** Places inside an invoice that speak of money and are not bound. */
  readonly unbound: readonly InferredPlace[]
}

/** A place inside an invoice. */
export interface InferredPlace {
  readonly pointer: Pointer
  readonly root: Pointer
  readonly path: readonly string[]
}

/** Below this nothing is bound. */
export const boundFrom = 0.6
