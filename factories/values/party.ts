import { secondsPerDay } from '../../spec/index.ts'
import { assigneeFor } from '../story/assignee.ts'
import { prefixOf } from '../ledger/derive.ts'
import { integrationOf, portalsOf, tagsOf } from '../ledger/platform.ts'
import type { Address, Party, Person } from '../ledger/entry.ts'
import type { Frame } from '../plan/frame.ts'
import { idOf } from './reference.ts'

/** Records of customers, staff and addresses are older than any invoice; each has a day and time of its own. */
const recordedAt = ({ ledger, key }: Frame, step = 0): number =>
  (ledger.book.epoch - 620 - (key % 400) + step) * secondsPerDay + 28_800 + (key % 30_000)

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

const coordinates = ({ latitude, longitude }: Address): unknown => ({ latitude, longitude })

const roleOf = (person: Person): string => (person.isPrimary ? 'billing_contact' : 'account_manager')

const outreachChannel = ({ key }: Frame): 'email' | 'call' => (key % 4 === 0 ? 'call' : 'email')

const isOutreachPaused = ({ key }: Party): boolean => key % 11 === 7

/** What the ledger says of parties, addresses, people and labels. */
export const party = {
  'invoice.contact': ({ invoice }: Frame) => (invoice.direction === 'payable' ? invoice.seller : invoice.buyer),
  'party.id': ({ party: own }: Frame) => own.key,
  'party.remoteId': (frame: Frame) => idOf(frame, 'remote party', frame.party.key),
  'party.parentId': () => undefined,
  'party.remoteParentId': () => undefined,
  'party.code': code,
  'party.givenName': () => undefined,
  'party.familyName': () => undefined,
  'party.type': (frame: Frame) => (isSeller(frame) ? 'vendor' : 'customer'),
  'party.domains': ({ party: own }: Frame) => [own.domain],
  'party.accountNumber': ({ party: own }: Frame) => `CUS-${10_001 + own.key}`,
  'party.language': ({ party: own }: Frame) => own.locale.split('-')[0],
  'party.invoicePrefix': ({ ledger }: Frame) => prefixOf(ledger.seller),
  'party.isCompany': () => true,
  'party.isActive': () => true,
  'party.createdAt': (frame: Frame) => recordedAt(frame),
  'party.modifiedAt': (frame: Frame) => recordedAt(frame, 30),
  'party.remoteCreatedAt': (frame: Frame) => recordedAt(frame),
  'party.remoteModifiedAt': (frame: Frame) => recordedAt(frame, 30),
  'party.syncedAt': (frame: Frame) => frame.ledger.today * secondsPerDay + 21_700,
  'party.syncStatus': () => 'synced',
  'party.paymentUrl': (frame: Frame) =>
    `https://billing.${frame.ledger.seller.domain}/customers/${idOf(frame, 'payment portal', frame.party.key + 1)}`,
  'party.isOutreachPaused': ({ party: own }: Frame) => isOutreachPaused(own),
  'party.lastOutreachAt': ({ ledger, key }: Frame) =>
    (ledger.today - 1 - (key % 13)) * secondsPerDay + 36_000 + (key % 7_000),
  'party.lastOutreachChannel': outreachChannel,
  'party.lastOutreachTo': (frame: Frame) =>
    frame.party.people[0]?.[outreachChannel(frame) === 'call' ? 'phone' : 'email'],
  'party.outreachName': ({ ledger }: Frame) => ledger.seller.name,
  'party.outreachPhone': ({ ledger }: Frame) => ledger.seller.phone,
  'party.addressId': ({ party: own }: Frame) => own.address.key,
  'party.contact': ({ party: own }: Frame) => own.people[0],
  'party.contacts': ({ party: own }: Frame) => own.people,
  'party.assignee': ({ party: own, ledger }: Frame) => assigneeFor(own, ledger.staff),
  'party.assigneeId': ({ party: own, ledger }: Frame) => assigneeFor(own, ledger.staff).key,
  'party.tags': ({ party: own, ledger }: Frame) => tagsOf(ledger.book.key, own),
  'party.portals': ({ party: own, ledger }: Frame) => portalsOf(ledger.book.key, own, ledger.book.epoch),
  'party.integration': ({ ledger }: Frame) =>
    integrationOf(ledger.book.key, ledger.seller, ledger.book.epoch, ledger.today),
  'party.organizationId': () => 0,
  'address.id': (frame: Frame) => addressIn(frame).key,
  'address.remoteId': (frame: Frame) => idOf(frame, 'remote address', addressIn(frame).key),
  'address.description': (frame: Frame) => addressDescription[addressIn(frame).kind],
  'address.isPrimary': (frame: Frame) => addressIn(frame).kind !== 'shipping',
  'address.coordinates': (frame: Frame) => coordinates(addressIn(frame)),
  'address.createdAt': (frame: Frame) => recordedAt(frame),
  'address.modifiedAt': (frame: Frame) => recordedAt(frame, 12),
  'person.id': ({ person }: Frame) => person.key,
  'person.remoteId': (frame: Frame) => idOf(frame, 'remote person', frame.person.key),
  'person.role': ({ person }: Frame) => roleOf(person),
  'person.isAdmin': ({ person }: Frame) => person.isPrimary,
  'person.picture': () => undefined,
  'person.address': ({ party: own }: Frame) => own?.address,
  'person.addressId': ({ party: own }: Frame) => own?.address.key,
  'person.addresses': ({ party: own }: Frame) => (own ? [own.address] : []),
  'person.organizationId': () => 0,
  'person.mailboxId': ({ person }: Frame) => person.key,
  'person.inviterId': ({ ledger, person }: Frame) =>
    ledger.staff[0]?.key === person.key ? undefined : ledger.staff[0]?.key,
  'person.createdAt': (frame: Frame) => recordedAt(frame),
  'person.modifiedAt': (frame: Frame) => recordedAt(frame, 20),
  'person.remoteCreatedAt': (frame: Frame) => recordedAt(frame),
  'person.remoteModifiedAt': (frame: Frame) => recordedAt(frame, 20),
  'tag.id': ({ tag }: Frame) => tag.key,
  'tag.createdAt': (frame: Frame) => recordedAt(frame),
  'tag.modifiedAt': (frame: Frame) => recordedAt(frame, 2),
  'tag.assignedAt': (frame: Frame) => recordedAt(frame, 3),
}
