// Control calls: what tests and people tell a mock below `/__proforma`, and who may tell it.

import { Failure, failure, formatDay, isObject, shortJson } from '../spec/index.ts'
import type { Day, Fetch, Model } from '../spec/index.ts'
import { orProblem, worldOf, plainProblem } from './http/routes.ts'
import { makeInvoice, findInvoice, setInvoice, shownIn } from './edit.ts'
import { apiIn } from './context.ts'
import type { World } from './state/world.ts'
import { readSeed, readToday } from './state/worlds.ts'
import type { Worlds } from './state/worlds.ts'

/** Where control calls go; no API has a path like it. */
export const controlPath = '/__proforma'

/** What a control call can do beside moving worlds. */
export interface ControlOptions extends GuardOptions {
  /** Returns the calls of webhooks, the latest last. */
  readonly deliveries?: () => readonly unknown[] | Promise<readonly unknown[]>
  /** Returns the APIs that are served: `POST invoices` shows an invoice as each of them does. */
  readonly models?: () => readonly Model[]
}

type Body = Readonly<Record<string, unknown>>
type Call = (world: World, body: Body) => unknown

/**
 * Returns the `Fetch` that answers control calls, with the path as it is or without `/__proforma`. Calls from other origins are
 * refused with 403. Each tells about the world that the request names, and most return its status.
 */
export function controlOf(worlds: Worlds, options: ControlOptions = {}): Fetch {
  const calls: Readonly<Record<string, Readonly<Record<string, Call>>>> = {
    '': { GET: (world) => statusOf(worlds, world) },
    '/reset': { POST: async (world, body) => (await reset(worlds, world, body), statusOf(worlds, world)) },
    '/clock': { POST: (world, { today }) => (world.moveTo(dayIn(today)), statusOf(worlds, world)) },
    '/scenario': {
      POST: (world, { name }) => (namesIn(name).forEach((one) => world.use(one)), statusOf(worlds, world)),
    },
    '/snapshot': { GET: (world) => world.save(), POST: (world) => world.keep() },
    '/restore': { POST: (world, body) => (restore(world, body), statusOf(worlds, world)) },
    '/invoices': { POST: (world, body) => edited(world, body, options.models?.() ?? []) },
    '/worlds': { GET: async () => ({ worlds: await worlds.known() }) },
    '/webhooks': { GET: async () => ({ deliveries: (await options.deliveries?.()) ?? [] }) },
  }
  const answer: Fetch = (request) =>
    orProblem(async () => {
      const refusal = whyForeign(request, options)
      if (refusal !== undefined) return plainProblem(403, refusal)
      if (request.method === 'OPTIONS' && request.headers.has('access-control-request-method'))
        return new Response(null, { status: 204 })
      const { pathname } = new URL(request.url)
      const path = (pathname.startsWith(controlPath) ? pathname.slice(controlPath.length) : pathname).replace(/\/$/, '')
      const methods = Object.hasOwn(calls, path) ? calls[path] : undefined
      if (!methods)
        return plainProblem(
          404,
          `There is no control call ${path}. There are: ${Object.keys(calls)
            .filter((one) => one !== '')
            .join(', ')}.`,
        )
      const call = methods[request.method === 'HEAD' ? 'GET' : request.method]
      if (!call)
        return plainProblem(405, `Allowed here: ${Object.keys(methods).join(', ')}.`, {
          allow: Object.keys(methods).join(', '),
        })
      const [world, body] = [worldOf(worlds, request), await bodyOf(request)]
      if (call === calls[path]?.GET) await worlds.follow(world)
      const result = await (call === calls[path]?.GET
        ? call(world, body)
        : worlds.change(world, async () => call(world, body)))
      return new Response(request.method === 'HEAD' ? null : JSON.stringify(result), {
        headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
      })
    })
  return async (request) => {
    const response = await answer(request)
    for (const [name, value] of Object.entries(corsHeadersFor(request))) response.headers.set(name, value)
    return response
  }
}

