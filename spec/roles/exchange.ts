// Core roles of pages, sorting and filtering, of claims and life-cycle messages; what operations do.

import { intakes } from './invoice.ts'
import type { Terms } from './term.ts'

/** Roles of what travels around invoices: pages, sorting, filtering, switches of the answer. */
export const exchangeRoles = {
  'page.items': { kind: 'list', of: 'invoice', says: 'the invoices of the page' },
  'page.messages': { kind: 'list', of: 'message', says: 'the messages of the page' },
  'page.number': { kind: 'count', says: 'which page; `base` says what the first is called' },
  'page.size': { kind: 'count', says: 'how many items a page holds' },
  'page.unlimited': { kind: 'flag', says: 'asks for everything in one page' },
  'page.total': { kind: 'count', says: 'how many items there are on all pages' },
  'page.pages': { kind: 'count', says: 'how many pages there are' },
  'page.count': { kind: 'count', says: 'how many items are on this page' },
  'page.next': { kind: 'count', says: 'number of the next page' },
  'page.cursor': { kind: 'text', allows: ['public'], says: 'where this page begins' },
  'page.nextCursor': { kind: 'text', allows: ['public'], says: 'where the next page begins' },
  'page.previousCursor': { kind: 'text', allows: ['public'], says: 'where the previous page begins' },
  'page.since': { kind: 'instant', allows: ['ahead'], says: 'only what was recorded from then on' },
  'page.timezone': { kind: 'text', allows: ['public'], says: 'IANA time zone of `since`' },
  'sort.by': { kind: 'code', says: 'what to sort by; `values` maps roles to the API’s words' },
  'sort.order': { kind: 'code', words: ['asc', 'desc'], says: 'asc or desc' },
  filter: { kind: 'json', says: 'keeps what matches; `of` names the role' },
  'answer.includeNull': { kind: 'flag', says: 'show absent fields as null' },
  'answer.includeInternal': { kind: 'flag', says: 'show notes for colleagues' },
  'answer.exclude': { kind: 'texts', allows: ['public'], says: 'leave these fields out' },
  'answer.excludeRemote': { kind: 'flag', says: 'leave the accounting system’s record out' },
  'answer.key': { kind: 'text', says: 'same key, same answer' },
} as const satisfies Terms

/** What an operation does, as `x-operation`. */
export const operations = [
  'list',
  'get',
  'create',
  'update',
  'delete',
  'sync',
  'pay',
  'void',
  'submit',
  'claim',
  'acknowledge',
  'settle',
  'messages',
  'message',
  'changes',
  'graphql',
] as const

export type OperationRole = (typeof operations)[number]

/** Roles of received invoices on their way into the buyer's books: claims, reports, messages. */
export const intakeRoles = {
  'lease.token': { kind: 'id', of: 'lease', says: 'proof of a claim' },
  'lease.expiresAt': { kind: 'instant', allows: ['ahead'], says: 'how long the claim holds' },
  'claim.leases': { kind: 'list', of: 'lease', says: 'invoices that were claimed' },
  'claim.limit': { kind: 'count', says: 'how many invoices to claim' },
  'claim.ttl': { kind: 'count', says: 'seconds a claim holds' },
  'claim.key': { kind: 'text', says: 'same key, same claim' },
  'transition.ok': { kind: 'flag', says: 'the report was accepted' },
  'transition.success': { kind: 'flag', says: 'the integration worked' },
  'transition.changed': { kind: 'flag', says: 'the state changed' },
  'transition.repeated': { kind: 'flag', says: 'the same had been reported before' },
  'transition.reason': { kind: 'text', says: 'why the integration failed' },
  'transition.from': { kind: 'code', words: intakes, says: 'intake state before' },
  'transition.to': { kind: 'code', words: intakes, says: 'intake state after' },
  'transition.fromCode': {
    kind: 'code',
    words: intakes,
    says: 'as `transition.from`; only where `transition.debug` is asked for',
  },
  'transition.toCode': {
    kind: 'code',
    words: intakes,
    says: 'as `transition.to`; only where `transition.debug` is asked for',
  },
  'transition.debug': { kind: 'flag', says: 'asks for numeric codes as well' },
  'message.id': { kind: 'id', of: 'message', says: 'identity of the life-cycle message' },
  'message.code': { kind: 'code', says: 'what happened: RECEIVED, READY, …' },
  'message.tier': { kind: 'code', words: ['1', '2', '3'], says: '1 intake, 2 buyer, 3 financial' },
  'message.source': { kind: 'code', words: ['system', 'api', 'person'], says: 'system, api or person' },
  'message.at': { kind: 'instant', says: 'when it happened' },
  'message.recordedAt': { kind: 'instant', says: 'when it was written down' },
  'message.noteInternal': { kind: 'text', says: 'note for colleagues' },
  'message.noteSupplier': { kind: 'text', says: 'note for the supplier' },
  'message.clarification': { kind: 'text', allows: ['public'], says: 'finer reason for the code' },
  'message.referenceType': {
    kind: 'code',
    words: ['order', 'payment', 'credit', 'other'],
    says: 'what the reference is',
  },
  'message.reference': { kind: 'text', says: 'reference' },
  'message.actorId': { kind: 'id', of: 'person', says: 'identity of the person who did it' },
  'message.actorName': { kind: 'text', says: 'who did it' },
} as const satisfies Terms
