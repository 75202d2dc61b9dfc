import type { Entry, Lease } from '../factories/index.ts'
import type { Instant } from '../spec/index.ts'

/** A lease as snapshots write it, and how often its invoice has been claimed. */
export interface LeaseRecord {
  readonly index: number
  readonly count: number
  /** Where it still runs. */
  readonly expiresAt?: Instant
  /** Name that its claim gave itself. */
  readonly name?: string
}

/** Who holds which received invoice. */
export interface Claims {
  /** Returns the lease of an invoice, newly made. @param name tells one claim from another, so that it can be repeated */
  claim(invoice: Entry, expiresAt: Instant, name?: string): Lease
  /** Returns the leases that a claim of that name was given, as far as they run at a moment. */
  claimed(name: string, at: Instant): readonly Lease[]
  /** Returns the lease of an invoice that runs at a moment. */
  lease(invoice: Pick<Entry, 'index'>, at: Instant): Lease | undefined
  /** Ends the lease of an invoice. */
  release(invoice: Entry): void
  /** Returns what is to be kept of it all. */
  save(): readonly LeaseRecord[]
  /** Puts what was kept in place of its own. */
  load(records: readonly LeaseRecord[], find: (index: number) => Entry | undefined): void
  reset(): void
  /** Rises with every change. */
  readonly version: number
}

/** Attempts at one invoice have leases of their own. */
const attempts = 1024

const keyOf = (index: number, count: number): number => index * attempts + (count % attempts)

/** Returns claims kept in memory. */
export function claimsInMemory(): Claims {
  const leases = new Map<number, Lease>()
  const counts = new Map<number, number>()
  const names = new Map<number, string>()
  let version = 0
  const reset = (): void => {
    version++
    leases.clear()
    counts.clear()
    names.clear()
  }
  const nameIt = (index: number, name: string | undefined): void => void (name === undefined ? names.delete(index) : names.set(index, name))
  return {
    claim(invoice, expiresAt, name) {
      version++
      const count = counts.get(invoice.index) ?? 0
      counts.set(invoice.index, count + 1)
      const lease = { key: keyOf(invoice.index, count), invoice, expiresAt }
      leases.set(invoice.index, lease)
      nameIt(invoice.index, name)
      return lease
    },
    claimed: (name, at) => [...leases.values()].filter(({ invoice, expiresAt }) => names.get(invoice.index) === name && expiresAt > at),
    lease({ index }, at) {
      const lease = leases.get(index)
      return lease && lease.expiresAt > at ? lease : undefined
    },
    release({ index }) {
      version++
      leases.delete(index)
    },
    save: () => [...counts].map(([index, count]) => {
      const lease = leases.get(index)
      const name = names.get(index)
      return { index, count, ...(lease && { expiresAt: lease.expiresAt }), ...(name !== undefined && { name }) }
    }),
    load(records, find) {
      reset()
      for (const { index, count, expiresAt, name } of records) {
        const invoice = find(index)
        nameIt(index, name)
        counts.set(index, count)
        if (invoice && expiresAt !== undefined) leases.set(index, { key: keyOf(index, count - 1), invoice, expiresAt })
      }
    },
    reset,
    get version() {
      return version
    },
  }
}
