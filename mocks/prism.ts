// Serves documents with Prism and lets proforma supply the answers.

import { createRequire } from 'node:module'
import { failure, isJson } from '../spec/index.ts'
import type { Document, Fetch, Model } from '../spec/index.ts'
import { serve } from './server.ts'
import type { Served, ServeOptions } from './server.ts'

/** An API that Prism is to serve. */
export interface PrismRoute {
  /** `/stuut`, or the empty text for the root. */
  readonly prefix: string
  readonly document: Document
  /** Makes the answers. */
  readonly fetch: Fetch
  readonly title?: string
  /** In whose form requests beyond the limits are refused. */
  readonly model?: Model
}

/** The parts of Prism's packages that are used; they are optional and have no types here. */
interface Prism {
  createServer(
    operations: readonly unknown[],
    options: object,
  ): { listen(port: number, host: string): Promise<string>; close(): Promise<void> }
  getHttpOperationsFromSpec(document: object): Promise<readonly unknown[]>
  createLogger(name: string, options: object): unknown
  readonly validateInput: Validator
  readonly validateSecurity: Validator
}

type Validator = (given: { readonly element: object }) => {
  readonly _tag: string
  readonly left?: readonly { readonly severity: number }[]
}

interface PrismRequest {
  readonly method: string
  readonly url: { readonly path: string; readonly query?: Readonly<Record<string, string | readonly string[]>> }
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

interface PrismResponse {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
}

type Either =
  | { readonly _tag: 'Left'; readonly left: Error }
  | { readonly _tag: 'Right'; readonly right: PrismResponse }

/** What Prism reads as: answer with your own mock after all. */
const remock: Either = {
  _tag: 'Left',
  left: Object.assign(new Error('Not implemented'), {
    name: 'https://stoplight.io/prism/errors#UPSTREAM_NOT_IMPLEMENTED',
  }),
}

/**
 * Serves a document with Prism, with answers from a `Fetch`. Prism routes, checks the request, its credentials and our answer
 * against the document, refuses what we should have refused, and names violations in the header `sl-violations`. A client that
 * says `Prefer: code=…, example=…` or `dynamic=…` gets what Prism itself would answer.
 * @throws Failure where Prism is not installed or the port cannot be listened on.
 */
export async function servePrism(document: Document, fetch: Fetch, options: ServeOptions = {}): Promise<Served> {
  return mountPrism([{ prefix: '', document, fetch }], options)
}

/**
 * Serves several documents, each with a Prism of its own on a free port of the loopback and this server in front: Prism knows
 * one document at a time.
 * @throws Failure as {@link servePrism} does.
 */
export async function mountPrism(routes: readonly PrismRoute[], options: ServeOptions = {}): Promise<Served> {
  const prism = loadPrism()
  const engines = await Promise.all(routes.map((route) => startPrism(prism, route)))
  const closeEngines = async (): Promise<void> => void (await Promise.all(engines.map(({ close }) => close())))
  try {
    const front = await serve(
      routes.map(({ prefix, title, model, fetch }, index) => ({
        prefix,
        title,
        model,
        fetch: forward((engines[index] as Engine).url, fetch),
      })),
      options,
    )
    return { ...front, close: () => front.close().then(closeEngines) }
  } catch (error) {
    await closeEngines()
    throw error
  }
}

/** Prism's command is what users install; its parts are found from there, however the package manager lays them out. */
function loadPrism(): Prism {
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('@stoplight/prism-cli/package.json'))
    return {
      ...require('@stoplight/prism-http-server'),
      ...require('@stoplight/prism-http'),
      ...require('@stoplight/prism-core'),
      ...require('@stoplight/prism-http/dist/validator'),
    } as Prism
  } catch {
    throw failure('start Prism', {
      expected: 'the package @stoplight/prism-cli',
      received: 'none installed',
      cure: 'Run npm install --save-dev @stoplight/prism-cli.',
    })
  }
}

interface Engine {
  readonly url: string
  readonly close: () => Promise<void>
}

