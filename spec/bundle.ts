import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadDocument } from './load.ts'

/**
 * Writes each built-in document, overlay applied, as a module: a browser has no disk. Run by `npm run build`.
 * The modules parse a text, because engines read JSON faster than a literal of the same size.
 */
function bundle(): void {
  const here = dirname(fileURLToPath(import.meta.url))
  const target = join(here, 'documents')
  const names = readdirSync(join(here, 'apis')).toSorted()
  rmSync(target, { recursive: true, force: true })
  mkdirSync(target)
  for (const name of names) {
    const { document } = loadDocument(join(here, 'apis', name, 'openapi.yaml'))
    writeFileSync(join(target, `${name}.ts`), moduleOf(JSON.stringify(document)))
  }
  writeFileSync(join(target, 'documents.ts'), listOf(names))
}

const header = '// Made by spec/bundle.ts from spec/apis; do not edit.\n'

const moduleOf = (json: string): string =>
  `${header}import type { Document } from '../document.ts'\n\nexport const document = JSON.parse(${JSON.stringify(json)}) as Document\n`

const listOf = (names: readonly string[]): string => [
  header + "import type { Document } from '../document.ts'",
  ...names.map((name) => `import { document as ${name} } from './${name}.ts'`),
  '',
  `/** The built-in documents, by name. */\nexport const documents = { ${names.join(', ')} } as const satisfies Record<string, Document>`,
  '',
  '/** A built-in API. */\nexport type ApiName = keyof typeof documents\n',
].join('\n')

bundle()
