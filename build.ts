import { execFileSync } from 'node:child_process'
import { cpSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { rolldown } from 'rolldown'

/** Builds `dist`: `npm run build`. */
const root = import.meta.dirname
const dist = join(root, 'dist')

/** What package.json exports and starts, and what runs in a thread of its own; each becomes a file of the same name. */
const entries = [
  'index',
  'browser',
  'with-vitest',
  'public/spec',
  'spec/load',
  'public/factories',
  'public/contracts',
  'contracts/matchers',
  'public/mocks',
  'mocks/server',
  'mocks/adapters/playwright',
  'mocks/adapters/storybook',
  'mocks/adapters/testing',
  'public/seeds',
  'cli/main',
  'cli/module-thread',
  'cli/proxy/inspector-thread',
  'cli/seed/seed-thread',
]

/**
 * Modules that need Node, MSW, a test runner or a library that few ask for go into chunks by themselves, so that the chunk of their room runs
 * everywhere, and starts without them.
 */
const rim =
  /(?:from |import\()'(?:node:|vitest'|msw|redis'|fast-check'|@stoplight)|^import (?!type).*'(?:ajv\/|jsonpath-rfc9535)/m
/** So do those that are asked for without their room; pages and pictures of `mocks/files` are loaded when one is asked for. */
const alone = new Map([
  ['spec/built-in.ts', 'built-in'],
  ['spec/documents/documents.ts', 'built-in'],
  ['spec/load-built-in.ts', 'load-built-in'],
  ['spec/documents/loaders.ts', 'load-built-in'],
  ['spec/limits.ts', 'limits'],
  ['mocks/http/limits.ts', 'limits'],
  ['contracts/mask/shown-request.ts', 'shown-request'],
  ['contracts/mask/text.ts', 'shown-request'],
])

const rooms = new Set(['spec', 'factories', 'contracts', 'mocks', 'seeds'])
const isInside = (id: string): boolean => /^(?:\.{0,2}\/|[A-Za-z]:|@oxc-project\/runtime)/.test(id)

/** Returns the modules that a page with mocks loads at once: all that `mock` and the APIs need before the first request. */
async function firstModules(apis: readonly string[]): Promise<ReadonlySet<string>> {
  const imported = apis.map((name) => `export * from './spec/documents/${name}.ts'`)
  const page = { code: ["export { mock } from './browser.ts'", ...imported].join('\n'), moduleSideEffects: true }
  const bundled = await rolldown({
    cwd: root,
    input: 'page.ts',
    external: (id) => !isInside(id) && id !== 'page.ts',
    treeshake: { moduleSideEffects: false },
    checks: { ineffectiveDynamicImport: false },
    plugins: [
      {
        name: 'page',
        resolveId: (id) => (id === 'page.ts' ? join(root, id) : null),
        load: (id) => (id === join(root, 'page.ts') ? page : null),
      },
    ],
  })
  const { output } = await bundled.generate({ format: 'es' })
  const modules = output.flatMap((file) =>
    file.type === 'chunk' && !file.isDynamicEntry ? Object.entries(file.modules) : [],
  )
  return new Set(modules.flatMap(([id, { code }]) => (code ? [id] : [])))
}

/**
 * Returns what names the chunk of a module: its room, and whether a mock needs it at once or when the first request comes. The command
 * line is cut where it loads what a command needs.
 */
async function chunks(apis: readonly string[]): Promise<(id: string) => string | null> {
  const first = await firstModules(apis)
  return (id) => {
    const path = relative(root, id).replaceAll('\\', '/')
    const [room = '', folder = '', file] = path.split('/')
    if (alone.has(path)) return alone.get(path) as string
    if (/^mocks\/files\/(?!links|pdf)/.test(path)) return 'files'
    if (!rooms.has(room) || rim.test(readFileSync(id, 'utf8'))) return null
    if (file !== undefined && folder === 'documents') return `apis/${file.replace(/\.ts$/, '')}`
    return first.has(id) ? `${room}-first` : room
  }
}

async function bundle(apis: readonly string[]): Promise<void> {
  const paths = [...entries, ...apis.map((name) => `spec/documents/${name}`)]
  const bundled = await rolldown({
    cwd: root,
    input: Object.fromEntries(paths.map((path) => [path, `./${path}.ts`])),
    platform: 'node',
    preserveEntrySignatures: 'allow-extension',
    external: (id) => !isInside(id),
    transform: { target: 'es2024' },
    tsconfig: false,
    // Documents are imported at once by those who want all of them, and one by one by the command line.
    checks: { ineffectiveDynamicImport: false },
  })
  await bundled.write({
    dir: dist,
    format: 'es',
    sourcemap: true,
    chunkFileNames: 'chunks/[name].js',
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [{ name: await chunks(apis), debugName: 'rooms' }],
    },
  })
}

/** Bundles the page of the desk, libraries included, beside its other files. */
async function bundleDesk(): Promise<void> {
  const bundled = await rolldown({
    cwd: root,
    input: { page: './desk/page/app.tsx' },
    platform: 'browser',
    transform: { target: 'es2023', jsx: { runtime: 'automatic', importSource: 'preact' } },
    tsconfig: false,
  })
  await bundled.write({ dir: join(dist, 'desk'), format: 'es', minify: true, comments: { legal: true } })
  for (const file of ['index.html', 'page.css', 'icon.svg'])
    cpSync(join(root, 'desk/page', file), join(dist, 'desk', file))
}

/** Removes the declarations that no exported one refers to. */
function pruneDeclarations(exported: readonly string[]): void {
  const needed = new Set(exported.map((path) => join(dist, `${path}.d.ts`)))
  for (const file of needed)
    for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(/(?:from |import\(?)['"](\.[^'"]+)\.[jt]s['"]/g))
      needed.add(join(dirname(file), `${path}.d.ts`))
  for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' }))
    if (name.endsWith('.d.ts') && !needed.has(join(dist, name))) rmSync(join(dist, name))
}

rmSync(dist, { recursive: true, force: true })
await import('./spec/bundle.ts')
await import('./factories/bundle.ts')
const { apiNames } = await import('./spec/index.ts')
await bundle(apiNames)
await bundleDesk()
execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
})
pruneDeclarations([
  ...entries.filter((path) => !path.startsWith('cli/')),
  ...apiNames.map((name) => `spec/documents/${name}`),
])
