import { documents } from './documents/documents.ts'
import type { Answers, ApiName, Schemas } from './documents/documents.ts'
import { failure, suggest } from './failure.ts'
import { compile } from './model.ts'
import type { Model } from './model.ts'

/** Names of the built-in APIs. */
export const apiNames = Object.keys(documents) as ApiName[]

const compiled = new Map<string, Model>()

/**
 * Returns the model of a built-in API; compiled once.
 * @throws Failure for an unknown name, with a suggestion.
 */
export function builtIn(name: string): Model {
  const known = compiled.get(name)
  if (known) return known
  if (!Object.hasOwn(documents, name))
    throw failure(`find the API "${name}"`, {
      expected: 'a built-in API',
      received: 'none of that name',
      cure: suggest(name, apiNames),
    })
  const model = compile(documents[name as ApiName], { name, isSound: true })
  compiled.set(name, model)
  return model
}

/** An invoice as an API answers it: `InvoiceOf<'…'>` with the name of a built-in API. */
export type InvoiceOf<Name extends ApiName> = Answers[Name]

export type { ApiName, Schemas }
