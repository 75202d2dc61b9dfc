// Serves the desk's page and answers its calls below /__proforma.

import { createHash, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { apiCredentials, apiDetail, apiSummary, requestExample } from './describe.ts'
import type { ServedModel } from './describe.ts'
import type { RoleSettings } from './correct-roles.ts'
import { requestDetail, requestStream, requestSummary } from './log-calls.ts'
import { builtFolder, version } from '../package.ts'
import type { RequestFacts } from '../serve/request-facts.ts'
import { boundPlaces } from '../roles.ts'
import { inferenceSummary } from '../diagnostics.ts'
import type { OverlayText, RoleCorrections, RolesFacts, ScenarioFacts, ServedApis } from '../../desk/index.ts'
import {
  controlPath,
  whyForeign,
  corsHeadersFor,
  resourceItems,
  plainProblem,
  scenarios as usual,
  worldHeader,
} from '../../mocks/server.ts'
import type { LoggedRequest, RequestLog, Scenarios, Worlds } from '../../mocks/server.ts'
import {
  Failure,
  failure,
  isObject,
  percentDecoded,
  roles as vocabulary,
  sentencesOf,
  statuses,
} from '../../spec/index.ts'
import type { Day, Fetch, Model } from '../../spec/index.ts'

/** What the desk shows. */
export interface DeskOptions {
  readonly worlds: Worlds
  readonly log: RequestLog
  readonly hosts: readonly string[]
  readonly isCluster: boolean
  /** APIs as they are served now. */
  readonly served: () => readonly ServedModel[]
  /** Scenarios of the user's own. */
  readonly scenarios: () => Scenarios
  readonly factsFor: (request: LoggedRequest) => RequestFacts
  readonly hasWebhooks: boolean
  /** Which files there are whose roles can be corrected. */
  readonly files: RoleSettings
  /** Told by an event `change` that other documents are served. */
  readonly changes: EventTarget
}

/** Returns the page, for who asks for HTML at the root. */
export const deskPage: Fetch = async (request) =>
  pageFile('index.html', request) ?? plainProblem(404, 'The page of the desk has not been built: run npm run build.')

/** Returns a `Fetch` that answers the calls of the desk's page below `/__proforma`, and hands all others on. */
export function withDesk(control: Fetch, options: DeskOptions): Fetch {
  const instance = randomUUID()
  return async (request) => {
    const { pathname } = new URL(request.url)
    const path = (pathname.startsWith(controlPath) ? pathname.slice(controlPath.length) : pathname).replace(/\/$/, '')
    if (path === '' && isPageRequest(request)) return deskPage(request)
    const [, file] = /^\/desk\/([^/]+)$/.exec(path) ?? []
    if (file !== undefined) return pageFile(file, request) ?? plainProblem(404, 'The desk has no such file.')
    if (!isOwn(path)) return control(request)
    const refusal = whyForeign(request, options)
    if (refusal !== undefined) return plainProblem(403, refusal)
    const response = await answer(path, request, options, instance)
    for (const [name, value] of Object.entries(corsHeadersFor(request))) response.headers.set(name, value)
    return response
  }
}

const isPageRequest = ({ method, headers }: Request): boolean =>
  (method === 'GET' || method === 'HEAD') && /\btext\/html\b/i.test(headers.get('accept') ?? '')

const isOwn = (path: string): boolean => /^\/(?:apis|requests|read)(?:\/|$)/.test(path)

async function answer(path: string, request: Request, options: DeskOptions, instance: string): Promise<Response> {
  const { method } = request
  if (method === 'OPTIONS') return new Response(null, { status: 204 })
  try {
    if (method === 'POST' && path === '/read') return json(await judgeBody(request, options))
    const [, corrected] = (method === 'POST' && /^\/apis\/([^/]+)\/overlay$/.exec(path)) || []
    if (corrected !== undefined) return json(await correct(decoded(corrected), request, options))
    if (method === 'DELETE' && path === '/requests') return (options.log.clear(), json({}))
    if (method !== 'GET' && method !== 'HEAD') return plainProblem(405, 'Allowed here: GET.', { allow: 'GET, HEAD' })
    const response = path.startsWith('/requests')
      ? await requests(path, options, request, instance)
      : await apis(path, options, request, instance)
    return response ?? plainProblem(404, `There is no control call ${path}.`)
  } catch (error) {
    if (error instanceof Failure) return plainProblem(400, error.message)
    throw error
  }
}

async function requests(
  path: string,
  options: DeskOptions,
  request: Request,
  instance: string,
): Promise<Response | undefined> {
  const { log, factsFor } = options
  if (path === '/requests')
    return json({ instance, requests: log.list().map((one) => requestSummary(one, factsFor(one))) })
  if (path === '/requests/stream') return requestStream(log, factsFor, instance, options.changes)
  const logged = log.find(Number(path.slice('/requests/'.length)))
  if (!logged) return plainProblem(404, 'The log has no such request, or no longer.')
  return json(await requestDetail(logged, factsFor(logged), worldOf(options, request).business.today))
}

async function apis(
  path: string,
  options: DeskOptions,
  request: Request,
  instance: string,
): Promise<Response | undefined> {
  const { origin, searchParams } = new URL(request.url)
  if (path === '/apis') return json(listOf(options, origin, instance))
  const [, name = '', rest = ''] = /^\/apis\/([^/]+)\/?(.*)$/.exec(path) ?? []
  const found = options.served().find(({ model }) => model.name === decoded(name))
  if (!found) return undefined
  const { model } = found
  switch (rest) {
    case '':
      return json(apiDetail(found, origin))
    case 'example':
      return json(requestExample(model, searchParams.get('operation') ?? ''))
    case 'items': {
      const from = Math.max(0, Math.trunc(Number(searchParams.get('from'))) || 0)
      const part = resourceItems(model, worldOf(options, request), searchParams.get('resource') ?? '', from, mostItems)
      return part && json(part)
    }
    case 'roles':
      return json(await rolesOf(model, options))
    case 'report':
      return reportPage(found, worldOf(options, request).business.today)
    case 'openapi.json':
      return documentResponse(model, 'json')
    case 'openapi.yaml':
      return documentResponse(model, 'yaml')
    default:
      return undefined
  }
}

function listOf(
  { served, scenarios, isCluster, hasWebhooks }: DeskOptions,
  origin: string,
  instance: string,
): ServedApis {
  const all: Scenarios = { ...usual, ...scenarios() }
  return {
    version: version(),
    instance,
    isCluster,
    hasWebhooks,
    statuses,
    apis: served().map((one) => apiSummary(one, origin)),
    scenarios: Object.entries(all).map(([name, { says, invoices, constraints }]): ScenarioFacts => ({
      name,
      says,
      hasBooks: invoices !== undefined || constraints !== undefined,
    })),
  }
}

/** Returns an API's document as it is served, roles included. */
export async function documentResponse({ document }: Model, form: 'json' | 'yaml'): Promise<Response> {
  if (form === 'json') return json(document)
  const { documentAsYaml } = await import('../yaml.ts')
  return new Response(documentAsYaml(document), { headers: { 'content-type': 'application/yaml; charset=utf-8' } })
}

async function rolesOf(model: Model, { files }: DeskOptions): Promise<RolesFacts> {
  const { diagnostics, locate, bound, inferred } = model
  const savesTo = files.saveOverlay
    ? (await import('./correct-roles.ts')).roleFilesOf(files, model)?.savesTo
    : undefined
  return {
    faults: sentencesOf(diagnostics, locate, 200),
    bound: [...bound].toSorted(),
    places: boundPlaces(model)
      .slice(0, 2000)
      .map(({ pointer, role }) => ({ pointer, role })),
    isInferred: inferred?.resource !== undefined,
    ...(inferred && { says: inferenceSummary(inferred) }),
    inferred:
      inferred?.bindings.map(({ pointer, annotation, confidence, evidence }) => ({
        pointer,
        role: annotation.role,
        confidence,
        why: evidence,
      })) ?? [],
    questions:
      inferred?.questions.map(({ pointer, guess, confidence, why }) => ({
        pointer,
        confidence,
        why: [why],
        ...(guess !== undefined && { role: guess }),
      })) ?? [],
    ...(savesTo !== undefined && { savesTo }),
    vocabulary: Object.entries(vocabulary).map(([role, { says }]) => ({ role, says })),
  }
}

/** Corrects roles as a request asks. @throws Failure for a body that says something else, and as {@link correctRoles} does. */
async function correct(name: string, request: Request, { served, files: settings }: DeskOptions): Promise<OverlayText> {
  const stated: unknown = await request.json().catch(() => undefined)
  const { roles, isSaved } = isObject(stated) ? stated : {}
  const model = served().find((one) => one.model.name === name)?.model
  const { correctRoles, roleFilesOf } = await import('./correct-roles.ts')
  const files = model && roleFilesOf(settings, model)
  if (!model || !files)
    throw failure('correct roles', { expected: 'an API whose document is a file here', received: JSON.stringify(name) })
  if (!isObject(roles) || !Object.values(roles).every((role) => role === null || typeof role === 'string'))
    throw failure('correct roles', { expected: 'roles by their places', received: 'another body' })
  return correctRoles(model, files, roles as RoleCorrections['roles'], isSaved === true)
}

/** Checks what is served against its own document and the laws, reading only, and returns the report as a page. */
async function reportPage({ model, fetch }: ServedModel, today: Day): Promise<Response> {
  const { check, htmlReport } = await import('../../contracts/index.ts')
  const credentials = model.operations.flatMap((operation) => apiCredentials(model, operation))
  const headers = Object.fromEntries(
    credentials.filter((one) => one.in === 'header').map(({ name, value }) => [name, value]),
  )
  const report = await check(model, fetch, { baseUrl: 'http://localhost', headers, today, maxPages: 2 })
  return new Response(htmlReport(report), {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    },
  })
}

