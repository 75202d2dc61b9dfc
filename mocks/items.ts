// Reads the items of a resource that its API answers one by one, but has no list of.

import type { Item } from '../factories/index.ts'
import { shownIn } from './edit.ts'
import { apiIn } from './context.ts'
import type { ApiInWorld } from './context.ts'
import { Collection, originOf, servedBy } from './resources/collection.ts'
import type { Model } from '../spec/index.ts'
import type { World } from './state/world.ts'

/** Some items of a resource as the operation that gets one answers them, and how many there are. */
export interface ItemsPart {
  readonly total: number
  readonly items: readonly Item[]
}

/** Returns items of a resource in a world, those created last first; `undefined` where there is no such resource. Nothing is claimed or changed. */
export function resourceItems(
  model: Model,
  world: World,
  name: string,
  from: number,
  count: number,
): ItemsPart | undefined {
  const api = apiIn(model, world)
  const resource = servedBy(model).resources.find((one) => one.name === name)
  if (!resource) return undefined
  if (originOf(model, resource) === 'invoice') return invoicesFrom(api, from, count)
  const collection = new Collection(api, resource)
  const all = collection.indices()
  return { total: all.length, items: all.slice(from, from + count).map((index) => collection.item(index) ?? {}) }
}

function invoicesFrom(api: ApiInWorld, from: number, count: number): ItemsPart {
  const { business } = api
  const drawn = Array.from({ length: business.ledger.issued }, (_, at) => business.ledger.issued - 1 - at)
  const all = [...business.state.created.toReversed(), ...drawn].filter((index) => business.has(index))
  const shown = all.slice(from, from + count).flatMap((index) => business.find(index) ?? [])
  return { total: all.length, items: shown.map((entry) => shownIn(api, entry)) }
}
