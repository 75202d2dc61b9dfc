// Writes the text of a project's mocks file and lists the steps that are left to do.

import { dirname, join, relative } from 'node:path'
import type { Project } from './project.ts'
import { usageError } from '../usage-error.ts'
import type { NextStep } from '../terminal.ts'
import { builtIn, serversOf } from '../../spec/index.ts'

/** Where the mocks file goes. */
export const starterPath = ({ source, isTyped }: Project): string =>
  join(source, 'mocks', `browser.${isTyped ? 'ts' : 'js'}`)

/**
 * Returns the text of a project's mocks file. Everything in it is loaded in development only, and left out of what is built
 * for production.
 */
export function starterOf({ kind, isTyped }: Project, apis: readonly ApiTarget[]): string {
  const { guard, start, before = [] } = kinds[kind]
  const isHeld = kind === 'next'
  const result = isTyped ? `: ${isHeld ? 'void' : 'Promise<void>'}` : ''
  const begin = [
    `const [{ setupWorker }, { mock }, ${apis.map(({ name }) => `{ ${variable(name)} }`).join(', ')}] = await Promise.all([`,
    ...['msw/browser', 'proforma', ...apis.map(({ name }) => `proforma/apis/${name}`)].map(
      (path) => `  ${loading(path)},`,
    ),
    '])',
    ...apis.flatMap((target, index) => mockLines(target, index > 0 ? apis[0] : undefined)),
    `const worker = setupWorker(${apis.map(({ name }) => `...${mockVariable(name)}.handlers`).join(', ')})`,
    `await worker.start(${start})`,
  ]
  const body = isHeld ? held(begin) : begin
  return [
    ...(isTyped ? before : []),
    `/** Answers requests to ${list(apis.map(({ name, baseUrl }) => `${name} (${baseUrl})`))} in development. Elsewhere it does nothing, and nothing of it is loaded. */`,
    `export ${isHeld ? '' : 'async '}function startMocks()${result} {`,
    `  if (${guard}) {`,
    ...body.map((line) => `    ${line}`),
    '  }',
    '}',
    '',
  ].join('\n')
}

/** Returns the expression that loads a module. Written so that nobody takes it for an import of this one. */
const loading = (specifier: string): string => ['import', `('${specifier}')`].join('')

interface Kind {
  readonly guard: string
  /** Options of `worker.start`. */
  readonly start: string
  readonly before?: readonly string[]
}

const kinds: Readonly<Record<Project['kind'], Kind>> = {
  vite: {
    guard: 'import.meta.env.DEV',
    start: "{ onUnhandledFrame: 'bypass', serviceWorker: { url: `${import.meta.env.BASE_URL}mockServiceWorker.js` } }",
    before: ['/// <reference types="vite/client" />', ''],
  },
  // A build for production puts false in place of it, and leaves out what it guards.
  angular: {
    guard: "typeof ngDevMode === 'undefined' || ngDevMode",
    start: "{ onUnhandledFrame: 'bypass' }",
    before: ['declare const ngDevMode: unknown', ''],
  },
  nuxt: { guard: 'import.meta.dev', start: "{ onUnhandledFrame: 'bypass' }" },
  sveltekit: { guard: 'import.meta.env.DEV', start: "{ onUnhandledFrame: 'bypass' }" },
  next: { guard: "process.env.NODE_ENV === 'development'", start: "{ onUnhandledFrame: 'bypass' }" },
  plain: {
    guard: "['localhost', '127.0.0.1', '[::1]'].includes(location.hostname)",
    start: "{ onUnhandledFrame: 'bypass' }",
  },
}

/** Next does not wait for what is started before its page: calls to `fetch` do. */
const held = (begin: readonly string[]): string[] => [
  'const begin = async () => {',
  ...begin.map((line) => `  ${line}`),
  '}',
  'const ready = begin().catch((error) => console.error(error))',
  'const { fetch } = window',
  '// The page may ask before the worker answers.',
  'window.fetch = async (...request) => {',
  '  await ready',
  '  return fetch(...request)',
  '}',
]

/** Several share one set of books, so that they tell the same story. */
function mockLines({ name, baseUrl }: ApiTarget, first: ApiTarget | undefined): string[] {
  return [
    `const ${mockVariable(name)} = mock(${variable(name)}, {`,
    `  baseUrl: ${quote(baseUrl)},`,
    first
      ? `  business: ${mockVariable(first.name)}.business,`
      : '  today: new Date(), // without it, the books stand still on 2026-01-15',
    '})',
  ]
}

const quote = (text: string): string => `'${text.replaceAll(/['\\]/g, '\\$&')}'`

const variable = (name: string): string => name.replace(/-+(.)/g, (_, letter: string) => letter.toUpperCase())

const mockVariable = (name: string): string => `${variable(name)}Mock`

const list = (words: readonly string[]): string => new Intl.ListFormat('en').format(words)

/** Returns how a module imports another, without its ending. */
function importPath(from: string, to: string): string {
  const path = relative(dirname(from), to)
    .replaceAll('\\', '/')
    .replace(/\.[jt]s$/, '')
  return path.startsWith('.') ? path : `./${path}`
}

