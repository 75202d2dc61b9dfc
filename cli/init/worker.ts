import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { failure } from '../../spec/index.ts'
import type { Failure } from '../../spec/index.ts'

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
