import type { Lease } from '../../factories/index.ts'
import type { Instant } from '../../spec/index.ts'
import type { LeaseEvent } from './event.ts'
import type { State } from './state.ts'

/** A lease that runs, and of which invoice. */
export interface RunningLease extends Pick<Lease, 'key' | 'expiresAt'> {
  readonly index: number
}

/** Attempts at one invoice have leases of their own. */
const attempts = 1024

const runs = ({ with: { expiresAt } }: LeaseEvent, at: Instant): boolean => expiresAt !== undefined && expiresAt > at

/** Returns a lease as events tell of it. */
export const leaseIn = ({ id, with: { count, expiresAt = 0 } }: LeaseEvent): RunningLease => ({
  key: id * attempts + ((count - 1) % attempts),
  index: id,
  expiresAt,
})

/** Returns the lease of an invoice that runs at a moment. */
export function leaseOf({ leases }: State, invoice: number, at: Instant): RunningLease | undefined {
  const event = leases.get(invoice)
  return event && runs(event, at) ? leaseIn(event) : undefined
}

/** Returns the leases that a claim of a name was given, as far as they run at a moment. */
export const leasesNamed = ({ leases }: State, name: string, at: Instant): readonly RunningLease[] =>
  [...leases.values()].filter((event) => event.with.name === name && runs(event, at)).map(leaseIn)

/** Returns the event by which an invoice is claimed. @param name tells one claim from another, so that it can be repeated */
export const claimed = (
  known: Pick<State, 'leases'>,
  invoice: number,
  expiresAt: Instant,
  name?: string,
): LeaseEvent => ({
  on: 'lease',
  does: 'put',
  id: invoice,
  with: {
    count: (known.leases.get(invoice)?.with.count ?? 0) + 1,
    expiresAt,
    ...(name !== undefined && { name }),
  },
})

/** Returns the event by which the lease of an invoice ends, if it has ever been claimed. */
export function released({ leases }: State, invoice: number): LeaseEvent | undefined {
  const event = leases.get(invoice)
  if (!event) return undefined
  const { expiresAt: _, ...rest } = event.with
  return { ...event, with: rest }
}
