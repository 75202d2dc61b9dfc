import { failure, isObject, join } from '../../spec/index.ts'
import type { Locate } from '../../spec/index.ts'
import type { Spot, Spots } from './spot.ts'
import { placeOf } from './place.ts'

const single = ['not', 'if', 'then', 'else']
const several = ['allOf', 'anyOf', 'oneOf']

/**
 * Returns a check that a schema does not come back to itself while it looks at one and the same value: no validator would end.
 * @throws Failure, from the check, for such a circle.
 */
export function createCircleCheck(spots: Spots, locate: Locate | undefined): (spot: Spot) => void {
  const done = new Set<Spot>()
  const open = new Set<Spot>()
  return function check(spot: Spot): void {
    if (done.has(spot) || typeof spot.schema === 'boolean') return
    if (open.has(spot)) {
      const received = 'a circle that comes back without a step into the value'
      throw failure(`follow the references at ${placeOf(spot.site.pointer, locate)}`, { expected: 'an end', received })
    }
    open.add(spot)
    for (const next of beside(spots, spot)) check(next)
    open.delete(spot)
    done.add(spot)
  }
}

/** Schemas that apply to the same value. */
function beside(spots: Spots, spot: Spot): Spot[] {
  if (spot.denied) return [spots.opposite(spot)]
  if (typeof spot.schema === 'boolean') return []
  const { schema } = spot
  const paths = [
    ...single.filter((keyword) => keyword in schema).map((keyword) => `/${keyword}`),
    ...several.flatMap((keyword) =>
      Array.isArray(schema[keyword]) ? schema[keyword].map((_, index) => join('', keyword, index)) : [],
    ),
    ...(isObject(schema.dependentSchemas)
      ? Object.keys(schema.dependentSchemas).map((name) => join('/dependentSchemas', name))
      : []),
  ]
  return [
    ...(typeof schema.$ref === 'string' ? [spots.follow(spot, schema.$ref)] : []),
    ...(typeof schema.$dynamicRef === 'string' ? [spots.followDynamic(spot, schema.$dynamicRef)] : []),
    ...paths.map((path) => spots.child(spot, path)),
  ]
}