async function startPrism(prism: Prism, { document, fetch }: PrismRoute): Promise<Engine> {
  // Prism replaces references by what they point at, in the object it is given.
  const operations = await prism.getHttpOperationsFromSpec(structuredClone(document))
  const logger = prism.createLogger('prism', { level: 'silent', customLevels: { start: 31 } })
  const invalid = new WeakSet<object>()
  const components = {
    logger,
    // Prism tells a proxy what is wrong with a request only where it would also turn our mistakes into 500.
    validateInput: noting(prism.validateInput, invalid),
    validateSecurity: noting(prism.validateSecurity, invalid),
    forward:
      ({ data }: { data: PrismRequest }) =>
      () =>
      () =>
        answer(data, invalid.has(data), fetch),
  }
  // As a proxy without an upstream: the only hook of Prism's that may take its time.
  const config = {
    checkSecurity: true,
    validateRequest: true,
    validateResponse: true,
    errors: false,
    isProxy: true,
    upstream: new URL('http://127.0.0.1'),
    upstreamProxy: undefined,
    mock: { dynamic: false },
  }
  const server = prism.createServer(operations, { cors: false, config, components })
  const url = await server.listen(0, '127.0.0.1')
  return { url, close: () => server.close() }
}

const noting =
  (validate: Validator, invalid: WeakSet<object>): Validator =>
  (given) => {
    const result = validate(given)
    // Severity 0 is an error, all others are advice.
    if (result.left?.some(({ severity }) => severity === 0)) invalid.add(given.element)
    return result
  }

/** Our refusal of an invalid request is in the API's own form; where we let it pass, Prism refuses it. */
async function answer(request: PrismRequest, isInvalid: boolean, fetch: Fetch): Promise<Either> {
  const { headers = {}, url } = request
  const asksPrism =
    /\b(?:code|example|dynamic)=/.test(headers.prefer ?? '') ||
    Object.keys(url.query ?? {}).some((name) => /^__(?:code|example|dynamic)$/.test(name))
  if (asksPrism) return remock
  try {
    const response = await fetch(requestOf(request))
    return isInvalid && response.ok ? remock : { _tag: 'Right', right: await responseOf(response) }
  } catch {
    return { _tag: 'Left', left: new Error('The mock could not answer.') }
  }
}

function requestOf({ method, url, headers = {}, body }: PrismRequest): Request {
  const address = new URL(url.path, 'http://127.0.0.1')
  for (const [name, values] of Object.entries(url.query ?? {}))
    for (const value of [values].flat()) address.searchParams.append(name, value)
  const { 'content-length': _, 'transfer-encoding': __, connection: ___, ...others } = headers
  const text = body === undefined || body === null ? undefined : typeof body === 'string' ? body : JSON.stringify(body)
  return new Request(address, {
    method: method.toUpperCase(),
    headers: others,
    ...(text !== undefined && !/^(?:get|head)$/i.test(method) && { body: text }),
  })
}

async function responseOf(response: Response): Promise<PrismResponse> {
  const headers = Object.fromEntries(
    [...response.headers].filter(([name]) => name !== 'content-length' && name !== 'content-encoding'),
  )
  const text = await response.text()
  const isJson = /\bjson\b/.test(headers['content-type'] ?? '')
  return { statusCode: response.status, headers, ...(text !== '' && { body: isJson ? JSON.parse(text) : text }) }
}

/** Headers that belong to one connection (RFC 9110, 7.6.1), or that this side writes anew. */
const ownHeaders = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'content-encoding',
  'host',
  'expect',
  'upgrade',
  'te',
  'trailer',
])

const passed = (headers: Headers): [string, string][] => [...headers].filter(([name]) => !ownHeaders.has(name))

/** What Prism cannot read it never answers: we refuse that ourselves. */
function forward(base: string, own: Fetch): Fetch {
  return async (request) => {
    const { pathname, search } = new URL(request.url)
    const { method, headers } = request
    const body = method === 'GET' || method === 'HEAD' ? undefined : await request.arrayBuffer()
    const sent = { method, headers: passed(headers), ...(body && body.byteLength > 0 && { body }) }
    if (sent.body && isJson(headers.get('content-type') ?? '') && !isReadable(sent.body))
      return own(new Request(request.url, sent))
    const response = await globalThis.fetch(`${base}${pathname}${search}`, { ...sent, redirect: 'manual' })
    const isEmpty = method === 'HEAD' || response.status === 204 || response.status === 304
    return new Response(isEmpty ? null : await response.arrayBuffer(), {
      status: response.status,
      headers: passed(response.headers),
    })
  }
}

function isReadable(body: ArrayBuffer): boolean {
  try {
    JSON.parse(new TextDecoder().decode(body))
    return true
  } catch {
    return false
  }
}
