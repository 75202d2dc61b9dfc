// Writes the schemas of a document as types of TypeScript; runs at build time.

import { compile } from 'json-schema-to-typescript'
import { isObject, resolve } from './document.ts'
import type { Document } from './document.ts'
import { isJson, operationsOf, successOf } from './operation.ts'
import { atPointer } from './pointer.ts'

const components = '#/components/schemas/'

/**
 * Returns a module of types for a document: one for each of its schemas, `Schemas` with all of them by name, `Operations` with the
 * parameters, body and answer of each operation, and `Answer`, the body that its `get` operation answers (`never` where it has none).
 * Run at build time only.
 */
export async function declare(document: Document): Promise<string> {
  const stated = atPointer(document, '/components/schemas')
  const schemas = isObject(stated) ? stated : {}
  const names = Object.keys(schemas)
  const root = {
    type: 'object',
    additionalProperties: false,
    definitions: {
      ...Object.fromEntries(names.map((name) => [typeName(name), asDefinition(schemas[name])])),
      Operations: operationTypes(document),
    },
  }
  const text = await compile(root as never, 'Everything', {
    bannerComment: '',
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
    unreachableDefinitions: true,
    style: { semi: false, singleQuote: true, printWidth: 140 },
  })
  return [
    tidy(text).replace(/^export interface Everything \{\}\n/m, ''),
    '/** Every schema of the document, by its name. */',
    `export interface Schemas {\n${names.map((name) => `  ${JSON.stringify(name)}: ${typeName(name)}\n`).join('')}}\n`,
    '/** What the document answers for one invoice. */',
    `export type Answer = ${answerOf(document)}\n`,
  ].join('\n')
}

/** Returns a schema of all operations by id; each has typed parameters by name, a body and an answer. */
function operationTypes(document: Document): unknown {
  const schemaOf = (pointer: string | undefined): unknown =>
    pointer === undefined ? { tsType: 'undefined' } : asDefinition(atPointer(document, pointer))
  const objectOf = (properties: Readonly<Record<string, unknown>>, required: readonly string[]): unknown => ({
    type: 'object',
    additionalProperties: false,
    properties,
    required,
  })
  const operations = operationsOf(document).map((operation) => {
    const { id, parameters, body } = operation
    const content = [body?.content, successOf(operation)?.content].map(
      (all) => all?.find(({ mediaType }) => isJson(mediaType))?.schema,
    )
    const types = {
      params: objectOf(
        Object.fromEntries(parameters.map(({ name, schema }) => [name, schemaOf(schema)])),
        parameters.filter(({ required }) => required).map(({ name }) => name),
      ),
      body: schemaOf(content[0]),
      answer: schemaOf(content[1]),
    }
    return [id, objectOf(types, Object.keys(types))] as const
  })
  return {
    ...(objectOf(
      Object.fromEntries(operations),
      operations.map(([id]) => id),
    ) as object),
    description: 'Every operation of the document, by its id.',
  }
}

function answerOf(document: Document): string {
  const operation = operationsOf(document).find(({ does }) => does === 'get')
  const pointer = operation && successOf(operation)?.content.find(({ mediaType }) => isJson(mediaType))?.schema
  const name = pointer && `#${resolve(document, pointer).pointer}`
  return name?.startsWith(components) ? typeName(name.slice(components.length)) : 'never'
}

const maps = new Set(['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'])
const values = new Set(['const', 'enum', 'default', 'example', 'examples', 'required'])

/** Keywords by which the compiler of types takes code, or names, from a schema. */
const ours = new Set(['tsType', 'tsEnumNames', '$id', 'id'])

