import type { Lease } from '../factories/index.ts'
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

/** A lease that runs, and of which invoice. */
export interface Claimed extends Pick<Lease, 'key' | 'expiresAt'> {
  readonly index: number
}

/** Who holds which received invoice. */
export interface Claims {
  /** Returns the lease of an invoice, newly made. @param name tells one claim from another, so that it can be repeated */
  claim(index: number, expiresAt: Instant, name?: string): Claimed
  /** Returns the leases that a claim of that name was given, as far as they run at a moment. */
  claimed(name: string, at: Instant): readonly Claimed[]
  /** Returns the lease of an invoice that runs at a moment. */
  lease(index: number, at: Instant): Claimed | undefined
  /** Ends the lease of an invoice. */
  release(index: number): void
  /** Puts what somebody else knows of an invoice in place of what is known here. */
  put(record: LeaseRecord): void
  /** Returns what is to be kept of it all. */
  save(): readonly LeaseRecord[]
  /** Puts what was kept in place of its own. */
  load(records: readonly LeaseRecord[]): void
  reset(): void
  /** How many invoices have been claimed. */
  readonly size: number
  /** Rises with every change. */
  readonly version: number
}

/** Attempts at one invoice have leases of their own. */
const attempts = 1024

const runs = ({ expiresAt }: LeaseRecord, at: Instant): boolean => expiresAt !== undefined && expiresAt > at

const claimedIn = ({ index, count, expiresAt = 0 }: LeaseRecord): Claimed => ({
  key: index * attempts + ((count - 1) % attempts),
  index,
  expiresAt,
})

/** Returns claims kept in memory. @param tell is told the record of each invoice that was claimed or released here */
export function claimsInMemory(tell: (record: LeaseRecord) => void = () => undefined): Claims {
  const records = new Map<number, LeaseRecord>()
  let version = 0
  const put = (record: LeaseRecord): void => {
    version++
    records.set(record.index, record)
  }
  const change = (record: LeaseRecord): LeaseRecord => {
    put(record)
    tell(record)
    return record
  }
  const clear = (): void => {
    version++
    records.clear()
  }
  return {
    claim: (index, expiresAt, name) =>
      claimedIn(
        change({ index, count: (records.get(index)?.count ?? 0) + 1, expiresAt, ...(name !== undefined && { name }) }),
      ),
    claimed: (name, at) =>
      [...records.values()].filter((record) => record.name === name && runs(record, at)).map(claimedIn),
    lease(index, at) {
      const record = records.get(index)
      return record && runs(record, at) ? claimedIn(record) : undefined
    },
    release(index) {
      const record = records.get(index)
      if (!record) return
      const { expiresAt: _, ...rest } = record
      change(rest)
    },
    put,
    save: () => [...records.values()],
    load(saved) {
      clear()
      for (const record of saved) records.set(record.index, record)
    },
    reset: clear,
    get size() {
      return records.size
    },
    get version() {
      return version
    },
  }
}
