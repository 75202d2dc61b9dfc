import type { Document } from './document.ts'
import { compile } from './model.ts'
import type { Model } from './model.ts'

/** A built-in API as a value: a page that imports one carries no other. */
export interface BuiltInApi<Name extends string = string> {
  readonly name: Name
  /** Its document, overlay applied, as text: engines read JSON faster than a literal of the same size. */
  readonly json: string
}

const compiled = new WeakMap<BuiltInApi, Model>()

/** Returns the model of a built-in API; compiled once. */
export function compileBuiltIn(api: BuiltInApi): Model {
  const { name, json } = api
  const model = compiled.get(api) ?? compile(JSON.parse(json) as Document, { name, isSound: true })
  compiled.set(api, model)
  return model
}
