import type { Document } from './document.ts'
import { makeModel } from './model.ts'
import type { Model } from './model.ts'
import { useValidators } from './schema/written.ts'
import type { Written } from './schema/written.ts'

/** A built-in API as a value: a page that imports one carries no other. */
export interface BuiltInApi<Name extends string = string> {
  readonly name: Name
  /** Its document, overlay applied, as text: engines read JSON faster than a literal of the same size. */
  readonly json: string
  /** What requests to it are held against, written ahead of time. */
  readonly validators: Written
}

const compiled = new WeakMap<BuiltInApi, Model>()

/** Returns the model of a built-in API; compiled once. */
export function compileBuiltIn(api: BuiltInApi): Model {
  const known = compiled.get(api)
  if (known) return known
  const { name, json, validators } = api
  const model = makeModel(JSON.parse(json) as Document, { name })
  useValidators(model.document, validators)
  compiled.set(api, model)
  return model
}
