import { successOf } from '../spec/index.ts'
import type { Model, Role, Shape } from '../spec/index.ts'
import type { Presentation } from './ledger/present.ts'
import { leafAt } from './plan/leaf.ts'

/** Returns what an API has places for and where it rounds, read from its bindings. */
export function presentationOf(model: Model): Presentation {
  const { bound, representation } = model
  const quantities = placesOf(model, 'line.quantity')
  return {
    can: {
      allowances: bound.has('invoice.allowances') || bound.has('invoice.allowanceList'),
      charges: bound.has('invoice.charges') || bound.has('invoice.chargeList'),
      lineAllowances: bound.has('line.allowance'),
      fractionalQuantities: quantities.every(({ pointer }) => !isWhole(model, pointer)),
      tax: bound.has('invoice.tax') || bound.has('invoice.taxes'),
    },
    rounding: representation.rounding ?? 'total',
    ...(representation.direction && { direction: representation.direction }),
  }
}

const isWhole = (model: Model, pointer: string): boolean => {
  const { types } = leafAt(model.document, pointer)
  return types.has('integer') && !types.has('number') && !types.has('string')
}

/** Returns every place of the model's answers that carries a role. */
function placesOf(model: Model, role: Role): Shape[] {
  const seen = new Set<Shape>()
  const visit = (shape: Shape): Shape[] => {
    if (seen.has(shape)) return []
    seen.add(shape)
    const inside = [...shape.properties.values(), ...(shape.items ? [shape.items] : [])].flatMap(visit)
    return shape.binding?.role === role ? [shape, ...inside] : inside
  }
  return model.operations
    .flatMap((operation) => successOf(operation)?.content ?? [])
    .flatMap(({ schema }) => (schema ? visit(model.shape(schema)) : []))
}
