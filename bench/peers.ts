import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { codeOf, plain, withFaker } from './code.ts'
import type { Bounded } from './bounded.ts'

/** Makes a value of the schema, one after another. */
export type Make = () => unknown

const require = createRequire(import.meta.url)
const urlOf = (name: string): string => import.meta.resolve(name)

/** What others make of a schema, by their names; why not where they are not installed. */
export async function openPeers(schema: Bounded, folder: string): Promise<Map<string, Make | string>> {
  const peers: readonly (readonly [name: string, open: () => Promise<Make>])[] = [
    ['literals by hand, plain PRNG', () => literal(codeOf(schema, plain), join(folder, 'plain.mjs'))],
    ['faker by hand', () => literal(codeOf(schema, withFaker(urlOf('@faker-js/faker'))), join(folder, 'faker.mjs'))],
    ['msw-auto-mock', () => autoMock(schema, folder)],
    ['json-schema-faker 0.6', () => schemaFaker(schema)],
    [
      'openapi-sampler',
      async () => {
        const { sample } = (await import(urlOf('openapi-sampler'))) as { sample: (schema: unknown) => unknown }
        return () => sample(schema)
      },
    ],
    ['Prism dynamic', async () => prism(schema)],
  ]
  const opened = new Map<string, Make | string>()
  for (const [name, open] of peers) opened.set(name, await open().catch(reasonOf))
  return opened
}

const reasonOf = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException
  return code?.endsWith('MODULE_NOT_FOUND') ? 'not installed' : (message.split('\n')[0] ?? '')
}

async function literal(code: string, file: string): Promise<Make> {
  writeFileSync(file, code)
  return ((await import(pathToFileURL(file).href)) as { make: Make }).make
}

/** Its output without the handlers around it. */
async function autoMock(schema: Bounded, folder: string): Promise<Make> {
  const home = dirname(require.resolve('msw-auto-mock/package.json'))
  const responses = { 200: { description: 'One.', content: { 'application/json': { schema } } } }
  writeFileSync(
    join(folder, 'document.json'),
    JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'One', version: '1' },
      paths: { '/one': { get: { operationId: 'getOne', responses } } },
    }),
  )
  spawnSync(process.execPath, [join(home, 'bin/cli.js'), join(folder, 'document.json'), '-o', join(folder, 'auto')], {
    cwd: folder,
  })
  const text = readFileSync(join(folder, 'auto/handlers.js'), 'utf8')
  const code = text.slice(text.indexOf('export function'))
  const name = /export function (\w+)/.exec(code)?.[1]
  return literal(
    `import { faker } from ${JSON.stringify(urlOf('@faker-js/faker'))}\nconst MAX_ARRAY_LENGTH = 20, MAX_STRING_LENGTH = 42\n${code}\nexport const make = ${name}\n`,
    join(folder, 'auto.mjs'),
  )
}

async function schemaFaker(schema: Bounded): Promise<Make> {
  const { generateSync } = (await import(urlOf('json-schema-faker'))) as {
    generateSync?: (schema: unknown, options: object) => unknown
  }
  // Prism brings an older one.
  if (!generateSync) throw new Error('only an older one is installed')
  let seed = 0
  return () => generateSync(schema, { seed: seed++, alwaysFakeOptionals: true })
}

function prism(schema: Bounded): Make {
  const home = createRequire(require.resolve('@stoplight/prism-cli/package.json'))
  const { generate } = home('@stoplight/prism-http/dist/mocker/generator/JSONSchema') as {
    generate: (resource: object, bundle: object, schema: unknown, seed?: string) => { right?: unknown }
  }
  return () => generate({ id: 'one' }, {}, schema).right
}
