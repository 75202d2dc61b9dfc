// Decides which cookies of a browser are passed on to an API.

import type { Model } from '../../spec/index.ts'
import type { HeaderReader } from './exchange.ts'

/** Cookies that an API may set before further ones are not known. */
const most = 200

/**
 * Knows the cookies of an API: those that its document names, and those that it sets. A browser sends the cookies of everything that this
 * computer serves, because cookies know no port (RFC 6265, 8.5).
 */
export class OwnCookies {
  readonly #names: Set<string>

  constructor({ security, operations }: Pick<Model, 'security' | 'operations'>) {
    const schemes = Object.values(security).filter((scheme) => scheme.in === 'cookie')
    const parameters = operations.flatMap((operation) => operation.parameters.filter((one) => one.in === 'cookie'))
    this.#names = new Set([...schemes, ...parameters].flatMap(({ name }) => name ?? []))
  }

  /** Learns the names of cookies from values of `Set-Cookie`. */
  learn(values: readonly string[]): void {
    for (const value of values) if (this.#names.size < most) this.#names.add(nameOf(value))
  }

  /** Returns the `Cookie` header to pass on: whole unless a browser sends it, `undefined` where none is left. */
  kept(headers: HeaderReader): string | undefined {
    const stated = headers.get('cookie')
    if (stated === null) return undefined
    // All browsers send this to servers of this computer (Fetch Metadata).
    if (headers.get('sec-fetch-site') === null && headers.get('origin') === null) return stated
    const own = stated.split(';').filter((cookie) => this.#names.has(nameOf(cookie)))
    return own.length === 0 ? undefined : own.map((cookie) => cookie.trim()).join('; ')
  }
}

const nameOf = (cookie: string): string => (cookie.split(/[=;]/, 1)[0] as string).trim()
