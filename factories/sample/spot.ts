import { atPointer, failure, isObject, split } from '../../spec/index.ts'
import type { Locate, Pointer, Schema } from '../../spec/index.ts'
import type { Library, Resource, Site } from './library.ts'
import { placeOf } from './place.ts'

/** Where each dynamic anchor leads: the outermost resource, of those entered on the way to a schema, that has it. */
interface Scope {
  readonly key: string
  readonly anchors: ReadonlyMap<string, Resource>
}

/** A schema where it is applied: its place, the dynamic scope it is reached in, and whether it must hold or must not. Equal ones are the same object. */
export interface Spot {
  readonly id: number
  readonly schema: Schema
  readonly site: Site
  readonly scope: Scope
  readonly denied: boolean
}

/** Makes the spots of a library. */
export interface Spots {
  readonly library: Library
  /** Returns the spot of a place in the main document. */
  root(pointer: Pointer): Spot
  /** Returns the spot of a subschema. */
  child(spot: Spot, path: Pointer): Spot
  /** Returns the spot where the schema must not hold if it must, and the other way round. */
  opposite(spot: Spot): Spot
  /** Returns where the `$ref` of a spot leads. */
  follow(spot: Spot, reference: string): Spot
  /** Returns where the `$dynamicRef` of a spot leads. */
  followDynamic(spot: Spot, reference: string): Spot
  /** Returns the spot of a schema that stands in no document, made for a reason that names it. */
  made(near: Spot, reason: string, schema: Schema): Spot
}

/** Returns the maker of spots. */
export function createSpots(library: Library): Spots {
  const known = new Map<string, Spot>()
  const nowhere: Scope = { key: '', anchors: new Map() }

  function intern(key: string, schema: Schema, site: Site, scope: Scope, denied: boolean): Spot {
    const full = `${denied ? '!' : ''}${key} ${scope.key}`
    let spot = known.get(full)
    if (!spot) known.set(full, (spot = { id: known.size, schema, site, scope, denied }))
    return spot
  }

  const keyOf = ({ resource, pointer }: Site): string => `${resource.volume.index}#${pointer}`

  function enter(scope: Scope, resource: Resource): Scope {
    const added = [...resource.dynamic.keys()].filter((anchor) => !scope.anchors.has(anchor))
    if (added.length === 0) return scope
    const anchors = new Map(
      [...scope.anchors, ...added.map((anchor) => [anchor, resource] as const)].sort(([left], [right]) =>
        left < right ? -1 : 1,
      ),
    )
    return { key: [...anchors].map(([anchor, { index }]) => `${anchor}=${index}`).join(), anchors }
  }

  function spotAt(site: Site, scope: Scope, denied = false): Spot {
    const schema = atPointer(site.resource.volume.root, site.pointer)
    return intern(keyOf(site), checked(schema, site, library.locate), site, enter(scope, site.resource), denied)
  }

  const steps = new Map<Spot, Map<string, Spot>>()
  function once(spot: Spot, key: string, make: () => Spot): Spot {
    const row = steps.get(spot) ?? new Map<string, Spot>()
    steps.set(spot, row)
    let next = row.get(key)
    if (!next) row.set(key, (next = make()))
    return next
  }

  function below(spot: Spot, path: Pointer): Spot {
    const site = library.below(spot.site, path)
    if (atPointer(spot.site.resource.volume.root, spot.site.pointer) === spot.schema) return spotAt(site, spot.scope)
    const schema = split(path).reduce<unknown>((value, step) => (value as Record<string, unknown>)[step], spot.schema)
    return intern(keyOf(site), checked(schema, site, library.locate), site, spot.scope, false)
  }

  const follow = (spot: Spot, reference: string): Spot => spotAt(library.find(reference, spot.site), spot.scope)

  function followDynamic(spot: Spot, reference: string): Spot {
    const found = library.find(reference, spot.site)
    const { anchor } = found
    if (anchor === undefined || found.resource.dynamic.get(anchor) !== found.pointer) return spotAt(found, spot.scope)
    const outermost = spot.scope.anchors.get(anchor)
    return spotAt(
      outermost ? { resource: outermost, pointer: outermost.dynamic.get(anchor) as Pointer } : found,
      spot.scope,
    )
  }

  return {
    library,
    root: (pointer) => spotAt(library.below({ resource: library.main, pointer: '' }, pointer), nowhere),
    child: (spot, path) => once(spot, path, () => below(spot, path)),
    opposite: (spot) => intern(keyOf(spot.site), spot.schema, spot.site, spot.scope, !spot.denied),
    follow: (spot, reference) => once(spot, reference, () => follow(spot, reference)),
    followDynamic: (spot, reference) => once(spot, `dynamic ${reference}`, () => followDynamic(spot, reference)),
    made: (near, reason, schema) => {
      const site = { ...near.site, pointer: `${near.site.pointer} ${reason}` }
      return intern(keyOf(site), schema, site, near.scope, false)
    },
  }
}

function checked(schema: unknown, { pointer }: Site, locate: Locate | undefined): Schema {
  if (typeof schema === 'boolean' || isObject(schema)) return schema
  const received = schema === undefined ? 'nothing' : JSON.stringify(schema)
  throw failure(`read the schema at ${placeOf(pointer, locate)}`, { expected: 'an object or a boolean', received })
}
