import type { Entry, Lease } from '../factories/index.ts'
import type { Instant } from '../spec/index.ts'

/** Who holds which received invoice. */
export interface Claims {
  /** Returns the lease of an invoice, newly made. */
  claim(invoice: Entry, expiresAt: Instant): Lease
  /** Returns the running lease of an invoice. */
  lease(invoice: Entry): Lease | undefined
  /** Ends the lease of an invoice. */
  release(invoice: Entry): void
  reset(): void
}

/** Attempts at one invoice have leases of their own. */
const attempts = 1024

/** Returns claims kept in memory. */
export function claimsInMemory(): Claims {
  const leases = new Map<number, Lease>()
  const counts = new Map<number, number>()
  return {
    claim(invoice, expiresAt) {
      const count = counts.get(invoice.index) ?? 0
      counts.set(invoice.index, count + 1)
      const lease = { key: invoice.index * attempts + (count % attempts), invoice, expiresAt }
      leases.set(invoice.index, lease)
      return lease
    },
    lease: ({ index }) => leases.get(index),
    release: ({ index }) => void leases.delete(index),
    reset() {
      leases.clear()
      counts.clear()
    },
  }
}
