// Writes the built-in APIs as modules of TypeScript; `npm run build` runs it.

import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { declare } from './declare.ts'
import { isObject } from './document.ts'
import type { Document } from './document.ts'
import { failure, sentencesOf } from './failure.ts'
import { loadDocument } from './load.ts'
import { repair } from './repair/repair.ts'
import { checkBindings } from './binding.ts'
import { makeModel } from './model.ts'
import type { Model } from './model.ts'
import { successOf } from './operation.ts'
import { atPointer } from './pointer.ts'
import type { Pointer } from './pointer.ts'
import { judgedSchemas } from './request/request.ts'
import type { Direction } from './schema/translate.ts'
import { runtimeNames, writeValidators } from './schema/standalone.ts'

/**
 * Writes each built-in API as a module: its document, overlay applied, because a browser has no disk; the types of its schemas; and
 * validators, because a content security policy may forbid to make them there.
 * Run by `npm run build`.
 */
async function bundle(): Promise<void> {
  const here = dirname(fileURLToPath(import.meta.url))
  const target = join(here, 'documents')
  const names = readdirSync(join(here, 'apis')).toSorted()
  const modules = new Map([
    ['documents.ts', listOf(names)],
    ['loaders.ts', loadersOf(names)],
  ])
  for (const name of names) {
    const { document, locate } = loadDocument(join(here, 'apis', name, 'openapi.yaml'))
    const { diagnostics } = repair(document)
    if (diagnostics.length > 0)
      throw failure(`bundle ${name}`, {
        expected: 'a document without faults',
        received: sentencesOf(diagnostics, locate).join(' '),
      })
    checkBindings(document, locate)
    modules.set(`${name}.ts`, moduleOf(name, document))
    modules.set(`${name}-validators.ts`, validatorsOf(document))
    modules.set(`${name}-schemas.ts`, header + (await declare(document)))
  }
  modules.set('runtime.ts', `${header}export const runtime = ${JSON.stringify(await bundleRuntime())}\n`)
  mkdirSync(target, { recursive: true })
  for (const name of readdirSync(target)) if (!modules.has(name)) rmSync(join(target, name))
  for (const [name, text] of modules) writeFileSync(join(target, name), text)
}

const header = '// Made by spec/bundle.ts from spec/apis; do not edit.\n'

const moduleOf = (name: string, document: Document): string =>
  [
    header + "import type { BuiltInApi } from '../model.ts'",
    `import { validators } from './${name}-validators.ts'`,
    '',
    `export type * from './${name}-schemas.ts'`,
    '',
    `/** ${titleOf(document)}: \`mock(${identifier(name)})\`, \`factory(${identifier(name)})\`. */`,
    `export const ${identifier(name)}: BuiltInApi<'${name}'> = { name: '${name}', json: ${JSON.stringify(JSON.stringify(document))}, validators }\n`,
  ].join('\n')

/**
 * Returns validators of all that is judged of requests to a built-in API, and of the places of answers that take values of the ledger
 * only if a pattern or a list of values does: they are asked with the first answer, and Ajv takes longer to load than the answer does.
 */
function validatorsOf(document: Document): string {
  const model = makeModel(document, { name: '' })
  const written = (direction: Direction, pointers: readonly Pointer[]): string =>
    `${direction}: ${writeValidators(document, pointers, { direction, isVerbose: true })}`
  return [
    `${header}// @ts-nocheck`,
    `import { ${runtimeNames.join(', ')} } from '../schema/runtime.ts'`,
    "import type { PrecompiledValidators } from '../schema/precompiled.ts'",
    '',
    `export const validators = { ${written('request', judgedSchemas(model))}, ${written('response', choosyPlaces(model))} } as PrecompiledValidators`,
    '',
  ].join('\n')
}

/** Returns where answers have a role and a schema with `pattern` or `enum`. */
function choosyPlaces({ document, operations, shape }: Model): readonly Pointer[] {
  const shapes = new Set(
    operations.flatMap((operation) =>
      (successOf(operation)?.content ?? []).flatMap(({ schema }) => (schema === undefined ? [] : shape(schema))),
    ),
  )
  // A set is gone through to its end, what is added meanwhile included.
  for (const { properties, items } of shapes)
    for (const inner of [...properties.values(), items]) if (inner) shapes.add(inner)
  const choosy = [...shapes].filter(({ binding, pointer }) => {
    const schema = binding && atPointer(document, pointer)
    return isObject(schema) && (schema.pattern !== undefined || schema.enum !== undefined)
  })
  return [...new Set(choosy.map(({ pointer }) => pointer))].toSorted()
}

/** Returns what validators call as one script, for validators that stand alone. */
async function bundleRuntime(): Promise<string> {
  const entry = fileURLToPath(new URL('schema/runtime.ts', import.meta.url))
  const bundled = await rolldown({ input: entry, tsconfig: false })
  const { output } = await bundled.generate({ format: 'iife', name: 'runtime', minify: true })
  return output[0].code
}

/** `purchase-ledger` is imported as `purchaseLedger`. */
const identifier = (name: string): string => name.replace(/-+(.)/g, (_, letter: string) => letter.toUpperCase())

const titleOf = ({ info }: Document): string =>
  isObject(info) ? String(info.title).replaceAll('*/', '') : 'A built-in API'

const listOf = (names: readonly string[]): string =>
  [
    header + "import type { BuiltInApi } from '../model.ts'",
    ...names.map((name) => `import { ${identifier(name)} } from './${name}.ts'`),
    '',
    `/** The built-in APIs, by name. */\nexport const apis = { ${names.map((name) => `'${name}': ${identifier(name)}`).join(', ')} } as const satisfies Record<string, BuiltInApi>`,
    '',
    '/** A built-in API. */\nexport type ApiName = keyof typeof apis',
    '',
    `/** The types of every API's schemas, by their names in its document. */\nexport interface Schemas {\n${each(names, 'Schemas')}}`,
    '',
    `/** What every API answers for one invoice. */\nexport interface Answers {\n${each(names, 'Answer')}}\n`,
    `/** The parameters, body and answer of every API's operations, by their ids. */\nexport interface Operations {\n${each(names, 'Operations')}}\n`,
  ].join('\n')

/** Returns the same APIs, each loaded when it is asked for. */
const loadersOf = (names: readonly string[]): string =>
  [
    header + "import type { BuiltInApi } from '../model.ts'",
    "import type { ApiName } from './documents.ts'",
    '',
    '/** Loads the built-in APIs, by name. */',
    'export const loaders: Readonly<Record<ApiName, () => Promise<BuiltInApi>>> = {',
    ...names.map((name) => `  '${name}': async () => (await import('./${name}.ts')).${identifier(name)},`),
    '}\n',
  ].join('\n')

const each = (names: readonly string[], type: string): string =>
  names.map((name) => `  readonly '${name}': import('./${name}-schemas.ts').${type}\n`).join('')

await bundle()
