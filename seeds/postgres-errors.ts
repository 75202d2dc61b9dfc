import { failure } from '../spec/index.ts'
import type { Failure } from '../spec/index.ts'

/**
 * Returns an address as it may be shown: without user and password.
 * @throws Failure for what is none, or where part of a password may stand elsewhere.
 */
export function withoutCredentials(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url && !url.pathname.includes('@')) return `${url.protocol}//${url.host}${url.pathname}`
  throw failure('read the address of Postgres', {
    expected: 'one like postgres://user:password@host:5432/database',
    received: 'another form',
    cure: 'Characters like @ and / in a user or password are written as %40 and %2F.',
  })
}

const causes: Readonly<Record<string, readonly [received: string, cure?: string]>> = {
  ECONNREFUSED: ['nobody there (connection refused)', 'Start one, or name another address.'],
  ENOTFOUND: ['an unknown name', 'Name another host.'],
  EAI_AGAIN: ['an unknown name', 'Name another host.'],
  '28P01': ['a refusal of the user or password', 'Say them in the address, or the password in PGPASSWORD.'],
  '28000': ['a refusal of the user', 'Name another, or let this one in (pg_hba.conf).'],
  '3D000': ['no database of that name', 'Make it (createdb), or name another.'],
  '42501': ['no right to do that', 'Grant it, or name another user or schema.'],
  '3F000': ['no schema that tables could be made in', 'Make one, or name it: ?options=-c%20search_path%3Ddemo.'],
  '53100': ['a full disk', 'The same command goes on from there.'],
  '53300': ['too many connections', 'Say --jobs 1, or wait.'],
  '57P01': ['its shutdown', 'What is written whole stays: the same command goes on from there.'],
}

/** Returns what went wrong with a Postgres in a sentence that says no password. */
export function explainPostgres(name: string, address: string, error: unknown): Failure {
  if (error instanceof Error && error.name === 'Failure') return error as Failure
  const { code = '', message } = (error instanceof AggregateError ? error.errors[0] : error) as NodeJS.ErrnoException
  const isLost = /terminated|ECONNRESET|EPIPE|closed|not queryable/i.test(`${message} ${code}`)
  const [received, cure] =
    causes[code] ??
    (isLost
      ? ['a lost connection', 'What is written whole stays: the same command goes on from there.']
      : [withoutSecrets(message === '' ? code || 'nothing' : message, address)])
  return failure(`seed ${name}`, {
    expected: 'a Postgres that takes it',
    received,
    ...(cure !== undefined && { cure }),
  })
}

/** Messages of a server may quote what it was sent. */
function withoutSecrets(message: string, address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined
  const secrets = [url?.password, url && decode(url.password), process.env.PGPASSWORD].filter(
    (secret): secret is string => secret !== undefined && secret !== '',
  )
  return secrets.reduce((text, secret) => text.replaceAll(secret, '***'), message.replace(/\.$/, ''))
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
