import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }

const dist = join(import.meta.dirname, '../../dist')

/** Returns the packages that a built file imports, and those that it would load later. */
function packagesOf(entry: string): Set<string> {
  const packages = new Set<string>()
  const files = new Set([join(dist, entry)])
  for (const file of files)
    for (const [, , specifier = ''] of readFileSync(file, 'utf8').matchAll(
      /(?:\bfrom|\bimport\(|\bimport)\s*(["'`])([\w@.][\w@./:-]*)\1/g,
    ))
      if (specifier.startsWith('.')) files.add(join(file, '..', specifier))
      else packages.add(specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/'))
  return packages
}

it('a page asks its bundler for no package that it need not have', () => {
  const packages = packagesOf('browser.js')
  expect(packages).toContain('msw')
  expect([...packages].filter((name) => name !== 'msw' && !Object.hasOwn(manifest.dependencies, name))).toEqual([])
})
