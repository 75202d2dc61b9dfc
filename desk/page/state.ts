import { signal } from '@preact/signals'
import type { ApiDetail, RequestSummary, ServedApis, WorldStatus } from '../calls.ts'
import { control, Refused } from './client.ts'
import { world } from './world-name.ts'

/** What the server serves; nothing until it has been asked. */
export const served = signal<ServedApis | undefined>(undefined)
/** How the world stands that is looked at. */
export const status = signal<WorldStatus | undefined>(undefined)
/** The latest requests, the newest first. */
export const log = signal<readonly RequestSummary[]>([])
/** Whether the server answers. */
export const isAway = signal(false)
/** Read to those who do not see the page. */
export const announcement = signal('')
/** What the server refused last. */
export const refusal = signal('')
/** Rises whenever what an API answers may have changed. */
export const version = signal(0)

const mostLogged = 1000

/** Asks for all there is to know, again after the server was away. */
async function refresh(): Promise<void> {
  served.value = await control<ServedApis>('/apis')
  details.clear()
  await refreshStatus()
  version.value++
}

/** Asks how the world stands. */
export async function refreshStatus(): Promise<void> {
  status.value = await control<WorldStatus>('')
}

const details = new Map<string, Promise<ApiDetail>>()
const documents = new Map<string, Promise<unknown>>()

/** Returns an API with its operations and resources, asked for once. */
export function detailOf(name: string): Promise<ApiDetail> {
  const known = details.get(name) ?? control<ApiDetail>(`/apis/${encodeURIComponent(name)}`)
  details.set(name, known)
  known.catch(() => details.delete(name))
  return known
}

/** Returns an API's document, asked for once. */
export function documentOf(name: string): Promise<unknown> {
  const known = documents.get(name) ?? control<unknown>(`/apis/${encodeURIComponent(name)}/openapi.json`)
  documents.set(name, known)
  known.catch(() => documents.delete(name))
  return known
}

/** Does something that changes a world, and looks at how it stands then; says what is refused. */
export async function act(says: string, work: () => Promise<unknown>): Promise<void> {
  try {
    refusal.value = ''
    await work()
    await refreshStatus()
    version.value++
    announcement.value = says
  } catch (error) {
    refusal.value = error instanceof Refused ? error.message : 'The server is away.'
  }
}

/** Begins to listen to what is asked of the server, and goes on when it comes back. */
export function listen(): void {
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
    log.value = [request, ...log.value.filter(({ number }) => number !== request.number)].slice(0, mostLogged)
  })
  stream.addEventListener('error', () => {
    isAway.value = true
  })
}

async function reload(isOther: boolean): Promise<void> {
  try {
    const { requests } = await control<{ requests: readonly RequestSummary[] }>('/requests')
    log.value = requests.toReversed()
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
  await control('/requests', 'DELETE')
  log.value = []
}

world.subscribe(() => {
  if (served.value === undefined) return
  version.value++
  refreshStatus().catch(() => undefined)
})
