import { intakes } from './invoice.ts'
import type { Terms } from './term.ts'

/** Roles of received invoices on their way into the buyer's books: claims, reports, messages. */
export const intake = {
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
