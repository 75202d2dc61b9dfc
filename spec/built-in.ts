import { apis } from './documents/documents.ts'
import type { Answers, ApiName, Schemas } from './documents/documents.ts'
import { compileBuiltIn } from './model.ts'
import { failure, suggest } from './failure.ts'
import type { Model } from './model.ts'

/** Names of the built-in APIs. */
export const apiNames = Object.keys(apis) as ApiName[]

/**
 * Returns the model of a built-in API; compiled once.
 * @throws Failure for an unknown name, with a suggestion.
 */
export function builtIn(name: string): Model {
  if (!Object.hasOwn(apis, name))
    throw failure(`find the API "${name}"`, {
      expected: 'a built-in API',
      received: 'none of that name',
      cure: /[./\\]/.test(name)
        ? 'A document of your own is loaded first: load(path) of proforma/load returns what is asked for here.'
        : suggest(name, apiNames),
    })
  return compileBuiltIn(apis[name as ApiName])
}

/** An invoice as an API answers it: `InvoiceOf<'…'>` with the name of a built-in API. */
export type InvoiceOf<Name extends ApiName> = Answers[Name]

export type { ApiName, Schemas }
