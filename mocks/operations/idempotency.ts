// Answers requests that repeat an idempotency key with the first answer.

import { hashText } from '../../factories/index.ts'
import { isObject } from '../../spec/index.ts'
import { valueFor, Refusal } from '../context.ts'
import type { OperationAnswer, Context } from '../context.ts'
import type { World } from '../state/world.ts'
import { bodyView } from './intake.ts'

interface Running {
  readonly fingerprint: string
  readonly answer: Promise<OperationAnswer>
}

/** Requests with a key that are being answered. */
const running = new WeakMap<World, Map<string, Running>>()

/**
 * Answers a request that carries a key of its own once: repeated, it gets the same answer and nothing happens twice. What was refused
 * may be tried again.
 * @throws Refusal where the key has come with another request: the documented one of 409 and 422, else 422.
 */
export async function answerOnce(context: Context, run: () => Promise<OperationAnswer>): Promise<OperationAnswer> {
  const key = valueFor(context, 'answer.key') ?? keyIn(context) ?? usualKeyIn(context)
  if (key === undefined) return run()
  const { model, operation, business, world } = context
  const id = `${model.name} ${operation.id} ${String(key)}`
  const fingerprint = fingerprintOf(context)
  const ofWorld = running.get(world) ?? new Map<string, Running>()
  running.set(world, ofWorld)
  const known = business.state.keys.get(id)?.with ?? ofWorld.get(id)
  if (known && known.fingerprint !== fingerprint) {
    const status = ['409', '422'].find((candidate) => operation.replies.some((reply) => reply.status === candidate))
    throw new Refusal(Number(status ?? 422), `The key ${JSON.stringify(key)} has been used for another request.`)
  }
  if (known) return known.answer
  const answer = run()
  ofWorld.set(id, { fingerprint, answer })
  try {
    business.append({ on: 'key', does: 'put', id, with: { fingerprint, answer: await answer } })
    return await answer
  } finally {
    ofWorld.delete(id)
  }
}

/** Some APIs take the key in the body. */
const keyIn = (context: Context): unknown =>
  context.operation.body ? bodyView(context).first('claim.key')?.raw : undefined

/** Clients send `Idempotency-Key` whether a document tells of it or not (draft-ietf-httpapi-idempotency-key-header); some take it in the body. */
function usualKeyIn({ request, body }: Context): string | undefined {
  if (!['POST', 'PUT', 'PATCH', 'DELETE'].includes(request.method)) return undefined
  const { headers } = request
  const inBody = isObject(body) ? (body.idempotency_key ?? body.idempotencyKey) : undefined
  const key = headers.get('idempotency-key') ?? headers.get('x-idempotency-key') ?? inBody
  return typeof key === 'string' && key !== '' && key.length <= 255 ? key : undefined
}

/** Tells one request from another without keeping it. */
function fingerprintOf({ request, body }: Context): string {
  const { pathname, search } = new URL(request.url)
  const text = `${pathname}${search} ${JSON.stringify(body) ?? ''}`
  return `${hashText(text)} ${hashText(text, 0x9747b28c)} ${text.length}`
}
