// Delivers webhook calls to an address, with retries.

import { failure } from '../../spec/index.ts'
import type { Model } from '../../spec/index.ts'
import { worldHeader } from '../state/worlds.ts'
import { mockLimits } from '../http/limits.ts'
import type { Worlds } from '../state/worlds.ts'
import { callsFor, proofOf, webhooksOf } from './webhooks.ts'
import type { WebhookCall } from './webhooks.ts'

/** Where webhooks are called, and how. */
export interface DeliveryOptions {
  readonly url: string
  /** Key of signatures; for APIs whose receiver chooses a header, `Name: value`. */
  readonly secret?: string
  /** Calls a second, 50 unless given; those beyond wait. */
  readonly rate?: number
  /** Lets calls leave this computer. */
  readonly allowRemote?: boolean
  /** Makes the calls; the global one unless given. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>
  /** Waits between attempts. */
  readonly sleep?: (milliseconds: number) => Promise<void>
}

/** What became of a call. */
export interface Delivery extends Pick<WebhookCall, 'api' | 'event' | 'world'> {
  readonly state: 'waiting' | 'delivered' | 'failed' | 'dropped'
  readonly attempts: number
  /** Of the last answer. */
  readonly status?: number
  readonly error?: string
  readonly body: unknown
}

/** Calls webhooks, one call after the other. */
export interface Deliverer {
  /** Makes a call when those before it are made. */
  deliver(call: WebhookCall): void
  /** Returns the latest calls with their outcome, oldest first. */
  log(): readonly Delivery[]
  /** Resolves when nothing waits. */
  settled(): Promise<void>
  /** Stops calling. */
  close(): void
}

/** Milliseconds before each further attempt. */
const backoff = [1000, 2000, 4000, 8000]
/** Calls that are remembered, and that may wait. */
const remembered = 200
const patience = 10_000

type Sleep = NonNullable<DeliveryOptions['sleep']>

const usualSleep: Sleep = (milliseconds) =>
  new Promise((resolve) => {
    const timer: unknown = setTimeout(resolve, milliseconds)
    // A call that waits does not keep a process alive.
    if (typeof timer === 'object' && timer !== null && 'unref' in timer) (timer as { unref(): void }).unref()
  })

/**
 * Calls the webhooks of APIs at one address when something happens in any of the worlds.
 * @throws Failure for an address that is none, or not of this computer unless that is allowed.
 */
export function deliver(worlds: Worlds, models: readonly Model[], options: DeliveryOptions): Deliverer {
  const deliverer = delivererTo(options)
  let number = 0
  const stop = listenFor(
    worlds,
    models,
    (call) => deliverer.deliver(call),
    () => number++,
  )
  return {
    ...deliverer,
    close() {
      stop()
      deliverer.close()
    },
  }
}

/**
 * Tells which webhooks of APIs are to be called when something happens in any of the worlds; returns what stops it.
 * @param next returns the number of the next call: calls of one number have the same id
 */
export function listenFor(
  worlds: Worlds,
  models: readonly Model[],
  tell: (call: WebhookCall) => void,
  next: () => number,
): () => void {
  const known = models
    .map((model) => ({ model, webhooks: webhooksOf(model) }))
    .filter(({ webhooks }) => webhooks.length > 0)
  return worlds.listen((event) => {
    for (const { model, webhooks } of known) for (const call of callsFor(model, webhooks, event, next)) tell(call)
  })
}

/**
 * Returns a deliverer to one address.
 * @throws Failure for an address that is none, or not of this computer unless that is allowed.
 */
export function delivererTo(options: DeliveryOptions): Deliverer {
  checkTarget(options)
  const log: Delivery[] = []
  let waiting = 0
  let isOpen = true
  let last: Promise<void> = Promise.resolve()

  function note(entry: Delivery): (change: Partial<Delivery>) => void {
    let place: Delivery = entry
    log.push(place)
    if (log.length > remembered) log.shift()
    return (change) => {
      const changed = { ...place, ...change }
      const index = log.indexOf(place)
      place = changed
      if (index >= 0) log[index] = changed
    }
  }

  const { rate = mockLimits.webhookRate, sleep = usualSleep } = options
  async function make(call: WebhookCall, update: (change: Partial<Delivery>) => void): Promise<void> {
    if (isOpen) await Promise.all([attempt(call, options, update, () => isOpen), sleep(1000 / rate)])
  }

  function enqueue(call: WebhookCall): void {
    const { api, event, world, body } = call
    const update = note({
      api,
      event,
      world,
      state: waiting < remembered ? 'waiting' : 'dropped',
      attempts: 0,
      body: JSON.parse(body) as unknown,
    })
    if (waiting >= remembered) return
    waiting++
    last = last
      .then(() => make(call, update))
      .catch(() => undefined)
      .finally(() => {
        waiting--
      })
  }

  return {
    deliver: enqueue,
    log: () => [...log],
    settled: async () => {
      for (let before; before !== last;) await (before = last)
    },
    close() {
      isOpen = false
    },
  }
}

async function attempt(
  call: WebhookCall,
  options: DeliveryOptions,
  update: (change: Partial<Delivery>) => void,
  isOpen: () => boolean,
): Promise<void> {
  const { fetch = globalThis.fetch, sleep = usualSleep, url, secret } = options
  const proof = await proofOf(call.proof, call.body, secret)
  const headers = {
    'content-type': 'application/json',
    ...(call.world !== '' && { [worldHeader]: call.world }),
    ...(proof && { [proof[0]]: proof[1] }),
  }
  for (let attempts = 1; isOpen(); attempts++) {
    const outcome = await once(() =>
      fetch(url, {
        method: call.method,
        headers,
        body: call.body,
        redirect: 'manual',
        signal: AbortSignal.timeout(patience),
      }),
    )
    update({ attempts, ...outcome })
    if (outcome.state === 'delivered') return
    const pause = backoff[attempts - 1]
    if (pause === undefined) return update({ state: 'failed' })
    await sleep(pause)
  }
}

async function once(call: () => Promise<Response>): Promise<Pick<Delivery, 'state' | 'status' | 'error'>> {
  try {
    const response = await call()
    await response.body?.cancel()
    return { state: response.ok ? 'delivered' : 'waiting', status: response.status }
  } catch (error) {
    return { state: 'waiting', error: error instanceof Error ? error.message : String(error) }
  }
}

/** Redirects are not followed, so that a target here cannot send calls elsewhere. */
function checkTarget({ url, allowRemote = false }: DeliveryOptions): void {
  const target = URL.canParse(url) ? new URL(url) : undefined
  if (!target || !/^https?:$/.test(target.protocol))
    throw failure('call webhooks', { expected: 'an http address', received: JSON.stringify(url) })
  const isHere =
    target.hostname === 'localhost' || /^127(?:\.\d+){3}$/.test(target.hostname) || target.hostname === '[::1]'
  if (!isHere && !allowRemote) {
    throw failure('call webhooks', {
      expected: 'an address of this computer',
      received: target.origin,
      cure: 'Say --allow-remote-webhooks if calls may leave it.',
    })
  }
}
