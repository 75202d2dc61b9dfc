import { misuse } from './misuse.ts'

/** An API's address, and the credentials that stood in it. */
export interface Address {
  /** Without user, query and slash at the end. */
  readonly baseUrl: string
  /** `Basic …`, where the URL named a user. */
  readonly authorization?: string
}

/** Returns the address that an option states. @throws Misuse for no absolute http or https URL, or one with a query or fragment. */
export function address(option: string, text: string): Address {
  const expected = 'an address like https://api.example.com/v2'
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) {
    const isBare = /^[\w.-]+(?::\d+)?(?:\/|$)/.test(text)
    throw misuse(option, {
      expected,
      received: url && !isBare ? `an address that begins with ${url.protocol}` : 'something that is no http address',
      ...(isBare && { cure: 'Begin with http:// or https://.' }),
    })
  }
  if (url.search || url.hash)
    throw misuse(option, {
      expected,
      received: 'one with a query or fragment',
      cure: 'Say parameters with --param name=value.',
    })
  const { username, password, origin, pathname } = url
  const baseUrl = origin + pathname.replace(/\/+$/, '')
  if (!username) return { baseUrl }
  return {
    baseUrl,
    authorization: `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`,
  }
}
