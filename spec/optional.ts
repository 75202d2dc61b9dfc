import type { Model } from './model.ts'

/** Which optional properties answers have: every one, none, or those that real data has. */
export const optionals = ['all', 'none', 'realistic'] as const

export type Optional = (typeof optionals)[number]

const shown = new WeakMap<Model, Map<Optional, Model>>()

/** Returns a model whose answers have these optional properties; the model itself where nothing is asked for. */
export function showing(model: Model, optional: Optional | undefined): Model {
  if (optional === undefined || optional === (model.representation.optional ?? 'realistic')) return model
  const others = shown.get(model) ?? new Map<Optional, Model>()
  const other = others.get(optional) ?? { ...model, representation: { ...model.representation, optional } }
  shown.set(model, others.set(optional, other))
  return other
}
