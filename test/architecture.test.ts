import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { declaresPackages, knowsNoApi, rules } from './support/house.ts'
import type { Rule } from './support/house.ts'
import { readSources, sourceOf } from './support/sources.ts'

const sources = readSources()
const apis = readdirSync(new URL('../spec/apis/', import.meta.url))
const { dependencies = {}, peerDependencies = {} } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
)
const house: Readonly<Record<string, Rule>> = {
  ...rules,
  'knows no API by its name': knowsNoApi(apis),
  'imports only packages that are installed with it': declaresPackages([
    ...Object.keys(dependencies),
    ...Object.keys(peerDependencies),
  ]),
}

/** Made-up modules, and the rule each breaks. */
const broken: readonly (readonly [rule: string, files: Readonly<Record<string, string>>])[] = [
  ['imports only rooms that its own may know', { 'contracts/a.ts': "import { b } from '../factories/index.ts'\n" }],
  ['imports only rooms that its own may know', { 'factories/a.ts': "import type { B } from '../mocks/index.ts'\n" }],
  ['imports only rooms that its own may know', { 'spec/a.ts': "import { mock } from '../index.ts'\n" }],
  [
    'imports only rooms that its own may know',
    { 'mocks/a.ts': "import {\n  b,\n  c,\n} from '../contracts/index.ts'\n" },
  ],
  ['imports only rooms that its own may know', { 'cli/a.ts': "import { b } from '../test/support/b.ts'\n" }],
  ['imports only rooms that its own may know', { 'seeds/a.ts': "export { b } from '../contracts/index.ts'\n" }],
  ['enters other rooms by their index', { 'mocks/deep/a.ts': "import { b } from '../../spec/pointer.ts'\n" }],
  ['enters other rooms by their index', { 'test/a.test.ts': "import { b } from '../factories/random.ts'\n" }],
  ['enters other rooms by their index', { 'test/spec/a.test.ts': "import { b } from '../../mocks/mock.ts'\n" }],
  ['leaves the index of its own room alone', { 'spec/a/b.ts': "import { c } from '../index.ts'\n" }],
  [
    'imports nothing that imports it back at run time',
    {
      'spec/a.ts': "import { b } from './b.ts'\n",
      'spec/b.ts': "import { c } from './c.ts'\n",
      'spec/c.ts': "import { a } from './a.ts'\n",
    },
  ],
  ['imports nothing that imports it back at run time', { 'spec/a.ts': "const b = await import('./a.ts')\n" }],
  ['uses Node only at the rim', { 'factories/a.ts': "import { readFileSync } from 'node:fs'\n" }],
  ['uses Node only at the rim', { 'mocks/index.ts': "export { serve } from './server.ts'\n" }],
  ['uses Node only at the rim', { 'contracts/a.ts': 'const debug = process.env.DEBUG\n' }],
  ['asks neither the clock nor chance inside', { 'factories/a.ts': 'const now = Date.now()\n' }],
  ['asks neither the clock nor chance inside', { 'mocks/a.ts': 'const now = new Date()\n' }],
  ['asks neither the clock nor chance inside', { 'spec/a.ts': 'const chance = () => Math.random() // a comment\n' }],
  ['asks neither the clock nor chance inside', { 'mocks/a.ts': 'const id = crypto.randomUUID()\n' }],
  ['makes no code out of text', { 'spec/a.ts': "const f = new Function('return 1')\n" }],
  ['makes no code out of text', { 'mocks/a.ts': 'const f = eval(text)\n' }],
  ['keeps APIs data', { 'spec/apis/ring/quirks.ts': 'const a = 1\n' }],
  ['has no shipped file of more than 350 lines', { 'spec/a.ts': '\n'.repeat(351) }],
  [
    'declares an exported name in one file',
    { 'spec/a.ts': 'export const total = 1\n', 'cli/b.ts': 'export type total = number\n' },
  ],
  [
    'declares an exported name in one file',
    { 'spec/a.ts': 'export async function read() {}\n', 'desk/page/b.tsx': 'export function read() {}\n' },
  ],
  ['lies at most two folders deep', { 'factories/a/b/c.ts': '' }],
  ['says first what it is for', { 'spec/a.ts': "import { b } from './b.ts'\n" }],
  ['names files in lower case, after what they hold', { 'spec/CamelCase.ts': '' }],
  ['names files in lower case, after what they hold', { 'spec/utils.ts': '' }],
  ['exports by name', { 'spec/a.ts': "export * from './b.ts'\n" }],
  ['exports by name', { 'spec/a.ts': 'export default 1\n' }],
  ['exports by name', { 'spec/a.ts': 'export enum Colour { red }\n' }],
  ['speaks in one place', { 'cli/a.ts': 'console.error(title)\n' }],
  ['speaks in one place', { 'cli/seed/a.ts': 'process.stdout.write(title)\n' }],
  ['knows no API by its name', { 'mocks/a.ts': "const isOdd = model.name === 'stuut'\n" }],
  ['knows no API by its name', { 'mocks/a.ts': 'const quirks = { truto: true }\n' }],
  ['imports only packages that are installed with it', { 'spec/a.ts': "import pad from 'left-pad'\n" }],
]

