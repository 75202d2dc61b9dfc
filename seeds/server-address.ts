// Reads addresses of database servers and hides their passwords.

import { failure, percentDecoded } from '../spec/index.ts'

/**
 * Returns the address of a database server as it may be shown: without user and password.
 * @throws Failure for what is no address, or where part of a password may stand elsewhere in it.
 */
export function serverAddress(address: string, server: 'Postgres' | 'MySQL'): string {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url && !url.pathname.includes('@')) return `${url.protocol}//${url.host}${url.pathname}`
  throw failure(`read the address of ${server}`, {
    expected: `one like ${server === 'MySQL' ? 'mysql' : 'postgres'}://user:password@host:${server === 'MySQL' ? 3306 : 5432}/database`,
    received: 'another form',
    cure: 'Characters like @ and / in a user or password are written as %40 and %2F.',
  })
}

/** What to do where a run was interrupted. */
export const goesOn = 'What is written whole stays: the same command goes on from there.'

/** Tells whether a message is about a server that took a connection and said nothing, or did not take it. */
export const isSilent = (message: string): boolean =>
  /timeout expired|connection timeout|connect ETIMEDOUT|handshake timeout/i.test(message)

/** Tells whether a message is about a connection that broke. */
export const isLostConnection = (message: string): boolean =>
  /terminated|ECONNRESET|EPIPE|closed|not queryable|CONNECTION_LOST/i.test(message)

/** Returns a server's message without the passwords that it may quote, those of the address and of the environment. */
export function withoutSecrets(message: string, address: string, fromEnvironment = ''): string {
  const password = URL.canParse(address) ? new URL(address).password : ''
  const secrets = [password, percentDecoded(password) ?? password, fromEnvironment].filter((secret) => secret !== '')
  return secrets.reduce((text, secret) => text.replaceAll(secret, '***'), message.replace(/\.$/, ''))
}
