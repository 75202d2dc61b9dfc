// Core roles of parties, addresses, people, e-mails and files.

import type { Terms } from './term.ts'

/**
 * Roles of parties, addresses and people. `buyer.x` and `seller.x` are `party.x` of the invoice's own
 * buyer (BG-7) and seller (BG-4); plain `party.x` is the nearest party around.
 */
export const partyRoles = {
  'invoice.buyer': { kind: 'entity', of: 'party', term: 'BG-7', says: 'who owes' },
  'invoice.seller': { kind: 'entity', of: 'party', term: 'BG-4', says: 'who is owed' },
  'invoice.contact': {
    kind: 'entity',
    of: 'party',
    says: 'the other party: buyer of a receivable, seller of a payable',
  },
  'party.id': { kind: 'id', of: 'party', says: 'identity of the party' },
  'party.remoteId': { kind: 'text', allows: ['public'], says: 'identity in the accounting system' },
  'party.code': { kind: 'text', allows: ['public'], says: 'short code people use: C-PPK-7RN' },
  'party.name': { kind: 'text', term: 'BT-44, BT-27', says: 'name it trades under' },
  'party.legalName': { kind: 'text', term: 'BT-45, BT-28', says: 'name in the register' },
  'party.givenName': { kind: 'text', says: 'given name, where the party is a person' },
  'party.familyName': { kind: 'text', says: 'family name, where the party is a person' },
  'party.type': { kind: 'code', words: ['customer', 'vendor'], says: 'customer or vendor' },
  'party.taxId': { kind: 'text', term: 'BT-48, BT-31', says: 'tax registration number' },
  'party.email': { kind: 'text', term: 'BT-58, BT-43', says: 'general e-mail address' },
  'party.phone': { kind: 'text', term: 'BT-57, BT-42', says: 'general telephone number' },
  'party.website': { kind: 'text', says: 'web address' },
  'party.domain': { kind: 'text', says: 'host name of its e-mail' },
  'party.accountNumber': { kind: 'text', says: 'number of its account with the seller' },
  'party.currency': { kind: 'code', says: 'currency it is billed in' },
  'party.timezone': { kind: 'text', allows: ['public'], says: 'IANA time zone' },
  'party.language': { kind: 'text', allows: ['public'], says: 'ISO 639 code' },
  'party.country': { kind: 'code', term: 'BT-55, BT-40', says: 'ISO 3166 code' },
  'party.description': { kind: 'text', says: 'what it does' },
  'party.invoicePrefix': { kind: 'text', allows: ['public'], says: 'prefix of its invoice numbers' },
  'party.iban': { kind: 'text', term: 'BT-84', says: 'bank account' },
  'party.isCompany': { kind: 'flag', says: 'a company, not a person' },
  'party.isActive': { kind: 'flag', says: 'still does business with the other side' },
  'party.createdAt': { kind: 'instant', says: 'when the record was made' },
  'party.modifiedAt': { kind: 'instant', says: 'when the record last changed' },
  'party.address': { kind: 'entity', of: 'address', term: 'BG-8, BG-5', says: 'billing address' },
  'party.shippingAddress': { kind: 'entity', of: 'address', term: 'BG-15', says: 'delivery address' },
  'party.addresses': { kind: 'list', of: 'address', says: 'its addresses: billing, then delivery' },
  'party.contacts': { kind: 'list', of: 'person', says: 'people who work there' },
  'address.id': { kind: 'id', of: 'address', says: 'identity of the address' },
  'address.kind': { kind: 'code', words: ['billing', 'shipping', 'seller'], says: 'billing, shipping, seller' },
  'address.name': { kind: 'text', says: 'name on the address' },
  'address.description': { kind: 'text', allows: ['public'], says: 'what the address is for' },
  'address.line1': { kind: 'text', term: 'BT-50, BT-35', says: 'street and number' },
  'address.line2': { kind: 'text', term: 'BT-51, BT-36', says: 'additional line' },
  'address.city': { kind: 'text', term: 'BT-52, BT-37', says: 'town' },
  'address.postalCode': { kind: 'text', term: 'BT-53, BT-38', says: 'post code' },
  'address.region': { kind: 'text', term: 'BT-54, BT-39', says: 'state or region' },
  'address.country': { kind: 'code', term: 'BT-55, BT-40', says: 'ISO 3166 code' },
  'address.countryName': { kind: 'text', allows: ['public'], says: 'name of the country' },
  'address.phone': { kind: 'text', says: 'telephone number there' },
  'address.createdAt': { kind: 'instant', says: 'when the record was made' },
  'address.modifiedAt': { kind: 'instant', says: 'when the record last changed' },
  'person.id': { kind: 'id', of: 'person', says: 'identity of the person' },
  'person.name': { kind: 'text', says: 'given and family name' },
  'person.givenName': { kind: 'text', says: 'given name' },
  'person.familyName': { kind: 'text', says: 'family name' },
  'person.email': { kind: 'text', says: 'e-mail address, made from the name' },
  'person.phone': { kind: 'text', says: 'telephone number' },
  'person.addresses': { kind: 'list', of: 'address', says: 'where the person works' },
  'person.jobTitle': { kind: 'text', allows: ['public'], says: 'job title' },
  'person.isPrimary': { kind: 'flag', says: 'first contact' },
  'person.createdAt': { kind: 'instant', says: 'when the record was made' },
  'person.modifiedAt': { kind: 'instant', says: 'when the record last changed' },
} as const satisfies Terms

/** Roles of e-mails and files about an invoice. */
export const paperRoles = {
  'email.id': { kind: 'id', of: 'email', says: 'identity of the e-mail' },
  'email.subject': { kind: 'text', says: 'subject line' },
  'email.body': { kind: 'text', says: 'full text' },
  'email.from': { kind: 'text', says: 'sender’s address' },
  'email.sentAt': { kind: 'instant', says: 'when it was sent' },
  'file.id': { kind: 'id', of: 'file', says: 'identity of the file' },
  'file.name': { kind: 'text', says: 'file name' },
  'file.mediaType': { kind: 'text', allows: ['public'], says: 'MIME type' },
  'file.kind': {
    kind: 'code',
    words: ['document', 'email', 'emailAttachment'],
    says: 'document, email or emailAttachment',
  },
} as const satisfies Terms

/** Roles of the nearest object around, whatever it is: a schema that many objects share binds these. In an invoice `self.id` is `invoice.id`. */
export const selfRoles = {
  'self.id': { kind: 'id', says: 'identity of the object' },
  'self.createdAt': { kind: 'instant', says: 'when its record was made' },
  'self.modifiedAt': { kind: 'instant', says: 'when its record last changed' },
} as const satisfies Terms
