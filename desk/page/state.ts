// Holds the page's state: address, APIs, world, log and messages.

import { signal } from '@preact/signals'
import type { ApiDetail, RequestSummary, ServedApis, WorldStatus } from '../calls.ts'
import { callControl, ControlError, selectedWorld } from './client.ts'

/** What is shown, as the address says it after `#`. */
interface Address {
  /** Parts of the path, decoded. */
  readonly path: readonly string[]
  readonly query: URLSearchParams
}

/** Returns what an address shows. */
function parseRoute(hash: string): Address {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?', 2)
  return { path: path.split('/').filter(Boolean).map(decode), query: new URLSearchParams(query) }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Returns the address that shows something. */
export function hrefOf(path: readonly string[], query: Readonly<Record<string, string>> = {}): string {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString()
  return `#/${path.map(encodeURIComponent).join('/')}${search === '' ? '' : `?${search}`}`
}

export const currentAddress = signal(parseRoute(location.hash))

addEventListener('hashchange', () => {
  currentAddress.value = parseRoute(location.hash)
})

/** Shows something else. @param isSame stays the same entry of the history */
export function navigate(href: string, isSame = false): void {
  if (isSame) {
    history.replaceState(null, '', href)
    currentAddress.value = parseRoute(href)
  } else location.hash = href
}

/** What the server serves; nothing until it has been asked. */
export const servedApis = signal<ServedApis | undefined>(undefined)
/** How the world stands that is looked at. */
export const worldStatus = signal<WorldStatus | undefined>(undefined)
/** The latest requests, the newest first. */
export const requestLog = signal<readonly RequestSummary[]>([])
/** Whether the server answers. */
export const isAway = signal(false)
/** Read to those who do not see the page. */
export const announcement = signal('')
/** What the server refused last. */
export const refusalText = signal('')
/** Rises whenever what an API answers may have changed. */
export const dataVersion = signal(0)

const mostLogged = 1000

/** Asks for all there is to know, again after the server was away. */
async function refresh(): Promise<void> {
  servedApis.value = await callControl<ServedApis>('/apis')
  details.clear()
  await refreshStatus()
  dataVersion.value++
}

/** Asks how the world stands. */
export async function refreshStatus(): Promise<void> {
  worldStatus.value = await callControl<WorldStatus>('')
}

const details = new Map<string, Promise<ApiDetail>>()
const documents = new Map<string, Promise<unknown>>()

/** Returns an API with its operations and resources, asked for once. */
export function loadApi(name: string): Promise<ApiDetail> {
  const known = details.get(name) ?? callControl<ApiDetail>(`/apis/${encodeURIComponent(name)}`)
  details.set(name, known)
  known.catch(() => details.delete(name))
  return known
}

/** Returns an API's document, asked for once. */
export function loadApiDocument(name: string): Promise<unknown> {
  const known = documents.get(name) ?? callControl<unknown>(`/apis/${encodeURIComponent(name)}/openapi.json`)
  documents.set(name, known)
  known.catch(() => documents.delete(name))
  return known
}

/** Does something that changes a world, and looks at how it stands then; says what is refused. */
export async function runAction(says: string, work: () => Promise<unknown>): Promise<void> {
  try {
    refusalText.value = ''
    await work()
    await refreshStatus()
    dataVersion.value++
    announcement.value = says
  } catch (error) {
    refusalText.value = error instanceof ControlError ? error.message : 'The server is away.'
  }
}

/** Begins to listen to what is asked of the server, and goes on when it comes back. */
export function followRequests(): void {
  const stream = new EventSource('/__proforma/requests/stream')
  let instance = ''
  stream.addEventListener('hello', (event) => {
    const { instance: here } = JSON.parse((event as MessageEvent<string>).data) as { instance: string }
    const isOther = instance !== here
    instance = here
    isAway.value = false
    void reload(isOther)
  })
  stream.addEventListener('request', (event) => {
    const request = JSON.parse((event as MessageEvent<string>).data) as RequestSummary
    requestLog.value = [request, ...requestLog.value.filter(({ number }) => number !== request.number)].slice(
      0,
      mostLogged,
    )
  })
  stream.addEventListener('sources', () => void reload(true))
  stream.addEventListener('error', () => {
    isAway.value = true
  })
}

async function reload(isOther: boolean): Promise<void> {
  try {
    const { requests } = await callControl<{ requests: readonly RequestSummary[] }>('/requests')
    requestLog.value = requests.toReversed()
    if (isOther) {
      documents.clear()
      await refresh()
    } else await refreshStatus()
  } catch {
    isAway.value = true
  }
}

/** Forgets the log, here and on the server. */
export async function clearLog(): Promise<void> {
  await callControl('/requests', 'DELETE')
  requestLog.value = []
}

selectedWorld.subscribe(() => {
  if (servedApis.value === undefined) return
  dataVersion.value++
  refreshStatus().catch(() => undefined)
})
