import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A module, as far as the rules of the house look at it. */
export interface Source {
  /** From the root of the repository, with slashes: `spec/pointer.ts`. */
  readonly path: string
  /** See {@link roomOf}. */
  readonly room: string
  readonly lines: number
  /** Begins with a comment. */
  readonly isTitled: boolean
  /** Without comments and what stands in quotes. */
  readonly code: string
  /** What stands in quotes. */
  readonly texts: readonly string[]
  readonly imports: readonly Import[]
}

export interface Import {
  /** A path like {@link Source.path}, or a package: `node:fs`, `msw/http`. */
  readonly target: string
  readonly isPackage: boolean
  /** Types are gone at run time. */
  readonly isType: boolean
}

/** Returns a module read from its text. */
export function sourceOf(path: string, text: string): Source {
  const bare = text.replace(/\/\*[\s\S]*?\*\/|(?<=^|[\s;{}(,])\/\/.*$/gm, '')
  const quoted = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g
  return {
    path,
    room: roomOf(path),
    lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    isTitled: /^(?:#!.*\n)?\/[/*]/.test(text),
    code: bare.replace(quoted, "''"),
    texts: [...bare.matchAll(quoted)].map(([match]) => match.slice(1, -1)),
    // Code in a template is for somebody else.
    imports: importsOf(path, bare.replace(/`(?:[^`\\]|\\.)*`/g, '``')),
  }
}

const entrances: ReadonlySet<string> = new Set(['index.ts', 'browser.ts', 'mocking.ts'])

/** Returns the first folder of a path; `root` for the package's own entrances, and `test` for configuration beside them. */
export const roomOf = (path: string): string =>
  path.includes('/') ? (path.split('/')[0] as string) : entrances.has(path) ? 'root' : 'test'

function importsOf(path: string, text: string): Import[] {
  const stated = text.matchAll(/^\s*(?:import|export)\s+(type\s)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]/gm)
  const called = text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g)
  return [
    ...Array.from(stated, ([, type, specifier]) => ({
      ...targetOf(path, specifier as string),
      isType: type !== undefined,
    })),
    ...Array.from(called, ([, specifier]) => ({ ...targetOf(path, specifier as string), isType: false })),
  ]
}

const targetOf = (path: string, specifier: string): Omit<Import, 'isType'> =>
  specifier.startsWith('.')
    ? { target: normalize(join(dirname(path), specifier)).replaceAll('\\', '/'), isPackage: false }
    : { target: specifier, isPackage: true }

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Returns every module of the repository, the generated ones left out. */
export function readSources(): Source[] {
  const paths = globSync(
    ['*.ts', '{spec,factories,contracts,mocks,seeds,desk,cli,test,bench,examples}/**/*.{ts,tsx}'],
    {
      cwd: root,
      exclude: ['spec/documents/**', 'factories/ledger/words/**'],
    },
  )
  return paths
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .map((path) => sourceOf(path, readFileSync(join(root, path), 'utf8')))
}
