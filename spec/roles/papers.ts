import type { Terms } from './term.ts'

/** Roles of e-mails and files about an invoice. */
export const papers = {
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
