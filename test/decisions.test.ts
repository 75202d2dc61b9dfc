import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const folder = new URL('../docs/decisions/', import.meta.url)
const rows = [
  ...readFileSync(new URL('README.md', folder), 'utf8').matchAll(
    /^\| (\d+) +\| \[[^\]]+\]\(([\w-]+\.md)\) +\| (\d{4}-\d{2}-\d{2}) \|$/gm,
  ),
]

it('every decision is numbered and dated in the index', () => {
  const pages = readdirSync(folder).filter((file) => file !== 'README.md')
  expect(new Set(rows.map(([, , file]) => file))).toEqual(new Set(pages))
  expect(rows.map(([, number]) => Number(number))).toEqual(rows.map((_, index) => index + 1))
})
