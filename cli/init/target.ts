import { builtIn, serversOf } from '../../spec/index.ts'
import { misuse } from '../misuse.ts'

/** An API that a page asks, and where. */
export interface Target {
  readonly name: string
  /** An address, or a path of the page's own origin. */
  readonly baseUrl: string
}

/**
 * Returns where a page asks APIs: at the address that is stated, several below it by their names; else at each document's server, over TLS where it has a choice.
 * @throws Failure for an unknown API, or an address that is none.
 */
export function targetsOf(names: readonly string[], stated: string | undefined): Target[] {
  if (stated !== undefined) checkAddress(stated)
  const base = stated?.replace(/\/+$/, '')
  const apis = [...new Set(names)].map(builtIn)
  return apis.map(({ name, document }) => {
    const servers = serversOf(document)
    const own = servers.find((url) => url.startsWith('https:')) ?? servers[0] ?? '/'
    return { name, baseUrl: base === undefined ? own : (apis.length > 1 ? `${base}/${name}` : base) || '/' }
  })
}

function checkAddress(text: string): void {
  const isPath = /^\/(?!\/)[^\s?#]*$/.test(text)
  const isAddress = URL.canParse(text) && /^https?:\/\/[^\s?#@]+$/.test(text)
  if (!isPath && !isAddress)
    throw misuse('--base-url', {
      expected: 'an address like https://api.example.com/v2, or a path like /api',
      received: JSON.stringify(text),
    })
}
