import { readFileSync } from 'node:fs'
import { failure } from '../../spec/index.ts'
import { misuse } from '../misuse.ts'
import { pair } from '../options/kinds.ts'
import { readText } from '../options/readers.ts'

/** Where headers are stated. */
export interface HeaderSources {
  /** Of a configuration file. */
  readonly config?: Readonly<Record<string, string>>
  readonly files?: readonly string[]
  /** Variables by the name of the header that one holds. */
  readonly variables?: Readonly<Record<string, string>>
  readonly flags?: Readonly<Record<string, string>>
}

/**
 * Returns the headers to send; what is said closer to the command wins.
 * @throws Failure for a variable that is not set, a file that cannot be read, or a name or value that HTTP does not allow (RFC 9110, 5.5 and 5.6.2).
 */
export function headersFrom({
  config = {},
  files = [],
  variables = {},
  flags = {},
}: HeaderSources): Record<string, string> {
  const stated = [
    ...Object.entries(config).map(([name, value]) => [name, expand(name, value)] as const),
    ...files.flatMap(linesOf).flatMap((line) => Object.entries(readText('--header', line, headerLine))),
    ...Object.entries(variables).map(([name, variable]) => [name, valueOf(name, variable)] as const),
    ...Object.entries(flags),
  ]
  const headers = new Map<string, readonly [string, string]>()
  for (const [name, value] of stated) headers.set(name.toLowerCase(), [checkName(name), checkValue(name, value)])
  return Object.fromEntries(headers.values())
}

const headerLine = pair('header', ':', "'Name: value'")

function checkName(name: string): string {
  if (/^[!#$%&'*+\-.^_`|~\w]+$/.test(name)) return name
  throw misuse('--header', { expected: 'a name of letters, digits and dashes', received: JSON.stringify(name) })
}

function checkValue(name: string, value: string): string {
  // oxlint-disable-next-line no-control-regex
  if (/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) return value.trim()
  throw misuse(`--header ${name}`, {
    expected: 'a value without line breaks and beyond Latin-1',
    received: 'one with such a character',
  })
}

/** `env:NAME`, alone or after a scheme: `Bearer env:NAME`. */
function expand(name: string, value: string): string {
  const [, scheme = '', variable] = /^(\S+ )?env:(\w+)$/.exec(value) ?? []
  return variable === undefined ? value : scheme + valueOf(name, variable)
}

function valueOf(name: string, variable: string): string {
  const value = process.env[variable]
  if (value === undefined || value === '')
    throw misuse(`header ${name}`, {
      expected: `the environment variable ${variable}`,
      received: value === undefined ? 'none of that name' : 'an empty one',
    })
  return value
}

function linesOf(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8')
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '' && !line.startsWith('#'))
  } catch (error) {
    throw failure(`read ${file}`, {
      expected: "a file of lines 'Name: value'",
      received: (error as NodeJS.ErrnoException).code ?? String(error),
    })
  }
}
