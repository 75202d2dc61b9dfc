import { replyFor } from '../../spec/index.ts'
import { anything } from './expectation.ts'
import type { CheckedExchange } from './run.ts'
import type { Ask } from './request.ts'
import { breach } from './rules.ts'
import type { Session } from './session.ts'

/**
 * Where an answer carries an entity tag, asks for the same again unless it has changed: 304 (RFC 9110, 13.1.2). A server that
 * answers in full costs only time, so that is a warning; an object that did change in between is none. One that answers 304 to any
 * entity tag keeps what has changed from those who ask.
 */
export async function checkCondition(
  session: Session,
  ask: Ask,
  { isSuccess, headers }: CheckedExchange,
): Promise<void> {
  const tag = headers?.get('etag')
  if (!isSuccess || !tag || ask.operation.method !== 'GET') return
  const isDocumented = replyFor(ask.operation, 304)?.status === '304'
  const exchange = await session.send(
    { ...ask, headers: { 'if-none-match': tag } },
    {
      expect: {
        code: 'PF-ETAG',
        expected: '304',
        allows: (status) => status === 304 || (status >= 200 && status < 300),
        isBare: (status) => status === 304 && !isDocumented,
      },
    },
  )
  if (exchange.status === 304) await checkOther(session, ask)
  if (exchange.isSuccess && exchange.headers?.get('etag') === tag)
    exchange.report({ ...breach('PF-ETAG', '304', `${exchange.status} with the same entity tag`), severity: 'warning' })
}

/** Asks for an entity tag that the object has never had. */
async function checkOther(session: Session, ask: Ask): Promise<void> {
  const exchange = await session.send(
    { ...ask, headers: { 'if-none-match': '"proforma-never-sent"' } },
    { expect: { ...anything, isBare: (status) => status === 304 } },
  )
  if (exchange.status === 304)
    exchange.report({
      ...breach('PF-ETAG', 'a full answer', '304'),
      says: 'an entity tag that the object never had is answered in full',
    })
}