async function judgeBody(request: Request, options: DeskOptions): Promise<unknown> {
  const stated: unknown = await request.json().catch(() => undefined)
  const { api, operation, status, contentType, body } = isObject(stated) ? stated : {}
  const found = options.served().find(({ model }) => model.name === api)
  const isAnswer = isStatus(status) && typeof body === 'string' && (contentType === undefined || isField(contentType))
  if (!found || typeof operation !== 'string' || !isAnswer)
    throw new Failure(
      'Failed to read an answer: expected the name of an API, an operation, a status and a body but received others.',
    )
  const { readAnswer } = await import('./read-answer.ts')
  const { today } = worldOf(options, request).business
  return readAnswer(found.model, {
    operation,
    status,
    contentType: contentType ?? 'application/json',
    body,
    today,
  })
}

const isStatus = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 100 && (value as number) <= 599

/** Tells whether a value may stand in a header (RFC 9110, 5.5). */
const isField = (value: unknown): value is string =>
  typeof value === 'string' && /^[\t\x20-\x7e\x80-\xff]*$/.test(value)

/** Items that are answered at once. */
const mostItems = 50

const worldOf = ({ worlds }: DeskOptions, { headers }: Request) => worlds.at(headers.get(worldHeader) ?? '')

const json = (value: unknown): Response =>
  new Response(JSON.stringify(value), {
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  })

