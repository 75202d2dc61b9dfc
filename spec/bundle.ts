import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { declare } from './declare.ts'
import { failure } from './failure.ts'
import { sentencesOf } from './fault.ts'
import { loadDocument } from './load.ts'
import { mend } from './mend.ts'

/**
 * Writes each built-in document, overlay applied, as a module: a browser has no disk. Beside it stand the types of its schemas.
 * Run by `npm run build`.
 * The modules parse a text, because engines read JSON faster than a literal of the same size.
 */
async function bundle(): Promise<void> {
  const here = dirname(fileURLToPath(import.meta.url))
  const target = join(here, 'documents')
  const names = readdirSync(join(here, 'apis')).toSorted()
  const modules = new Map([['documents.ts', listOf(names)]])
  for (const name of names) {
    const { document, locate } = loadDocument(join(here, 'apis', name, 'openapi.yaml'))
    const { faults } = mend(document)
    if (faults.length > 0)
      throw failure(`bundle ${name}`, {
        expected: 'a document without faults',
        received: sentencesOf(faults, locate).join(' '),
      })
    modules.set(`${name}.ts`, moduleOf(JSON.stringify(document)))
    modules.set(`${name}-schemas.ts`, header + (await declare(document)))
  }
  mkdirSync(target, { recursive: true })
  for (const name of readdirSync(target)) if (!modules.has(name)) rmSync(join(target, name))
  for (const [name, text] of modules) writeFileSync(join(target, name), text)
}

const header = '// Made by spec/bundle.ts from spec/apis; do not edit.\n'

const moduleOf = (json: string): string =>
  `${header}import type { Document } from '../document.ts'\n\nexport const document = JSON.parse(${JSON.stringify(json)}) as Document\n`

const listOf = (names: readonly string[]): string =>
  [
    header + "import type { Document } from '../document.ts'",
    ...names.map((name) => `import { document as ${name} } from './${name}.ts'`),
    '',
    `/** The built-in documents, by name. */\nexport const documents = { ${names.join(', ')} } as const satisfies Record<string, Document>`,
    '',
    '/** A built-in API. */\nexport type ApiName = keyof typeof documents',
    '',
    `/** The types of every API's schemas, by their names in its document. */\nexport interface Schemas {\n${each(names, 'Schemas')}}`,
    '',
    `/** What every API answers for one invoice. */\nexport interface Answers {\n${each(names, 'Answer')}}\n`,
  ].join('\n')

const each = (names: readonly string[], type: string): string =>
  names.map((name) => `  readonly ${name}: import('./${name}-schemas.ts').${type}\n`).join('')

await bundle()
