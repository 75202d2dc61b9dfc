import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { minifySync } from 'rolldown/utils'
import { build } from 'vite'
import type { Rolldown } from 'vite'

/**
 * What a page that mocks an API costs, in kB: built by Vite from the package as it is installed, and gzipped.
 *
 *     npm run bench:page
 *
 * `first` is loaded with the page, `later` when something asks for it: `answering` with the first request, Ajv (`2020`) where an API has no
 * validators that were written ahead of time, GraphQL's library with the first query.
 */
const pages: Readonly<Record<string, string>> = {
  'msw/browser alone': `import { setupWorker } from 'msw/browser'\nsetupWorker()`,
  'handlers of stuut': `import { setupWorker } from 'msw/browser'\nimport { mock } from 'proforma'\nimport { stuut } from 'proforma/apis/stuut'\nsetupWorker(...mock(stuut).handlers)`,
  'factory of stuut': `import { factory } from 'proforma'\nimport { stuut } from 'proforma/apis/stuut'\nglobalThis.invoice = factory(stuut).build()`,
}
const repository = fileURLToPath(new URL('..', import.meta.url))
const kB = (bytes: number): string => `${(bytes / 1000).toFixed(0)} kB`
const gzipped = (chunks: readonly Rolldown.OutputChunk[]): number =>
  chunks.reduce((sum, { code }) => sum + gzipSync(code).length, 0)

/** Builds a page in a project that has the package installed. */
async function chunksOf(code: string): Promise<Rolldown.OutputChunk[]> {
  const root = mkdtempSync(join(tmpdir(), 'proforma-page-'))
  try {
    mkdirSync(join(root, 'node_modules'))
    symlinkSync(repository, join(root, 'node_modules', 'proforma'))
    symlinkSync(join(repository, 'node_modules', 'msw'), join(root, 'node_modules', 'msw'))
    writeFileSync(join(root, 'main.js'), code)
    writeFileSync(join(root, 'index.html'), '<script type="module" src="/main.js"></script>')
    const { output } = (await build({ root, logLevel: 'error', build: { write: false } })) as Rolldown.RolldownOutput
    return output.filter((file) => file.type === 'chunk')
  } finally {
    rmSync(root, { recursive: true })
  }
}

/** Returns what is loaded with the page: its entry, and what that imports. */
function firstOf(chunks: readonly Rolldown.OutputChunk[]): Rolldown.OutputChunk[] {
  const names = new Set(chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName))
  for (const name of names)
    for (const next of chunks.find(({ fileName }) => fileName === name)?.imports ?? []) names.add(next)
  return chunks.filter(({ fileName }) => names.has(fileName))
}

/** What a module belongs to: a package, or a room of this one. */
const partOf = (id: string): string =>
  /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1] ?? /\/dist\/(?:chunks\/)?(.+)\.js/.exec(id)?.[1] ?? 'the page'

/** Prints how many kB each part has when it is minified and gzipped by itself, the greatest first. */
function sayParts(chunks: readonly Rolldown.OutputChunk[]): void {
  const parts = new Map<string, string>()
  for (const { modules } of chunks)
    for (const [id, { code }] of Object.entries(modules))
      parts.set(partOf(id), `${parts.get(partOf(id)) ?? ''}\n;{${code ?? ''}\n}`)
  const said = [...parts]
    .map(([name, code]) => ({ name, bytes: gzipSync(minifySync('part.js', code).code).length }))
    .toSorted((left, right) => right.bytes - left.bytes)
    .filter(({ bytes }) => bytes > 500)
    .map(({ name, bytes }) => `${name} ${kB(bytes)}`)
  console.log(`  alone: ${said.join(', ')}`)
}

for (const [name, code] of Object.entries(pages)) {
  const chunks = await chunksOf(code)
  const first = firstOf(chunks)
  const later = chunks.filter((chunk) => !first.includes(chunk))
  const files = later.map((chunk) => `${chunk.name} ${kB(gzipped([chunk]))}`).join(', ')
  console.log(`${name.padEnd(20)} first ${kB(gzipped(first))}, later ${files || 'nothing'}`)
  sayParts(first)
}
