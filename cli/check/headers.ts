import { readFileSync } from 'node:fs'
import { failure } from '../../spec/index.ts'
import { misuse } from '../misuse.ts'
import { headersOf, pairs } from '../pairs.ts'

/** Where headers are stated. */
export interface HeaderSources {
  /** Of a configuration file. */
  readonly config?: Readonly<Record<string, string>>
  readonly files?: readonly string[]
  /** `Name=VARIABLE`. */
  readonly variables?: readonly string[]
  readonly flags?: readonly string[]
}

/** Returns the headers to send; what is said closer to the command wins. @throws Failure for a variable that is not set, or a file that cannot be read. */
export function headersFrom({
  config = {},
  files = [],
  variables = [],
  flags = [],
}: HeaderSources): Record<string, string> {
  const named = Object.entries(pairs(variables, { option: '--header-env', separator: '=', example: 'Name=VARIABLE' }))
  const lines = [
    ...Object.entries(config).map(([name, value]) => `${name}: ${expand(name, value)}`),
    ...files.flatMap(linesOf),
    ...named.map(([name, variable]) => `${name}: ${valueOf(name, variable)}`),
    ...flags,
  ]
  const headers = new Map<string, readonly [string, string]>()
  for (const [name, value] of lines.flatMap((line) => Object.entries(headersOf([line]))))
    headers.set(name.toLowerCase(), [name, value])
  return Object.fromEntries(headers.values())
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
