import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const read = (file: string): string => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')
const promises = (/^## Promises\n([^]*?)\n## /m.exec(read('docs/security.md'))?.[1] ?? '')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(2)

it('every promise of docs/security.md names a test that is there', () => {
  expect(promises.length).toBeGreaterThan(5)
  const broken = promises.filter((line) => {
    const files = [...line.matchAll(/`(test\/[\w/.-]+\.test\.ts)`/g)].map(([, file]) => file as string)
    return files.length === 0 || !files.every((file) => existsSync(new URL(`../${file}`, import.meta.url)))
  })
  expect(broken).toEqual([])
})
