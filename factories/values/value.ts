import type { Binding, Role } from '../../spec/index.ts'
import type { Frame } from '../plan/frame.ts'
import { within } from '../plan/entity.ts'
import { exchange } from './exchange.ts'
import { invoice } from './invoice.ts'
import { money } from './money.ts'
import { party } from './party.ts'
import { platform } from './platform.ts'
import { story } from './story.ts'

/**
 * Returns what the ledger says of a role where the frame stands: minor units, thousandths, days, seconds, keys, words.
 * `undefined` is absent.
 */
export type Value = (frame: Frame) => unknown

/** Every role the ledger can answer for; `self.…` is resolved before, filters and sorting are no values. */
const values: Readonly<
  Record<
    Exclude<
      Role,
      `self.${string}` | 'filter' | `sort.${string}` | `answer.${string}` | `claim.${'limit' | 'ttl' | 'key'}`
    >,
    Value
  >
> = {
  ...invoice,
  ...money,
  ...party,
  ...story,
  ...platform,
  ...exchange,
}

/** Returns the value of a binding; anchored roles look at the invoice's own buyer or seller. */
export function valueOf({ role, anchor, of, any }: Pick<Binding, 'role' | 'anchor' | 'of' | 'any'>): Value {
  if (role === 'filter') return ({ page }) => page.filters?.[of as string] ?? any
  const value = (values as Partial<Record<Role, Value>>)[role] ?? (() => undefined)
  if (anchor === undefined) return value
  return (frame) => within(frame, 'party', frame.invoice[anchor], value)
}
