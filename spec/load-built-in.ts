// The names of the built-in APIs, and their models loaded one by one when they are asked for.

import type { ApiName } from './documents/documents.ts'
import { loaders } from './documents/loaders.ts'
import { failure, suggest } from './failure.ts'
import { compileBuiltIn } from './model.ts'
import type { Model } from './model.ts'

/** Names of the built-in APIs. */
export const apiNames = Object.keys(loaders) as ApiName[]

/** @throws Failure for a name that no built-in API has, with a suggestion. */
export function checkApiName(name: string): asserts name is ApiName {
  if (Object.hasOwn(loaders, name)) return
  throw failure(`find the API "${name}"`, {
    expected: 'a built-in API',
    received: 'none of that name',
    cure: /[./\\]/.test(name)
      ? 'A document of your own is loaded first: load(path) of proforma/load returns what is asked for here.'
      : suggest(name, apiNames),
  })
}

/**
 * Returns the model of a built-in API, whose document is loaded only now.
 * @throws Failure as `builtIn` does.
 */
export async function loadBuiltIn(name: string): Promise<Model> {
  checkApiName(name)
  return compileBuiltIn(await loaders[name]())
}
