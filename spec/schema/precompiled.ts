// Validators that were written ahead of time, apart from the engine: a page says which it has before it judges anything.

import type { ErrorObject } from 'ajv/dist/2020.js'
import type { Document } from '../document.ts'
import type { Pointer } from '../pointer.ts'
import type { Direction } from './translate.ts'

/** A function that Ajv has compiled. */
export interface Validate {
  (value: unknown): boolean
  errors?: readonly ErrorObject[] | null | undefined
}

/** Validators that were written ahead of time (`proforma validator`), by direction and pointer. */
export type PrecompiledValidators = Readonly<Partial<Record<Direction, Readonly<Record<Pointer, Validate>>>>>

const precompiled = new WeakMap<Document, PrecompiledValidators>()

/** Takes validators that were written ahead of time for the schemas of a document, so that no code is made for those. */
export function usePrecompiled(document: Document, validators: PrecompiledValidators): void {
  precompiled.set(document, validators)
}

/** Returns the validators that were written ahead of time for a document. */
export const precompiledFor = (document: Document): PrecompiledValidators | undefined => precompiled.get(document)
