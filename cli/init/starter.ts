import { dirname, join, relative } from 'node:path'
import type { Project } from './project.ts'
import type { Target } from './target.ts'

/** Where the mocks file goes. */
export const starterPath = ({ source, isTyped }: Project): string =>
  join(source, 'mocks', `browser.${isTyped ? 'ts' : 'js'}`)

/**
 * Returns the text of a project's mocks file. Everything in it is loaded in development only, and left out of what is built
 * for production.
 */
export function starterOf({ kind, isTyped }: Project, apis: readonly Target[]): string {
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
export const loading = (specifier: string): string => ['import', `('${specifier}')`].join('')

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
function mockLines({ name, baseUrl }: Target, first: Target | undefined): string[] {
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
export function importPath(from: string, to: string): string {
  const path = relative(dirname(from), to)
    .replaceAll('\\', '/')
    .replace(/\.[jt]s$/, '')
  return path.startsWith('.') ? path : `./${path}`
}
