// Connects to Redis or Valkey and explains failures.

import { failure } from '../../spec/index.ts'
import type { Failure } from '../../spec/index.ts'
import { Unavailable } from '../state/log.ts'

/** Tells whether a text is the address of a Redis or Valkey. */
export const isRedis = (address: string): boolean => /^(?:redis|valkey)s?:/i.test(address)

/** Returns an address as it may be shown: without user and password. */
export const shownAddress = ({ protocol, host, pathname }: URL): string =>
  `${protocol}//${host}${pathname === '/' ? '' : pathname}`

/** Returns the address of a Redis or Valkey. @throws Failure for what is none. */
export function readAddress(address: string): URL {
  const url = URL.canParse(address) ? new URL(address.replace(/^valkey/i, 'redis')) : undefined
  const isPath = /^\/\d*$/.test(url?.pathname || '/')
  if (url && url.hostname !== '' && isPath) return url
  // The text itself is not shown: it may have a password in it.
  throw failure('read --state', {
    expected: 'an address like redis://127.0.0.1:6379 or redis://user:password@host:6379/0',
    received: 'another form',
    cure: 'Characters like @ and / in a password are written as %40 and %2F.',
  })
}

/** A connection that comes back by itself. */
export interface Connection {
  /** The address as it may be shown: without a password. */
  readonly name: string
  /** Runs a script. @throws Unavailable where no answer comes, or an error. */
  run(script: string, keys: readonly string[], values: readonly string[]): Promise<unknown>
  close(): Promise<void>
}

/** Milliseconds to wait for an answer, and for a connection. */
const patience = 3000

/**
 * Connects to the Redis or Valkey at an address.
 * @throws Failure for an address that is none, a package that is not installed, or where no server answers that accepts the credentials.
 */
export async function connect(address: string): Promise<Connection> {
  const url = readAddress(address)
  const name = shownAddress(url)
  const { createClient } = await import('redis').catch(() => {
    throw failure(`open ${name}`, {
      expected: 'the package redis beside proforma',
      received: 'none',
      cure: 'Install it: npm install --save-dev redis.',
    })
  })
  let isUp = false
  const client = createClient({
    url: url.href,
    name: 'proforma',
    disableOfflineQueue: true,
    socket: {
      connectTimeout: patience,
      reconnectStrategy: (retries) => (isUp ? Math.min(20 * 2 ** retries, 1000) : false),
    },
  })
  let trouble = 'it does not answer'
  client.on('error', (error: unknown) => {
    trouble = describe(error)
  })
  try {
    await within(client.connect())
    isUp = true
  } catch (error) {
    client.destroy()
    throw connectionFailure(name, describe(error))
  }
  return {
    name,
    async run(script, keys, values) {
      try {
        return await within(client.eval(script, { keys: [...keys], arguments: [...values] }))
      } catch (error) {
        throw new Unavailable(`The state is out of reach: ${name} says ${isReply(error) ? describe(error) : trouble}.`)
      }
    },
    // Who does not answer is not waited for.
    close: () =>
      client.isReady ? within(client.close()).catch(() => client.destroy()) : Promise.resolve(client.destroy()),
  }
}

function within<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    // Where this process was busy itself, the answer may lie there already.
    timer = setTimeout(() => setImmediate(() => reject(new Error('nothing for 3 seconds'))), patience)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/** What a server says by itself begins with a word in capitals. */
const isReply = (error: unknown): boolean =>
  error instanceof Error && /^(?:[A-Z]{3,}\b|nothing for)/.test(error.message)

function describe(error: unknown): string {
  const inner = error instanceof AggregateError ? (error.errors[0] as unknown) : error
  const { code, message } = inner as NodeJS.ErrnoException
  return code ?? (message === '' ? 'nothing' : message.replace(/\.$/, ''))
}

const causes: readonly (readonly [told: RegExp, received: string, cure: string])[] = [
  [
    /ECONNREFUSED/,
    'nobody there (connection refused)',
    'Start one, with redis-server or valkey-server, or name another address.',
  ],
  [/ENOTFOUND|EAI_AGAIN/, 'an unknown name', 'Name another host.'],
  [
    /WRONGPASS|invalid password|invalid username/i,
    'a refusal of the user or password',
    'Say them in the address: redis://user:password@host:6379.',
  ],
  [/NOAUTH/, 'a server that asks for a password', 'Say it in the address: redis://:password@host:6379.'],
  [/DB index/i, 'a server without that database', 'Name another number after the slash.'],
  [
    /nothing for|ETIMEDOUT|Connection timeout/i,
    'no answer',
    'See whether it is a Redis, and whether a firewall stands before it.',
  ],
]

function connectionFailure(name: string, told: string): Failure {
  const [, received, cure] = causes.find(([pattern]) => pattern.test(told)) ?? [
    undefined,
    told,
    'See whether it is a Redis or Valkey.',
  ]
  return failure(`open ${name}`, { expected: 'a Redis or Valkey', received, cure })
}
