import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { rolldown } from 'rolldown'

/** Builds `dist`: `npm run build`. */
const root = import.meta.dirname
const dist = join(root, 'dist')

/** What package.json exports and starts, and what runs in a thread of its own; each becomes a file of the same name. */
const entries = [
  'index',
  'browser',
  'testing',
  'spec/index',
  'spec/load',
  'factories/index',
  'contracts/index',
  'contracts/matchers',
  'mocks/index',
  'mocks/server',
  'mocks/adapters/playwright',
  'mocks/adapters/storybook',
  'seeds/index',
  'cli/main',
  'cli/config-thread',
  'cli/proxy/inspect',
]

/** Modules that need Node, MSW, a test runner or Ajv go into chunks by themselves, so that the chunk of their room runs everywhere. */
const rim = /(?:from |import\()'(?:node:|vitest'|msw)|^import (?!type).*'ajv\//m

/** Returns the chunk of a module: its room. The command line is cut where it loads what a command needs. */
function chunkOf(id: string): string | null {
  const [room = '', folder = '', file] = relative(root, id).replaceAll('\\', '/').split('/')
  if (!rooms.has(room) || folder === 'built-in.ts' || rim.test(readFileSync(id, 'utf8'))) return null
  return file !== undefined && folder === 'documents' ? `apis/${file.replace(/\.ts$/, '')}` : room
}
const rooms = new Set(['spec', 'factories', 'contracts', 'mocks', 'seeds'])

async function bundle(apis: readonly string[]): Promise<void> {
  const paths = [...entries, ...apis.map((name) => `spec/documents/${name}`)]
  const bundled = await rolldown({
    cwd: root,
    input: Object.fromEntries(paths.map((path) => [path, `./${path}.ts`])),
    platform: 'node',
    preserveEntrySignatures: 'allow-extension',
    external: (id) => !/^(?:\.{0,2}\/|[A-Za-z]:|@oxc-project\/runtime)/.test(id),
    transform: { target: 'es2024' },
    tsconfig: false,
  })
  await bundled.write({
    dir: dist,
    format: 'es',
    sourcemap: true,
    chunkFileNames: 'chunks/[name].js',
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
    codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: chunkOf, debugName: 'rooms' }] },
  })
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
execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
})
pruneDeclarations([
  ...entries.filter((path) => !path.startsWith('cli/')),
  ...apiNames.map((name) => `spec/documents/${name}`),
])
