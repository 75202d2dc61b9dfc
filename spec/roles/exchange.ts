import type { Terms } from './term.ts'

/** Roles of what travels around invoices: pages, sorting, filtering, switches of the answer. */
export const exchange = {
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
