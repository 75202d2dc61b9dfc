import type { Day } from '../spec/index.ts'
import type { Books, Order, Shelf } from './books.ts'
import type { Business, Happening } from './business.ts'
import { hasBooks, scenarioOf } from './scenario.ts'
import type { Scenarios } from './scenario.ts'

/** How a world begins, and begins anew when it is reset. */
export interface Start {
  readonly order: Order
  readonly today: Day
  /** Names of scenarios; later ones win. */
  readonly scenarios: readonly string[]
}

/** What worlds of one server share. */
export interface Ground {
  readonly shelf: Shelf
  readonly scenarios: Scenarios
  /** Tells whether anybody wants to know what happens. */
  readonly isHeard: () => boolean
}

/** How a world is made. */
export interface WorldOptions {
  /** A business that is there already. */
  readonly business?: Business
  /** Is told what happens in it. */
  readonly tell?: (happening: Happening) => void
  /** Whether a log wants to know what happens. */
  readonly isRecorded?: boolean
}

/** Returns the books of an order under scenarios; what one of them says of the books wins over those before. */
export function booksFor({ shelf, scenarios }: Ground, order: Order, names: readonly string[]): Books {
  const changes = names
    .map((name) => scenarioOf(name, scenarios))
    .filter(hasBooks)
    .map(({ invoices, constraints }) => ({
      ...(invoices !== undefined && { invoices }),
      ...(constraints && { constraints }),
    }))
  return shelf.take(Object.assign({ ...order }, ...changes) as Order)
}
