import type { ErrorObject } from 'ajv/dist/2020.js'
import type { Document } from '../document.ts'
import type { Pointer } from '../pointer.ts'
import type { Direction } from './direction.ts'

/** Validators that were written ahead of time (`proforma validator`), by direction and pointer. */
export type Written = Readonly<Partial<Record<Direction, Readonly<Record<Pointer, Validate>>>>>

/** A function that Ajv has compiled. */
export interface Validate {
  (value: unknown): boolean
  errors?: readonly ErrorObject[] | null | undefined
}

const written = new WeakMap<Document, Written>()

/** Takes validators that were written ahead of time for the schemas of a document, so that no code is made for those. */
export function useValidators(document: Document, validators: Written): void {
  written.set(document, validators)
}

/** Returns the validators that were written ahead of time for a document. */
export const writtenFor = (document: Document): Written | undefined => written.get(document)
