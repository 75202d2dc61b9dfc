import type { Terms } from './term.ts'

/** Roles of the nearest object around, whatever it is: a schema that many objects share binds these. In an invoice `self.id` is `invoice.id`. */
export const self = {
  'self.id': { kind: 'id', says: 'identity of the object' },
  'self.createdAt': { kind: 'instant', says: 'when its record was made' },
  'self.modifiedAt': { kind: 'instant', says: 'when its record last changed' },
} as const satisfies Terms