/** Returns what is left to do in a project, with the lines to add. */
export function stepsFor(project: Project, starter: string, apis: readonly ApiTarget[]): NextStep[] {
  const missing = ['proforma', 'msw'].filter((name) => !project.packages.includes(name))
  return [
    ...(missing.length > 0 ? [{ says: 'Install:', lines: [`npm install --save-dev ${missing.join(' ')}`] }] : []),
    ...stepsIn[project.kind](project, starter),
    {
      says: 'Requests to these addresses are answered, and none of the page itself. Another one is said with --base-url:',
      lines: apis.map(({ name, baseUrl }) => `${name.padEnd(widest(apis))}  ${baseUrl}`),
    },
    { says: 'It is the day of the browser there (today in the mocks file), as with proforma serve.', lines: [] },
  ]
}

const stepsIn: Readonly<Record<Project['kind'], (project: Project, starter: string) => NextStep[]>> = {
  vite({ root, isTyped, entry = `src/main.${isTyped ? 'ts' : 'js'}` }, starter) {
    const lines = [`import { startMocks } from '${importPath(join(root, entry), starter)}'`, '', 'await startMocks()']
    return [{ says: `Add to ${entry}, before anything is rendered:`, lines }]
  },
  next({ root, source, isTyped }, starter) {
    const file = join(source, `instrumentation-client.${isTyped ? 'ts' : 'js'}`)
    return [
      {
        says: `Add to ${shown(root, file)}, or create it:`,
        lines: [`import { startMocks } from '${importPath(file, starter)}'`, '', 'startMocks()'],
      },
      onServer('Next'),
    ]
  },
  nuxt({ root, source, isTyped }, starter) {
    const file = join(source, 'plugins', `mocks.client.${isTyped ? 'ts' : 'js'}`)
    return [
      {
        says: `Create ${shown(root, file)}:`,
        lines: [
          `import { startMocks } from '${importPath(file, starter)}'`,
          '',
          'export default defineNuxtPlugin(() => startMocks())',
        ],
      },
      onServer('Nuxt'),
    ]
  },
  sveltekit({ root, source, isTyped }, starter) {
    const file = join(source, `hooks.client.${isTyped ? 'ts' : 'js'}`)
    return [
      {
        says: `Add to ${shown(root, file)}, or create it; SvelteKit 2.10 or later waits for it:`,
        lines: [`import { startMocks } from '${importPath(file, starter)}'`, '', 'export const init = startMocks'],
      },
      onServer('SvelteKit'),
    ]
  },
  angular({ root, source }, starter) {
    const file = join(source, 'main.ts')
    return [
      {
        says: `In ${shown(root, file)}, start the application after the mocks:`,
        lines: [
          `import { startMocks } from '${importPath(file, starter)}'`,
          '',
          'startMocks()',
          '  .then(() => bootstrapApplication(App, appConfig))',
          '  .catch((error) => console.error(error))',
        ],
      },
    ]
  },
  plain({ root, isTyped, entry }, starter) {
    const own = entry ?? 'your-own.js'
    const path = `/${shown(root, starter)}`
    const lines = [
      '<script type="module">',
      `  import { startMocks } from '${path}'`,
      '',
      '  await startMocks()',
      `  await ${loading(`/${own}`)}`,
      '</script>',
    ]
    return [
      { says: `Start the page with this, instead of a script tag for ${entry ?? 'your own script'}:`, lines },
      {
        says: `It takes a bundler or a development server that finds packages by name${isTyped ? ' and reads TypeScript' : ''}. Without one, run proforma serve instead.`,
        lines: [],
      },
    ]
  },
}

const onServer = (framework: string): NextStep => ({
  says: `A worker sees what the browser asks, not what ${framework} asks on the server: for that, run proforma serve.`,
  lines: [],
})

const widest = (apis: readonly ApiTarget[]): number => Math.max(...apis.map(({ name }) => name.length))

const shown = (root: string, path: string): string => relative(root, path).replaceAll('\\', '/')

/** An API that a page asks, and where. */
interface ApiTarget {
  readonly name: string
  /** An address, or a path of the page's own origin. */
  readonly baseUrl: string
}

/**
 * Returns where a page asks APIs: at the address that is stated, several below it by their names; else at each document's server, over TLS where it has a choice.
 * @throws Failure for an unknown API, or an address that is none.
 */
export function apiTargets(names: readonly string[], stated: string | undefined): ApiTarget[] {
  if (stated !== undefined) checkAddress(stated)
  const base = stated?.replace(/\/+$/, '')
  const apis = [...new Set(names)].map(builtIn)
  return apis.map(({ name, document }) => {
    const servers = serversOf(document)
    const own = servers.find((url) => url.startsWith('https:')) ?? servers[0] ?? '/'
    return { name, baseUrl: base === undefined ? own : (apis.length > 1 ? `${base}/${name}` : base) || '/' }
  })
}

function checkAddress(text: string): void {
  const isPath = /^\/(?!\/)[^\s?#]*$/.test(text)
  const isAddress = URL.canParse(text) && /^https?:\/\/[^\s?#@]+$/.test(text)
  if (!isPath && !isAddress)
    throw usageError('--base-url', {
      expected: 'an address like https://api.example.com/v2, or a path like /api',
      received: JSON.stringify(text),
    })
}
