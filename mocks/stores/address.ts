import { failure } from '../../spec/index.ts'

/** Tells whether a text is the address of a Redis or Valkey. */
export const isRedis = (address: string): boolean => /^(?:redis|valkey)s?:/i.test(address)

/** Returns an address as it may be shown: without user and password. */
export const nameOf = ({ protocol, host, pathname }: URL): string =>
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
