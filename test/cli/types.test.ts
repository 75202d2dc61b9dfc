import { spawnSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }

const root = join(import.meta.dirname, '../..')

/** What examples are about that the text around them says: declared where an example uses it and does not say it itself. */
const around: Readonly<Record<string, string>> = {
  mock: "import { mock } from 'proforma'",
  factory: "import { factory } from 'proforma'",
  expect: "import { expect } from 'vitest'",
  url: 'declare const url: string',
  token: 'declare const token: string',
  headers: 'declare const headers: Record<string, string>',
  page: "declare const page: import('playwright-core').Page",
  model: "declare const model: import('proforma').Model",
  customers:
    "declare const customers: import('proforma').Factory<{ name: string, balance: number, addresses: { city: string }[], tags: string[] }>",
}

/** Files that examples import and their readers have. */
const files = {
  'InvoiceList.ts': 'export const InvoiceList = (): null => null\n',
  'jest.d.ts': "import 'expect'\n",
  'stuut.d.ts':
    'export function validate(operation: string, body: unknown): { pointer: string }[]\nexport const names: string[]\n',
  'own.d.ts':
    "export const validators: NonNullable<NonNullable<Parameters<typeof import('proforma').mock>[1]>['validators']>\n",
}

interface Example {
  readonly page: string
  readonly line: number
  readonly code: string
}

const examples: readonly Example[] = ['README.md', ...globSync('docs/*.md', { cwd: root })]
  .toSorted()
  .flatMap((page) => {
    const text = readFileSync(join(root, page), 'utf8')
    return [...text.matchAll(/^```ts\n(.*?)^```/gms)].map(({ index, 1: code = '' }) => ({
      page,
      line: text.slice(0, index).split('\n').length,
      code,
    }))
  })

/** Returns an example as a module of its own. */
function moduleOf(code: string): string {
  const prelude = Object.entries(around).filter(
    ([name]) =>
      new RegExp(`(?<![.\\w'/-])${name}\\b(?!:)`).test(code) &&
      !new RegExp(`(?:const|let|function) ${name}\\b|(?:const|import) \\{[^}]*\\b${name}\\b`).test(code),
  )
  const lines = prelude.map(([, line]) => line).join('; ')
  return `${lines}; export {}; ${code}`
}

const resolutions = [
  { module: 'esnext', moduleResolution: 'bundler' },
  { module: 'node16', moduleResolution: 'node16' },
] as const

let project: string

/** Compiles files as a strict project would, and returns what is wrong with them and with the package. */
function compile(
  include: readonly string[],
  resolution: (typeof resolutions)[number],
  types: readonly string[],
): string[] {
  const config = join(project, 'tsconfig.json')
  const compilerOptions = {
    ...resolution,
    strict: true,
    skipLibCheck: false,
    target: 'es2024',
    lib: ['es2024', 'dom', 'dom.iterable'],
    types,
    noEmit: true,
  }
  writeFileSync(config, JSON.stringify({ compilerOptions, include }))
  const { stdout, status } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/typescript/bin/tsc'), '-p', config],
    {
      cwd: project,
      encoding: 'utf8',
    },
  )
  expect(status, stdout).toBeLessThanOrEqual(2)
  // What others declare is theirs.
  return stdout
    .split('\n')
    .filter((line) => /error TS/.test(line) && !/^(?:\.\.\/)*node_modules\/(?!proforma\/)|^\.\.\//.test(line))
}

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'proforma-types-'))
  const modules = join(project, 'node_modules')
  cpSync(join(root, 'dist'), join(modules, 'proforma/dist'), {
    recursive: true,
    filter: (path) => !path.endsWith('.map'),
  })
  cpSync(join(root, 'package.json'), join(modules, 'proforma/package.json'))
  // No optional peer but the runner whose matchers are shown.
  const installed = [...Object.keys(manifest.dependencies), 'msw', 'vite', 'vitest', 'playwright-core', '@types/node']
  for (const name of installed) {
    mkdirSync(dirname(join(modules, name)), { recursive: true })
    symlinkSync(join(root, 'node_modules', name), join(modules, name))
  }
  // Jest's, as far as it is extended.
  mkdirSync(join(modules, 'expect'))
  writeFileSync(join(modules, 'expect/package.json'), '{ "types": "index.d.ts" }')
  writeFileSync(join(modules, 'expect/index.d.ts'), 'export interface Matchers<R> { not: R }\n')
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }')
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text)
})
afterAll(() => rmSync(project, { recursive: true, force: true }))

describe.each(resolutions)('with moduleResolution $moduleResolution', (resolution) => {
  it('types need neither optional peers nor those of Node', () => {
    const names = Object.keys(manifest.exports).filter((name) => !/json$|vitest$|apis/.test(name))
    expect(names).toContain('./playwright')
    writeFileSync(
      join(project, 'all.ts'),
      names
        .map((name) => `export type * as ${name.replace(/\W+/g, '_')} from '${name.replace('.', 'proforma')}'\n`)
        .join(''),
    )
    expect(compile(['all.ts'], resolution, [])).toEqual([])
  })

  it('every example of the documentation compiles', () => {
    expect(examples.length).toBeGreaterThanOrEqual(20)
    const names = examples.map(({ page, line, code }) => {
      // Relative imports of a page that a bundler resolves have no ending.
      const text = resolution.module === 'node16' ? code.replace("'./InvoiceList'", "'./InvoiceList.js'") : code
      const name = `${page.replace(/\W/g, '-')}-${line}.ts`
      writeFileSync(join(project, name), moduleOf(text))
      return name
    })
    expect(compile(['jest.d.ts', ...names], resolution, ['node'])).toEqual([])
  })

  it('an example that is wrong does not compile', () => {
    writeFileSync(join(project, 'wrong.ts'), moduleOf("factory('stuut').build({ status: 'payed' })\n"))
    expect(compile(['wrong.ts'], resolution, ['node'])).toMatchObject([expect.stringContaining('payed')])
  })
})
