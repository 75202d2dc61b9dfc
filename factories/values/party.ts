import { secondsPerDay } from '../../spec/index.ts'
import { prefixOf } from '../ledger/derive.ts'
import type { Address } from '../ledger/entry.ts'
import { partyOfPerson } from '../ledger/person.ts'
import type { Frame } from '../plan/frame.ts'
import { idOf } from './reference.ts'

/** Records of a customer are older than its first invoice, those of the seller than the books; each has a day and time of its own. */
const recordedAt = ({ ledger: { book }, key }: Frame, owner: number, step = 0): number => {
  const day = owner < 0 ? book.epoch - 220 - (key % 400) : book.joinDay(owner) - 45 - (key % 90)
  return (book.calendar.next(day) + step) * secondsPerDay + 50_400 + (key % 25_000)
}

/** Party k has addresses 2k + 2 and 2k + 3. */
const ownerOf = ({ key }: Address): number => (key >> 1) - 1

const code = (frame: Frame): string => {
  const token = idOf(frame, 'party code', frame.party.key + 1)
    .toUpperCase()
    .padEnd(6, 'X')
  return `C-${token.slice(0, 3)}-${token.slice(3, 6)}`
}

const addressDescription = { billing: 'Where invoices go', shipping: 'Where goods go', seller: 'Head office' } as const

const isSeller = (frame: Frame): boolean => frame.party.key < 0

/** Parts of an address may stand in a party, or in the invoice: then they are the party's, or the buyer's. */
export const addressIn = ({ address, party: own, invoice }: Frame): Address => address ?? (own ?? invoice.buyer).address

/** What the ledger says of parties, addresses and people. */
export const party = {
  'invoice.contact': ({ invoice }: Frame) => (invoice.direction === 'payable' ? invoice.seller : invoice.buyer),
  'party.id': ({ party: own }: Frame) => own.key,
  'party.remoteId': (frame: Frame) => idOf(frame, 'remote party', frame.party.key),
  'party.code': code,
  'party.type': (frame: Frame) => (isSeller(frame) ? 'vendor' : 'customer'),
  'party.accountNumber': ({ party: own }: Frame) => `CUS-${10_001 + own.key}`,
  'party.invoicePrefix': ({ ledger }: Frame) => prefixOf(ledger.seller),
  'party.createdAt': (frame: Frame) => recordedAt(frame, frame.party.key),
  'party.modifiedAt': (frame: Frame) => recordedAt(frame, frame.party.key, 30),
  'party.contacts': ({ party: own }: Frame) => own.people,
  'address.id': (frame: Frame) => addressIn(frame).key,
  'address.createdAt': (frame: Frame) => recordedAt(frame, ownerOf(addressIn(frame))),
  'address.modifiedAt': (frame: Frame) => recordedAt(frame, ownerOf(addressIn(frame)), 12),
  'person.id': ({ person }: Frame) => person.key,
  'person.createdAt': (frame: Frame) => recordedAt(frame, partyOfPerson(frame.person)),
  'person.modifiedAt': (frame: Frame) => recordedAt(frame, partyOfPerson(frame.person), 20),
  'party.givenName': () => undefined,
  'party.familyName': () => undefined,
  'party.language': ({ party: own }: Frame) => own.locale.split('-')[0],
  'party.isCompany': () => true,
  'party.isActive': () => true,
  'address.description': (frame: Frame) => addressDescription[addressIn(frame).kind],
}
