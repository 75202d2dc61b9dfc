// The built-in APIs by name.

import { apis } from './documents/documents.ts'
import type { Answers, ApiName, Operations, Schemas } from './documents/documents.ts'
import { checkApiName } from './load-built-in.ts'
import { compileBuiltIn } from './model.ts'
import type { Model } from './model.ts'

/**
 * Returns the model of a built-in API; compiled once.
 * @throws Failure for an unknown name, with a suggestion.
 */
export function builtIn(name: string): Model {
  checkApiName(name)
  return compileBuiltIn(apis[name])
}

/** An invoice as an API answers it: `InvoiceOf<'…'>` with the name of a built-in API. */
export type InvoiceOf<Name extends ApiName> = Answers[Name]

export type { ApiName, Operations, Schemas }
