import { readFileSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { extname } from 'node:path'
import { shipmentOf, shippedModules } from '../contracts/index.ts'
import { writeFile, writeStream } from '../seeds/index.ts'
import { oneLineJson } from '../spec/index.ts'
import type { Model } from '../spec/index.ts'
import { openModel } from './models.ts'
import { readOptions } from './options/read.ts'
import type { Flags } from './options/values.ts'
import { moduleFile } from './package.ts'

/**
 * Writes a validator of an API as one JavaScript module, and returns 0.
 * @throws Failure for what the command line states wrongly, or a file that cannot be written.
 */
export async function validatorCommand(name: string | undefined, flags: Flags<'validator'>): Promise<number> {
  const { to, lenient, force, ...own } = readOptions('validator', flags)
  const model = openModel(name, own)
  const text = validatorText(model, lenient ? 'lenient' : 'documented')
  const bytes = to === '-' ? await writeStream(process.stdout, once(text)) : await writeFile(to, once(text), { force })
  console.error(
    `Wrote a validator of ${model.name} (${Math.ceil(bytes / 1000)} kB)${to === '-' ? '' : ` to ${to}`}: validate(name, value) returns what does not fit.`,
  )
  return 0
}

/** Returns the text of a module that exports `validate` and `names`, needs nothing else, and makes no code out of text. */
function validatorText(model: Model, mode: 'documented' | 'lenient'): string {
  const { definitions, names, formats } = shipmentOf(model, mode)
  const checks = Object.entries(formats)
    .map(([format, check]) => `${JSON.stringify(format)}: ${check}`)
    .join(', ')
  return [
    `// Validator of ${oneLineJson(model.title)}, written by proforma.`,
    ...shippedModules.map(moduleText),
    `const definitions = ${parsed(definitions)}`,
    `const references = ${parsed(names)}`,
    `const machine = compiler(definitions, { ${checks} })`,
    '/** Names that validate takes: schemas, and operations for their answers of success. */',
    'export const names = Object.keys(references)',
    '/** Returns what of a value does not fit, as { pointer, keyword, expected }; an empty list where all does. */',
    'export function validate(name, value) {',
    'if (!Object.hasOwn(references, name)) throw new Error(`Failed to validate: expected ${names.join(", ")} but received ${name}.`)',
    'return issuesOf(machine.follow(references[name]), value, machine).map(({ instancePath, keyword, params, schema }) => {',
    'const member = params.missingProperty ?? params.additionalProperty ?? params.unevaluatedProperty',
    'return { pointer: member === undefined ? instancePath : step(instancePath, member), keyword, expected: schema }',
    '})',
    '}',
    '',
  ].join('\n')
}

/** Parsed, not written out: a literal would take a member `__proto__` for the prototype. */
const parsed = (value: unknown): string => `JSON.parse(${oneLineJson(JSON.stringify(value))})`

/** Returns a module of this package without types, imports, comments and indentation, so that several make one. */
function moduleText(name: string): string {
  const file = moduleFile(`contracts/${name}`)
  const text = readFileSync(file, 'utf8')
  const plain = extname(file) === '.ts' ? nodeModule.stripTypeScriptTypes(text) : text
  return plain
    .replaceAll(/^import .*$/gm, '')
    .replaceAll(/^export (?!\{)/gm, '')
    .replaceAll(/^\s*(?:\/\*\*[^]*?\*\/|\/\/.*)$/gm, '')
    .replaceAll(/^\s+/gm, '')
    .replaceAll(/[ \t]+$/gm, '')
}

async function* once(text: string): AsyncGenerator<string, void, void> {
  yield text
}
