import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { SHARE_ENV, Worker } from 'node:worker_threads'
import { failure, isObject, suggest } from '../spec/index.ts'
import { configForms, fitsConfig } from './options/config.ts'
import type { ApiConfig } from './options/config.ts'
import { moduleFile } from './package.ts'

export type { ApiConfig } from './options/config.ts'

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
  known(Object.keys(value), ['$schema', 'apis'], file, '')
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
  known(Object.keys(stated), Object.keys(configForms), file, ` at ${where}`)
  for (const [key, value] of Object.entries(stated)) {
    const { expected, schema } = configForms[key as keyof ApiConfig]
    // Headers are not shown: they may be secret.
    if (!fitsConfig(schema, value))
      throw failure(`read ${file}`, {
        expected: `${expected} at ${where}.${key}`,
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

/** Milliseconds that a configuration may take: it may ask for secrets elsewhere. */
const patience = 10_000

async function evaluate(file: string): Promise<unknown> {
  const thread = new Worker(moduleFile('cli/config-thread'), {
    workerData: pathToFileURL(resolve(file)).href,
    env: SHARE_ENV,
  })
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise((settle, reject) => {
      const refuse = (received: string): void =>
        reject(failure(`read ${file}`, { expected: 'a module that exports an object of data as default', received }))
      thread.once('message', settle)
      thread.once('error', ({ code, message }: NodeJS.ErrnoException) =>
        refuse(typeof code === 'string' ? code : message || 'something that is no data'),
      )
      thread.once('exit', () => refuse('one that ends before it exports anything'))
      timer = setTimeout(() => refuse(`nothing for ${patience / 1000} seconds`), patience)
    })
  } finally {
    clearTimeout(timer)
    await thread.terminate()
  }
}