const folder = builtFolder('desk')

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
}

/** The page asks nobody but this server, runs its own files only, and is shown in no other page (CSP Level 3). */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const known = new Map<string, { readonly bytes: Uint8Array<ArrayBuffer>; readonly tag: string }>()

/** Returns a file of the desk's page; `undefined` where there is none of that name. */
function pageFile(name: string, request: Request): Response | undefined {
  const type = /^[\w-]+\.\w+$/.test(name) ? types[extname(name)] : undefined
  if (type === undefined) return undefined
  const file = known.get(name) ?? readPageFile(name)
  if (!file) return undefined
  known.set(name, file)
  const headers = {
    'content-type': type,
    etag: file.tag,
    'cache-control': 'no-cache',
    'content-security-policy': policy,
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    ...(name === 'index.html' && { vary: 'accept' }),
  }
  if (request.headers.get('if-none-match') === file.tag) return new Response(null, { status: 304, headers })
  return new Response(request.method === 'HEAD' ? null : file.bytes, { headers })
}

function readPageFile(name: string): { readonly bytes: Uint8Array<ArrayBuffer>; readonly tag: string } | undefined {
  try {
    const bytes = new Uint8Array(readFileSync(join(folder, name)))
    return { bytes, tag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"` }
  } catch {
    return undefined
  }
}

/** Returns a part of a path without percent encoding. @throws Failure for encoding that is none. */
function decoded(part: string): string {
  const text = percentDecoded(part)
  if (text !== undefined) return text
  throw failure('read a path', { expected: 'percent encoding (RFC 3986)', received: `"${part}"` })
}
