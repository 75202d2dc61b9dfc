import { replyFor } from '../../spec/index.ts'
import type { Exchange } from './register.ts'
import type { Ask } from './request.ts'
import { breach } from './rules.ts'
import type { Session } from './session.ts'

/**
 * Where an answer carries an entity tag, asks for the same again unless it has changed: 304 (RFC 9110, 13.1.2). A server that
 * answers in full costs only time, so that is a warning; an object that did change in between is none.
 */
export async function checkCondition(session: Session, ask: Ask, { isSuccess, headers }: Exchange): Promise<void> {
  const tag = headers?.get('etag')
  if (!isSuccess || !tag || ask.operation.method !== 'GET') return
  const isDocumented = replyFor(ask.operation, 304)?.status === '304'
  const exchange = await session.send({ ...ask, headers: { 'if-none-match': tag } }, {
    expect: { code: 'PF-ETAG', expected: '304', allows: (status) => status === 304 || (status >= 200 && status < 300), isBare: (status) => status === 304 && !isDocumented },
  })
  if (exchange.isSuccess && exchange.headers?.get('etag') === tag) exchange.report({ ...breach('PF-ETAG', '304', `${exchange.status} with the same entity tag`), severity: 'warning' })
}
