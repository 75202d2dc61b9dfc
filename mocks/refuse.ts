import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { routerOf } from '../spec/index.ts'
import type { Model, Operation, Router } from '../spec/index.ts'
import { bodyOf } from './body.ts'
import { plainProblem, plainProblemText } from './mount.ts'
import { problemResponse, statusTitle } from './problem.ts'

/** Why a request is refused before an API sees it. */
export interface Refused {
  readonly status: number
  readonly detail: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Refuses a request in the form of the API that it is for, if there is one, and closes the connection. */
export async function refuse(
  { method = '', url = '/' }: IncomingMessage,
  outgoing: ServerResponse,
  { status, detail, headers = {} }: Refused,
  model: Model | undefined,
): Promise<void> {
  const response = model
    ? problemResponse(model, operationOf(model, method, url), status, { detail, headers })
    : plainProblem(status, detail, headers)
  const body = await bodyOf(response)
  outgoing.writeHead(status, {
    ...Object.fromEntries(response.headers),
    'content-length': body.byteLength,
    'access-control-allow-origin': '*',
    connection: 'close',
  })
  outgoing.end(method === 'HEAD' ? undefined : body)
}

const routers = new WeakMap<Model, Router>()

function operationOf(model: Model, method: string, url: string): Operation | undefined {
  const router = routers.get(model) ?? routerOf(model.operations)
  routers.set(model, router)
  const matched = router.match(method, url.split('?', 1)[0] as string)
  return matched && 'operation' in matched ? matched.operation : undefined
}

/** Milliseconds for a client to read why it was refused. */
const patience = 1000

/** Refuses what is no request, or not yet: no path is known, so no API's form either. */
export function refuseSocket(socket: Socket, { status, detail }: Refused): void {
  const text = plainProblemText(status, detail)
  socket.end(
    [
      `HTTP/1.1 ${status} ${statusTitle(status)}`,
      'Content-Type: application/problem+json',
      `Content-Length: ${Buffer.byteLength(text)}`,
      'Access-Control-Allow-Origin: *',
      'Connection: close',
      '',
      text,
    ].join('\r\n'),
  )
  setTimeout(() => socket.destroy(), patience).unref()
}