/** Types refer to each other by name, so that one with a description of its own is no second type. */
function asDefinition(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(asDefinition)
  if (!isObject(schema)) return schema
  const { $ref, title: _, ...rest } = schema
  if (typeof $ref === 'string' && $ref.startsWith(components)) {
    return {
      ...(typeof rest.description === 'string' && { description: rest.description }),
      tsType: typeName($ref.slice(components.length)),
    }
  }
  const words = knownWords(rest)
  if (words.length > 0 || isAnything(rest))
    return {
      ...(typeof rest.description === 'string' && { description: rest.description }),
      tsType: words.length > 0 ? unionOf(words, [rest.type].flat().includes('null')) : 'unknown',
    }
  return Object.fromEntries(
    Object.entries(rest).flatMap(([keyword, value]) => {
      if (keyword.startsWith('x-') || ours.has(keyword)) return []
      if (values.has(keyword)) return [[keyword, value]]
      const inside =
        maps.has(keyword) && isObject(value)
          ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, asDefinition(one)]))
          : asDefinition(value)
      return [[keyword, inside]]
    }),
  )
}

/** Editors offer the words, and any other text will do. */
const unionOf = (words: readonly string[], isNullable: boolean): string =>
  [...words.map((word) => JSON.stringify(word)), '(string & {})', ...(isNullable ? ['null'] : [])].join(' | ')

/** Returns a name that is an identifier: `invoice_page` and `invoice-page` are `InvoicePage`. */
const typeName = (name: string): string =>
  (name.match(/[a-zA-Z]+|\d+/g) ?? [])
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
    .replace(/^(?=\d|$)/, 'Schema')

/** Leaves out where a type was referred to, and gives short comments one line. */
const tidy = (text: string): string =>
  text
    .replaceAll(
      / \*(?:\n \*)? This interface was referenced by `Everything`'s JSON-Schema\n \* via the `definition` "[^"\n]*"\.\n/g,
      '',
    )
    .replaceAll(/\/\*\*\n \*\/\n/g, '')
    .replaceAll(/\/\*\*\n( *) \* (.*)\n *\*\//g, '/** $2 */')

const annotations = new Set([
  'title',
  'description',
  'examples',
  'example',
  'default',
  'deprecated',
  'readOnly',
  'writeOnly',
])

/** Tells whether a schema says nothing of what its values are: they may be anything. */
const isAnything = (schema: Record<string, unknown>): boolean =>
  Object.keys(schema).every((keyword) => annotations.has(keyword) || keyword.startsWith('x-') || keyword === '$comment')

/**
 * Returns the words that a text is known to be, though it may be others: those of its overlay, else, for a schema that says nothing
 * else, its examples, or what its description lists ("one of draft, open or paid"). None for what is known to be no text.
 */
function knownWords(schema: Record<string, unknown>): string[] {
  const types = [schema.type].flat()
  if ('enum' in schema || 'const' in schema || !(isAnything(schema) || types.includes('string'))) return []
  const { examples, 'x-generate-enum': drawn, 'x-role': role, description } = schema
  const stated = [drawn ?? [], isObject(role) && isObject(role.values) ? Object.values(role.values) : []].flat(3)
  const shown = isAnything(schema) ? [...listed(examples), ...inProse(description)] : []
  return [...new Set(stated.length > 0 ? stated : shown)].filter(
    (word): word is string => typeof word === 'string' && isWord(word),
  )
}

/** A sentence is prose that a choice brings along. */
const isWord = (text: string): boolean => text.length <= 60 && !text.endsWith('.')

/** One example is a value; several words are a choice. */
const listed = (examples: unknown): string[] =>
  Array.isArray(examples) &&
  examples.length > 1 &&
  examples.every((one) => typeof one === 'string' && /^[\w-]+$/.test(one))
    ? (examples as string[])
    : []

const inProse = (description: unknown): string[] =>
  typeof description === 'string'
    ? (/\bone of ([\w-]+(?:, [\w-]+)*,? (?:or|and) [\w-]+|[\w-]+(?:, [\w-]+)+)/i
        .exec(description)?.[1]
        ?.split(/,? (?:or|and) |, /) ?? [])
    : []
