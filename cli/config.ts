import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { failure, isObject, suggest } from '../spec/index.ts'

/** What a configuration file says of one API; the command line wins. */
export interface ApiConfig {
  readonly url?: string
  /** `env:NAME`, alone or after a scheme as in `Bearer env:NAME`, takes the value of an environment variable. */
  readonly headers?: Readonly<Record<string, string>>
  readonly parameters?: Readonly<Record<string, string>>
  readonly ids?: readonly string[]
  /** Weight of laws and rules, by code. */
  readonly laws?: Readonly<Record<string, 'off' | 'warn' | 'error'>>
  readonly mode?: 'documented' | 'strict' | 'lenient'
  readonly tolerance?: number
  readonly today?: string
  readonly maxPages?: number
  readonly rate?: string
  readonly retries?: number
  /** Seconds. */
  readonly timeout?: number
  readonly maxBytes?: number
  readonly minCoverage?: Readonly<Record<string, number>>
}

/** What a configuration file may say, and in what form. */
const forms: Readonly<Record<keyof ApiConfig, readonly [says: string, fits: (value: unknown) => boolean]>> = {
  url: ['a text', isText],
  headers: ['texts by name', (value) => isTable(value, isText)],
  parameters: ['texts by name', (value) => isTable(value, isText)],
  ids: ['a list of texts', (value) => Array.isArray(value) && value.every(isText)],
  laws: [
    'off, warn or error by code',
    (value) => isTable(value, (level) => level === 'off' || level === 'warn' || level === 'error'),
  ],
  mode: [
    'documented, strict or lenient',
    (value) => value === 'documented' || value === 'strict' || value === 'lenient',
  ],
  tolerance: ['a whole number', isWhole],
  today: ['a text', isText],
  maxPages: ['a whole number', isWhole],
  rate: ['a text like 5/s', isText],
  retries: ['a whole number', isWhole],
  timeout: ['a whole number of seconds', isWhole],
  maxBytes: ['a whole number', isWhole],
  minCoverage: [
    'percents by kind',
    (value) => isTable(value, (figure) => typeof figure === 'number' && figure >= 0 && figure <= 100),
  ],
}

const usual = ['proforma.config.json', 'proforma.config.js', 'proforma.config.mjs']

/**
 * Returns what the configuration file says of an API, nothing where there is no file or it does not name the API; where it names
 * only others, that is said on standard error.
 * @throws Failure for a file that cannot be read, an unknown key (with a suggestion), or a value of another form.
 */
export async function configFor(
  api: string,
  file: string | undefined = usual.find((name) => existsSync(name)),
): Promise<ApiConfig> {
  if (file === undefined) return {}
  const value = file.endsWith('.json') ? parse(file) : await evaluate(file)
  if (!isObject(value))
    throw failure(`read ${file}`, { expected: 'an object', received: JSON.stringify(value) ?? 'nothing' })
  known(Object.keys(value), ['apis'], file, '')
  const apis = value.apis ?? {}
  if (!isObject(apis)) throw failure(`read ${file}`, { expected: 'an object at apis', received: JSON.stringify(apis) })
  for (const [name, stated] of Object.entries(apis)) vet(stated, file, `apis.${name}`)
  if (Object.hasOwn(apis, api)) return apis[api] as ApiConfig
  const others = Object.keys(apis)
  if (others.length > 0) console.error(`${file} says nothing of ${JSON.stringify(api)}. ${suggest(api, others)}`)
  return {}
}

function vet(stated: unknown, file: string, where: string): void {
  if (!isObject(stated))
    throw failure(`read ${file}`, { expected: `an object at ${where}`, received: JSON.stringify(stated) })
  known(Object.keys(stated), Object.keys(forms), file, ` at ${where}`)
  for (const [key, value] of Object.entries(stated)) {
    const [says, fits] = forms[key as keyof ApiConfig]
    // Headers are not shown: they may be secret.
    if (!fits(value))
      throw failure(`read ${file}`, {
        expected: `${says} at ${where}.${key}`,
        received: key === 'headers' ? 'something else' : (JSON.stringify(value) ?? 'nothing'),
      })
  }
}

function known(keys: readonly string[], names: readonly string[], file: string, where: string): void {
  const stranger = keys.find((key) => !names.includes(key))
  if (stranger !== undefined)
    throw failure(`read ${file}`, {
      expected: `keys that exist${where}`,
      received: JSON.stringify(stranger),
      cure: suggest(stranger, names),
    })
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown
  } catch (error) {
    throw failure(`read ${file}`, {
      expected: 'a readable JSON file',
      received: (error as NodeJS.ErrnoException).code ?? (error as Error).message,
    })
  }
}

async function evaluate(file: string): Promise<unknown> {
  try {
    return ((await import(pathToFileURL(resolve(file)).href)) as { default?: unknown }).default
  } catch (error) {
    throw failure(`read ${file}`, {
      expected: 'a module that exports an object as default',
      received: (error as NodeJS.ErrnoException).code ?? (error as Error).message,
    })
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isWhole(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

const isTable = (value: unknown, fits: (item: unknown) => boolean): boolean =>
  isObject(value) && Object.values(value).every(fits)
