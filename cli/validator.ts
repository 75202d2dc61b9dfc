// Runs the validator command: writes precompiled validators of a document.

import { writeText } from './write-text.ts'
import { atPointer, isJson, join, judgedSchemas, oneLineJson, successOf } from '../spec/index.ts'
import type { Mode, Model, Pointer } from '../spec/index.ts'
import { runtime } from '../spec/documents/runtime.ts'
import { runtimeNames, writeValidators } from '../spec/schema/standalone.ts'
import { openModel } from './models.ts'
import { readOptions } from './options/read.ts'
import type { Flags } from './options/table.ts'
import { warnLine } from './output.ts'

/**
 * Writes a validator of an API as one JavaScript module, and returns 0.
 * @throws Failure for what the command line states wrongly, or a file that cannot be written.
 */
export async function validatorCommand(name: string | undefined, flags: Flags<'validator'>): Promise<number> {
  const { to, lenient, force, ...own } = readOptions('validator', flags)
  const model = openModel(name, { ...own, isEveryOne: true })
  const text = validatorText(model, lenient ? 'lenient' : 'documented')
  const bytes = await writeText(to, text, { force })
  warnLine(
    `Wrote a validator of ${model.name} (${Math.ceil(bytes / 1000)} kB)${to === '-' ? '' : ` to ${to}`}: validate(name, value) returns what does not fit.`,
  )
  return 0
}

/** Returns the schemas that a validator knows by name: those under `components`, and of each operation that of its answer of success. */
function namesOf({ document, operations }: Model): Readonly<Record<string, Pointer>> {
  const schemas = Object.keys((atPointer(document, '/components/schemas') as object | undefined) ?? {}).map(
    (name) => [name, join('/components/schemas', name)] as const,
  )
  const answers = operations.flatMap((operation) => {
    const schema = successOf(operation)?.content.find(({ mediaType }) => isJson(mediaType))?.schema
    return schema === undefined ? [] : [[operation.id, schema] as const]
  })
  return Object.fromEntries([...schemas, ...answers])
}

/** Returns the text of a module that needs nothing else and makes no code out of text. Nothing of the document stands outside a text of JavaScript. */
export function validatorText(model: Model, mode: Mode): string {
  const names = namesOf(model)
  const response = [...new Set(Object.values(names))]
  return [
    '// A validator, written by proforma.',
    runtime,
    `const { issuesOf, ${runtimeNames.join(', ')} } = runtime`,
    `const pointers = JSON.parse(${oneLineJson(JSON.stringify(names))})`,
    '/** Validators by direction and place in the document: mock(model, { validators }) takes them. */',
    'export const validators = {',
    `  request: ${writeValidators(model.document, judgedSchemas(model), { direction: 'request', mode })},`,
    `  response: ${writeValidators(model.document, response, { direction: 'response', mode })},`,
    '}',
    '/** Names that validate takes: schemas, and operations for their answers of success. */',
    'export const names = Object.keys(pointers)',
    '/** Returns what of a value does not fit, as { pointer, keyword, expected }; an empty list where all does. */',
    'export function validate(name, value) {',
    '  if (!Object.hasOwn(pointers, name)) throw new Error(`Failed to validate: expected ${names.join(", ")} but received ${name}.`)',
    '  const check = validators.response[pointers[name]]',
    '  return check(value) ? [] : issuesOf(check.errors).map(({ pointer, keyword, asked }) => ({ pointer, keyword, expected: asked }))',
    '}',
    '',
  ].join('\n')
}