/** Made-up modules that break none. */
const fine: Readonly<Record<string, string>> = {
  'mocks/a.ts':
    "// Makes a.\nimport { b } from '../spec/index.ts'\nimport type { C } from './c.ts'\n\n/** @example mock('stuut'), new Date(), Math.random() */\nexport const a = new Date(b)\n",
  'mocks/c.ts':
    "// Defines C.\nimport { a } from './a.ts'\nexport type C = typeof a // Date.now() and https://example.com\nconst url = 'https://eval(1)'\n",
  'cli/a.ts':
    "// Serves.\nimport { readFileSync } from 'node:fs'\nimport { serve } from '../mocks/server.ts'\nconst help = 'proforma serve stuut'\nconst now = new Date()\n",
  'cli/b.ts': "// Shows code.\nconst text = `\nimport { mock } from 'proforma'\n`\n",
  'mocks/adapters/tool.ts': "// Fits a tool.\nimport { test } from 'tool'\n",
  'test/mocks/a.test.ts': "import { it } from 'vitest'\nimport { b } from '../../mocks/deep/b.ts'\n",
}

const read = (files: Readonly<Record<string, string>>) =>
  Object.entries(files).map(([path, text]) => sourceOf(path, text))

it('finds the rooms', () => {
  expect([...new Set(sources.map(({ room }) => room))]).toEqual(
    expect.arrayContaining(['spec', 'factories', 'contracts', 'mocks', 'seeds', 'cli', 'test', 'root']),
  )
  expect(sources.find(({ path }) => path === 'index.ts')?.imports.length).toBeGreaterThan(2)
})

it('builds what runs in a thread of its own', () => {
  const build = sources.find(({ path }) => path === 'build.ts')
  const started = sources
    .filter(({ room }) => room === 'cli')
    .flatMap(({ path }) => [...readFileSync(path, 'utf8').matchAll(/new Worker\((?:moduleFile\('([^']+)'\))?/g)])
    .map(([, name]) => name)
  expect(started.length).toBeGreaterThan(1)
  expect(started.filter((name) => name === undefined || !build?.texts.includes(name))).toEqual([])
})

describe('every file', () => {
  it.each(Object.entries(house))('%s', (_, rule) => {
    expect(rule(sources)).toEqual([])
  })
})

describe('the rules', () => {
  it.each(broken)('notice what breaks "%s" in %j', (name, files) => {
    const breaches = Object.entries(house).filter(([, rule]) => rule(read(files)).length > 0)
    expect(breaches.map(([sentence]) => sentence)).toContain(name)
  })

  it('each have a file that breaks them', () => {
    expect(Object.keys(house).filter((name) => !broken.some(([rule]) => rule === name))).toEqual([])
  })

  it('let pass what is allowed', () => {
    const breaches = Object.values(house).flatMap((rule) => rule(read(fine)))
    expect(breaches).toEqual([])
  })
})
