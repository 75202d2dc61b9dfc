// Detects the framework, entry file and MSW version of a user's project.

import { existsSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { failure } from '../../spec/index.ts'
import type { Failure } from '../../spec/index.ts'

/** A user's project, as far as mocks need to know it. */
export interface Project {
  readonly kind: 'angular' | 'next' | 'nuxt' | 'sveltekit' | 'vite' | 'plain'
  /** Where its package.json is. */
  readonly root: string
  /** `src`, or `app` in Nuxt 4, where it keeps its code there. */
  readonly source: string
  readonly isTyped: boolean
  /** The module that starts its page, from the root: `src/main.tsx`. */
  readonly entry?: string
  /** Names of the packages it depends on. */
  readonly packages: readonly string[]
}

/**
 * Returns the project that a folder of static files belongs to.
 * @throws Failure for a folder that is none, or a package.json that cannot be read.
 */
export function projectOf(folder: string): Project {
  checkFolder(folder)
  const root = rootOf(resolve(folder))
  const packages = packagesOf(root)
  const kind = kindOf(root, packages)
  const folders = kind === 'nuxt' ? ['app', 'src'] : ['src']
  const source = folders.map((name) => join(root, name)).find(isFolder) ?? root
  const entry = entryOf(root)
  const isTyped = existsSync(join(root, 'tsconfig.json')) || packages.includes('typescript')
  return { kind, root, source, isTyped, packages, ...(entry !== undefined && { entry }) }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false

function checkFolder(folder: string): void {
  if (isFolder(folder)) return
  const received = existsSync(folder) ? 'a file' : 'nothing of that name'
  throw failure(`put mocks into ${folder}`, {
    expected: 'the folder of static files',
    received,
    cure: 'Name the one that is served as it is, public in most projects, or make it first.',
  })
}

/** The nearest folder with a package.json; without one, where the command runs, if the folder is in there. */
function rootOf(folder: string): string {
  for (let here = folder; ; here = dirname(here)) {
    if (existsSync(join(here, 'package.json'))) return here
    if (here === dirname(here)) break
  }
  const here = process.cwd()
  return folder === here || folder.startsWith(here + sep) ? here : dirname(folder)
}

function packagesOf(root: string): string[] {
  const path = join(root, 'package.json')
  if (!existsSync(path)) return []
  try {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(path, 'utf8')) as {
      dependencies?: object
      devDependencies?: object
    }
    return [...Object.keys(dependencies), ...Object.keys(devDependencies)]
  } catch (error) {
    throw failure(`read ${relative('', path) || path}`, {
      expected: 'JSON',
      received: (error as Error).message.replace(/\.$/, ''),
    })
  }
}

function kindOf(root: string, packages: readonly string[]): Project['kind'] {
  const has = (stem: string): boolean =>
    ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].some((ending) => existsSync(join(root, `${stem}.${ending}`)))
  if (packages.includes('next') || has('next.config')) return 'next'
  if (packages.includes('nuxt') || has('nuxt.config')) return 'nuxt'
  if (packages.includes('@sveltejs/kit')) return 'sveltekit'
  if (packages.includes('@angular/core') || existsSync(join(root, 'angular.json'))) return 'angular'
  return packages.includes('vite') || has('vite.config') ? 'vite' : 'plain'
}

/** The first module that the page's HTML names. */
function entryOf(root: string): string | undefined {
  const path = join(root, 'index.html')
  const html = existsSync(path) ? readFileSync(path, 'utf8') : ''
  const [, source] = /<script\b(?=[^>]*\btype=["']module["'])[^>]*\bsrc=["']\.?\/?([^"':]+)["']/i.exec(html) ?? []
  return source
}

const cure = 'Run npm install --save-dev msw@3 in the project.'

/**
 * Returns the text of the service worker that belongs to the MSW a project has installed.
 * @throws Failure where it has none, one of another major version, or one whose worker is of another version.
 */
export function workerOf(root: string): string {
  const require = createRequire(join(root, 'package.json'))
  const fail = (expected: string, received: string): Failure =>
    failure('copy the service worker of msw', { expected, received, cure })
  const path = find(require, 'msw/package.json')
  if (path === undefined) throw fail('the package msw', 'none installed')
  const { version = '' } = JSON.parse(readFileSync(path, 'utf8')) as { version?: string }
  if (!version.startsWith('3.')) throw fail('msw 3', `msw ${version}`)
  const worker = find(require, 'msw/mockServiceWorker.js')
  if (worker === undefined) throw fail('the worker in the package msw', 'none')
  const text = readFileSync(worker, 'utf8')
  const [, own] = /PACKAGE_VERSION = '([^']*)'/.exec(text) ?? []
  if (own !== version)
    throw fail(`the worker of msw ${version}`, own === undefined ? 'one that names no version' : `one of msw ${own}`)
  return text
}

function find(require: NodeJS.Require, specifier: string): string | undefined {
  try {
    return require.resolve(specifier)
  } catch {
    return undefined
  }
}
