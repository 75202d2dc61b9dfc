import type { Entry, Party, Person } from '../ledger/entry.ts'
import { mix } from '../random.ts'

/** Returns the one of the staff, which has at least one member, who looks after a customer. */
export const assigneeFor = ({ key }: Pick<Party, 'key'>, staff: readonly Person[]): Person =>
  staff[mix(key ^ 0x73746166) % staff.length] as Person

/** Returns the one of the staff who looks after an invoice: who looks after its buyer. Without staff, the seller's first contact. */
export const assigneeOf = ({ buyer, seller }: Pick<Entry, 'buyer' | 'seller'>, staff: readonly Person[]): Person =>
  assigneeFor(buyer, staff.length > 0 ? staff : seller.people)

/** Returns the buyer's person who is written to and called. */
export const contactOf = ({ buyer: { people } }: Entry): Person =>
  people.find(({ isPrimary }) => isPrimary) ?? (people[0] as Person)

/** Returns the buyer's person a wrong contact refers to: the first other one, else the contact. */
export const referredOf = (entry: Entry): Person =>
  entry.buyer.people.find((person) => person !== contactOf(entry)) ?? contactOf(entry)

const pays = /account|payable|financ|treasur|controll|bookkeep|billing|purchas/i

/** Returns the buyer's person who pays: the first with a job in finance, else the contact. */
export const payerOf = (entry: Entry): Person =>
  entry.buyer.people.find(({ jobTitle }) => pays.test(jobTitle)) ?? contactOf(entry)