async function bodyOf(request: Request): Promise<Body> {
  if (request.method === 'GET' || request.method === 'HEAD') return {}
  const text = await request.text()
  const body = text.trim() === '' ? {} : parse(text)
  if (!isObject(body)) throw failure('read a control call', { expected: 'a JSON object', received: shortJson(text) })
  if (isDeep(body)) throw failure('read a control call', { expected: `at most ${deepest} levels`, received: 'more' })
  return body
}

/** Levels of a body: those that an item of a snapshot may have, and those around it. */
const deepest = 256

/** Tells whether a value has more levels than may be written again. */
function isDeep(root: unknown): boolean {
  let level: readonly object[] = [root].filter((part) => isObject(part))
  for (let depth = 0; level.length > 0; depth++) {
    if (depth >= deepest) return true
    level = level.flatMap((part) => Object.values(part).filter((one) => typeof one === 'object' && one !== null))
  }
  return false
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

async function statusOf(worlds: Worlds, world: World): Promise<object> {
  const { business, scenarios, requests, name } = world
  const { options } = business.books
  return {
    world: name,
    seed: options.seed,
    invoices: options.invoices,
    today: formatDay(business.today),
    scenarios,
    changes: business.state.changedCount,
    requests,
    worlds: (await worlds.known()).length,
  }
}

/** Most invoices that a call may ask for: a million lists in seconds, and more would let one call fill the memory. */
const mostInvoices = 1_000_000

/** Without a body, a world begins as its server says; with one, in another way. */
async function reset(worlds: Worlds, world: World, { seed, invoices, today, scenario, all }: Body): Promise<void> {
  if (all === true) await worlds.forgetOthers(world)
  const books = {
    ...worlds.start.books,
    ...(seed !== undefined && { seed: seedIn(seed) }),
    ...(invoices !== undefined && { invoices: countIn(invoices) }),
  }
  const day = today === undefined ? undefined : dayIn(today)
  const isOther = seed !== undefined || invoices !== undefined || day !== undefined
  world.reset({
    ...(isOther && { books: { ...books, ...(day !== undefined && { newest: day }) } }),
    ...(day !== undefined && { today: day }),
    ...(scenario !== undefined && {
      scenarios: Array.isArray(scenario) && scenario.length === 0 ? [] : namesIn(scenario),
    }),
  })
}

const dayIn = (today: unknown): Day =>
  typeof today === 'string' ? readToday(today) : fail('a day like 2026-01-15', today)

const seedIn = (seed: unknown): string | number =>
  typeof seed === 'string' || (typeof seed === 'number' && Number.isFinite(seed))
    ? readSeed(seed)
    : fail('seed to be a number or a word', seed)

const countIn = (invoices: unknown): number =>
  Number.isInteger(invoices) && (invoices as number) >= 0 && (invoices as number) <= mostInvoices
    ? (invoices as number)
    : fail(`invoices to be a number from 0 to ${mostInvoices}`, invoices)

const namesIn = (name: unknown): string[] => {
  const names = [name].flat()
  return names.length > 0 && names.every((one) => typeof one === 'string')
    ? names
    : fail('the name of a scenario', name)
}

function fail(expected: string, received: unknown): never {
  throw failure('read a control call', { expected, received: shortJson(received) || 'nothing' })
}

/** Adds an invoice as it is described, or changes the one that an API knows by an id, and returns it as each API shows it. */
function edited(world: World, { id, ...edit }: Body, models: readonly Model[]): object {
  const apis = models.map((model) => apiIn(model, world))
  const before = id === undefined ? undefined : apis.map((api) => findInvoice(api, id)).find((entry) => entry)
  if (id !== undefined && !before) fail('the id of an invoice, as an API writes it', id)
  const entry = before ? setInvoice(world, before, edit) : makeInvoice(world, edit)
  const shown = apis.map((api) => [api.model.name, shownIn(api, entry)] as const)
  return { number: entry.number, status: entry.status, shown: Object.fromEntries(shown) }
}

/** Without a body, what was put aside last. */
function restore(world: World, body: Body): void {
  const snapshot = Object.keys(body).length > 0 ? body : world.kept
  if (!snapshot)
    throw new Failure(
      'Failed to restore a snapshot: expected one in the body, or one put aside by POST snapshot, but received neither.',
    )
  world.restore(snapshot)
}

/** What tells where a request comes from. */
interface Asked {
  readonly headers: { get(name: string): string | null }
  readonly url: string
}

/** What a request from elsewhere is told apart by. */
interface GuardOptions {
  /** Names, besides those of the loopback, under which the server is known. */
  readonly hosts?: readonly string[]
}

/**
 * Returns why a control call is refused, or `undefined`. A page from elsewhere must not move the clock of a server on this
 * computer, while one that this computer serves may, on whatever port. Forms and simple requests need no leave of a browser, so calls
 * that change something carry JSON or a header of their own.
 */
export function whyForeign(request: Request, options: GuardOptions = {}): string | undefined {
  const refusal = whyElsewhere(request, 'Control calls', options)
  const { headers, method } = request
  if (refusal !== undefined || method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return refusal
  const isMarked = /^application\/json\b/i.test(headers.get('content-type') ?? '') || headers.has('x-proforma')
  return isMarked ? undefined : 'A control call has content-type: application/json, or the header X-Proforma.'
}

/**
 * Returns why a request is refused that comes from a page elsewhere, or under a name that was made to point at the loopback (DNS
 * rebinding); `undefined` where it may pass.
 * @param what calls that are guarded, as the refusal names them
 */
export function whyElsewhere(
  { headers, url }: Asked,
  what: string,
  { hosts = [] }: GuardOptions = {},
): string | undefined {
  const host = headers.get('host')
  if (host !== null && !isOwn(host, hosts))
    return `${what} are answered under a name of this computer, not under ${JSON.stringify(host.slice(0, 100))}.`
  const origin = headers.get('origin')
  // A picture or a link of a page elsewhere has no Origin, but says where it is asked from (Fetch Metadata).
  const isElsewhere =
    origin === null
      ? headers.get('sec-fetch-site') === 'cross-site'
      : !isLocal(origin) && hostOf(origin) !== (host?.toLowerCase() ?? new URL(url).host)
  return isElsewhere ? `${what} are not answered to pages of another origin.` : undefined
}

/** Returns the headers that let a page of this computer read the answer to a control call (Fetch Standard, CORS protocol). */
export function corsHeadersFor({ headers }: Pick<Request, 'headers'>): Readonly<Record<string, string>> {
  const origin = headers.get('origin')
  if (origin === null || !isLocal(origin)) return {}
  const asked = headers.get('access-control-request-method')
  const named = headers.get('access-control-request-headers')
  return {
    'access-control-allow-origin': origin,
    vary: 'origin',
    ...(asked !== null && {
      'access-control-allow-methods': asked,
      ...(named !== null && { 'access-control-allow-headers': named }),
    }),
  }
}

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' ||
  hostname.endsWith('.localhost') ||
  /^127(?:\.\d+){3}$/.test(hostname) ||
  hostname === '[::1]'

/** A name below `localhost` stays on this computer (RFC 6761, 6.3). */
const isLocal = (origin: string): boolean =>
  /^https?:/.test(origin) && URL.canParse(origin) && isLoopback(new URL(origin).hostname)

const hostOf = (origin: string): string | undefined => (URL.canParse(origin) ? new URL(origin).host : undefined)

/** A number names no one else, and cannot be made to: only names can. */
function isOwn(host: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(`http://${host}`)) return false
  const { hostname } = new URL(`http://${host}`)
  if (isLoopback(hostname)) return true
  const isEverywhere = hosts.some((own) => own === '0.0.0.0' || own === '::')
  return hosts.includes(hostname) || (isEverywhere && /^(?:\d+(?:\.\d+){3}|\[.*\])$/.test(hostname))
}
