import type { CoreEntity, Entity } from '../../spec/index.ts'
import { hashText, mix2 } from '../random.ts'
import { storyOf } from '../story/tell.ts'
import type { Frame } from './frame.ts'

/** How one sort of business object is entered: what identifies it, and what comes into view with it. */
export interface EntityRule {
  /** Returns the seed of the object's own draws. */
  readonly key: (item: never, frame: Frame) => number
  /** Objects that look the same wherever they are met: their text may be written once. */
  readonly recurs: boolean
}

const nested =
  (salt: number) =>
  (item: { readonly index: number }, frame: Frame): number =>
    mix2(frame.key ^ salt, item.index)
const keyed =
  (salt: number) =>
  (item: { readonly key: number }): number =>
    mix2(salt, item.key)

/** Every sort of object of the core vocabulary that a plan can stand on. */
export const entityRules = {
  invoice: { key: (item: { readonly key: number }) => item.key, recurs: false },
  party: { key: keyed(0x70617274), recurs: true },
  address: { key: keyed(0x61646472), recurs: true },
  person: { key: keyed(0x70657273), recurs: true },
  line: { key: nested(0x6c696e65), recurs: false },
  tax: { key: (item: { readonly rate: number }, frame: Frame) => mix2(frame.key, item.rate), recurs: false },
  allowance: { key: nested(0x616c6c6f), recurs: false },
  charge: { key: nested(0x63686172), recurs: false },
  payment: { key: nested(0x7061796d), recurs: false },
  email: { key: nested(0x656d6169), recurs: false },
  file: { key: nested(0x66696c65), recurs: false },
  lease: { key: keyed(0x6c656173), recurs: false },
  message: { key: keyed(0x6d657373), recurs: false },
  transition: { key: (_item: unknown, frame: Frame) => frame.key, recurs: false },
  page: { key: (_item: unknown, frame: Frame) => frame.key, recurs: false },
} as const satisfies Record<CoreEntity, EntityRule>

const ownRules = new Map<string, EntityRule>()

/** Returns how an object is entered; one that a document declares by a key of its own, else by its number among those around it. */
export function ruleOf(entity: Entity): EntityRule {
  if (Object.hasOwn(entityRules, entity)) return entityRules[entity as CoreEntity]
  const known = ownRules.get(entity)
  if (known) return known
  const salt = hashText(entity)
  const rule: EntityRule = {
    key: ({ index = 0, key }: { readonly index?: number; readonly key?: number }, frame) =>
      key === undefined ? mix2(frame.key ^ salt, index) : mix2(mix2(salt, key), index),
    recurs: true,
  }
  ownRules.set(entity, rule)
  return rule
}

/**
 * Calls `inside` with the frame moved to an object, and moves it back. Entering an invoice brings its story along;
 * entering a claim or a message brings its invoice.
 */
export function within<T>(frame: Frame, entity: Entity, item: unknown, inside: (frame: Frame) => T): T {
  const { key, story, invoice } = frame
  const places = frame as unknown as Record<string, unknown>
  const outer = places[entity]
  enter(frame, entity, item)
  try {
    return inside(frame)
  } finally {
    frame.key = key
    places[entity] = outer
    if (frame.invoice !== invoice) {
      frame.invoice = invoice
      frame.story = story
    }
  }
}

function enter(frame: Frame, entity: Entity, item: unknown): void {
  const rule = ruleOf(entity)
  frame.key = rule.key(item as never, frame)
  ;(frame as unknown as Record<string, unknown>)[entity] = item
  if (entity === 'invoice') frame.story = storyOf(frame.invoice, frame.ledger.staff)
  else if (entity === 'lease' || entity === 'message') enter(frame, 'invoice', (item as { invoice: unknown }).invoice)
}
