// Turns logged requests into the desk's JSON and streams new ones.

import type { Violation } from '../../contracts/index.ts'
import type { Breach, RequestDetail, RequestSummary } from '../../desk/index.ts'
import type { LoggedRequest, RequestLog } from '../../mocks/server.ts'
import type { Day, Model } from '../../spec/index.ts'
import { maskedBody, maskedHeaders, maskedUrl, textOf } from '../serve/request-lines.ts'
import type { RequestFacts } from '../serve/request-facts.ts'

type FactsFor = (request: LoggedRequest) => RequestFacts

/** Returns a violation as the desk shows it. */
export const violationFacts = ({ code, says, severity, pointer, expected, received }: Violation): Breach => ({
  code,
  says,
  severity,
  pointer,
  expected,
  received,
})

/** Returns a request as a list shows it. */
export function requestSummary(logged: LoggedRequest, facts: RequestFacts): RequestSummary {
  const { model, operation, notes } = facts
  const { number, at, ms, world, method, url, answer } = logged
  return {
    number,
    at,
    ms: Math.round(ms * 10) / 10,
    world,
    method,
    url: maskedUrl(url, facts),
    ...(answer && { status: answer.status }),
    size: answer?.size ?? 0,
    ...(model && { api: model.name }),
    ...(operation && { operation: operation.id }),
    notes,
  }
}

/** Returns a request with all that is known of it, and what the document and the laws say. */
export async function requestDetail(logged: LoggedRequest, facts: RequestFacts, today: Day): Promise<RequestDetail> {
  const { model } = facts
  const { headers, body, answer } = logged
  const isCut = answer !== undefined && answer.size > answer.body.byteLength
  const part = (fields: LoggedRequest['headers'], bytes: Uint8Array | undefined, size: number) => {
    const text = bytes && bytes.byteLength > 0 ? maskedBody(bytes, fields, model) : undefined
    return { headers: maskedHeaders(fields, model), size, ...(text !== undefined && { body: text }) }
  }
  return {
    ...requestSummary(logged, facts),
    request: part(headers, body, body?.byteLength ?? 0),
    ...(answer && { answer: part(answer.headers, answer.body, answer.size) }),
    breaches: model ? await breachesOf(model, logged, today, isCut) : [],
    isCut,
  }
}

async function breachesOf(
  model: Model,
  { method, target, headers, body, answer }: LoggedRequest,
  today: Day,
  isCut: boolean,
): Promise<RequestDetail['breaches']> {
  const { exchangeInspector } = await import('../../contracts/index.ts')
  const text = answer && !isCut ? textOf(answer.body, answer.headers) : undefined
  const fields = (pairs: LoggedRequest['headers']): Headers => {
    const made = new Headers()
    for (const [name, value] of pairs) if (!name.startsWith(':')) made.append(name, value)
    return made
  }
  const { violations } = exchangeInspector(model, { today }).exchange({
    method,
    target,
    headers: fields(headers),
    ...(body && { body }),
    ...(answer && {
      answer: { status: answer.status, headers: fields(answer.headers), ...(text !== undefined && { body: text }) },
    }),
  })
  return violations.map((violation) => ({ ...violationFacts(violation), side: violation.side }))
}

/** Milliseconds between signs of life, so that nobody on the way closes the connection. */
const beat = 15_000

/**
 * Returns the stream of requests from now on, as server-sent events (HTML, 9.2): `hello` first, then a `request` each, and `sources` when
 * other documents are served.
 */
export function requestStream(log: RequestLog, factsFor: FactsFor, instance: string, changes: EventTarget): Response {
  const encoder = new TextEncoder()
  let stop = (): void => undefined
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string): void => {
        // Who does not read fast enough asks for the list again.
        if ((controller.desiredSize ?? 0) < -500) return
        controller.enqueue(encoder.encode(text))
      }
      send(`retry: 1000\nevent: hello\ndata: ${JSON.stringify({ instance })}\n\n`)
      const leave = log.listen((request) =>
        send(`event: request\ndata: ${JSON.stringify(requestSummary(request, factsFor(request)))}\n\n`),
      )
      const tell = (): void => send('event: sources\ndata: {}\n\n')
      changes.addEventListener('change', tell)
      const timer = setInterval(() => send(': \n\n'), beat)
      timer.unref()
      stop = () => {
        leave()
        changes.removeEventListener('change', tell)
        clearInterval(timer)
      }
    },
    cancel: () => stop(),
  })
  return new Response(stream, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } })
}
