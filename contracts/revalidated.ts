import { replyFor } from '../spec/index.ts'
import type { Operation } from '../spec/index.ts'

/** Tells whether a request asks for an answer only where it has changed (RFC 9110, 13.1). */
export const isConditional = (headers: Pick<Headers, 'get'>): boolean =>
  (headers.get('if-none-match') ?? headers.get('if-modified-since')) !== null

/** Tells whether an answer is a 304 that a document says nothing about: caches ask for it by themselves, and HTTP says all there is to say. */
export const isPlain304 = (operation: Operation, status: number): boolean =>
  status === 304 && replyFor(operation, status)?.status !== '304'

/** Tells whether it is one that was asked for. */
export const isRevalidated = (operation: Operation, status: number, asked: Pick<Headers, 'get'>): boolean =>
  isPlain304(operation, status) && isConditional(asked)
