/**
 * Answers the requests of a Playwright page from MSW handlers.
 *
 * @module proforma/playwright
 */

import type { HttpHandler } from 'msw/http'
import { getResponse } from 'msw/utils/get-response'
import { cors } from '../http/cors.ts'

/** What of Playwright's `Request` is used. */
export interface RoutedRequest {
  url(): string
  method(): string
  allHeaders(): Promise<Record<string, string>>
  postDataBuffer(): Uint8Array | null
}

/** What of Playwright's `Route` is used. */
export interface RoutedCall {
  request(): RoutedRequest
  /** Takes `status`, `headers` and `body`: a `Buffer`, whose type not everybody has installed. */
  fulfill(answer: object): Promise<void>
  fallback(): Promise<void>
  abort(reason?: string): Promise<void>
}

/** What of Playwright's `Page` and `BrowserContext` is used. */
export interface Routable {
  route(url: string, handler: (call: RoutedCall) => Promise<void>): Promise<unknown>
  unroute(url: string, handler: (call: RoutedCall) => Promise<void>): Promise<void>
}

/** What is done with requests that no handler takes, in MSW's words: sent on, or refused as if there were no network. */
export interface RouteOptions {
  readonly onUnhandledFrame?: 'bypass' | 'error'
}

const everything = '**/*'

/**
 * Answers the requests of a Playwright page or context from a mock, or from a list of handlers of which the first that fits
 * answers. Returns a function that stops it.
 * @example await route(page, mock('stuut'))
 */
export async function route(
  page: Routable,
  mock: { readonly handlers: readonly HttpHandler[] } | readonly HttpHandler[],
  { onUnhandledFrame = 'bypass' }: RouteOptions = {},
): Promise<() => Promise<void>> {
  const handlers = [...('handlers' in mock ? mock.handlers : mock)]
  const handle = async (call: RoutedCall): Promise<void> => {
    const answer = await ask(handlers, await requestOf(call.request()))
    const acting = answer
      ? give(call, answer)
      : onUnhandledFrame === 'error'
        ? call.abort('internetdisconnected')
        : call.fallback()
    await acting.catch(unlessClosed)
  }
  await page.route(everything, handle)
  return () => page.unroute(everything, handle)
}

async function ask(handlers: HttpHandler[], request: Request): Promise<Response | undefined> {
  try {
    const answer = isPreflight(request)
      ? await welcome(handlers, request)
      : await getResponse(handlers, request, { quiet: true })
    if (!answer || answer.headers.get('x-msw-intention') === 'passthrough') return undefined
    return answer.type === 'error' ? answer : await cors(async () => answer)(request)
  } catch (error) {
    const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) }
    return cors(async () => Response.json({ name, message }, { status: 500 }))(request)
  }
}

const isPreflight = ({ method, headers }: Request): boolean =>
  method === 'OPTIONS' && headers.has('access-control-request-method')

/** A preflight is let through where a handler takes what follows it; nothing is done yet. */
async function welcome(handlers: HttpHandler[], { url, headers }: Request): Promise<Response | undefined> {
  const meant = new Request(url, { method: headers.get('access-control-request-method') ?? 'GET' })
  const taken = await Promise.all(handlers.map((handler) => handler.test({ request: meant })))
  return taken.includes(true) ? new Response(null, { status: 204 }) : undefined
}

async function requestOf(request: RoutedRequest): Promise<Request> {
  // Names that begin with a colon are HTTP/2's own.
  const headers = Object.entries(await request.allHeaders()).filter(([name]) => !name.startsWith(':'))
  const body = request.postDataBuffer()
  return new Request(request.url(), { method: request.method(), headers, ...(body && { body: new Uint8Array(body) }) })
}

async function give(call: RoutedCall, answer: Response): Promise<void> {
  if (answer.type === 'error') return call.abort('failed')
  const cookies = answer.headers.getSetCookie()
  // Playwright takes several values of one header as lines.
  const headers = {
    ...Object.fromEntries(answer.headers),
    ...(cookies.length > 0 && { 'set-cookie': cookies.join('\n') }),
  }
  return call.fulfill({ status: answer.status, headers, body: Buffer.from(await answer.arrayBuffer()) })
}

/** A page that was left or closed no longer waits for its answers. */
function unlessClosed(error: unknown): void {
  if (!(error instanceof Error) || !/\bclosed\b|already handled/i.test(error.message)) throw error
}
