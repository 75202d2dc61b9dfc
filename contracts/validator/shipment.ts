import { at, isJson, isObject, join, successOf } from '../../spec/index.ts'
import type { Model, Pointer } from '../../spec/index.ts'
import { formats, ownFormats } from '../conformance/formats.ts'
import { storeOf } from '../conformance/store.ts'
import type { Mode } from '../conformance/mode.ts'
import type { Definitions } from './compile.ts'

/** What a validator of one API consists of, for a file that needs neither this package nor generated code. */
export interface Shipment {
  readonly definitions: Definitions
  /** References into the definitions by name: of each schema under `components`, of each operation for its answer of success. */
  readonly names: Readonly<Record<string, string>>
  /** Source text of the check of each format that occurs. */
  readonly formats: Readonly<Record<string, string>>
}

/** Modules of this room that such a file is made of, each after those it needs. */
export const shippedModules: readonly string[] = [
  ...[
    'equal',
    'schema',
    'node',
    'multiple',
    'scalars',
    'arrays',
    'objects',
    'choices',
    'evaluated',
    'compile',
    'issues',
  ].map((name) => `validator/${name}`),
  'conformance/dates',
  'conformance/texts',
]

/**
 * Returns what a validator of an API consists of.
 * @throws Failure for a reference that dangles.
 */
export function shipmentOf({ document, operations }: Model, mode: Mode = 'documented'): Shipment {
  const store = storeOf(document, mode)
  const take = (pointer: Pointer): string => store.take(pointer).slice(store.root.$id.length)
  const schemas = Object.keys((at(document, '/components/schemas') as object | undefined) ?? {}).map(
    (name) => [name, take(join('/components/schemas', name))] as const,
  )
  const answers = operations.flatMap((operation) => {
    const schema = successOf(operation)?.content.find(({ mediaType }) => isJson(mediaType))?.schema
    return schema === undefined ? [] : [[operation.id, take(schema)] as const]
  })
  const definitions = store.root.$defs
  const found = new Set<string>()
  collect(definitions, found)
  return {
    definitions,
    names: Object.fromEntries([...schemas, ...answers]),
    formats: Object.fromEntries([...found].flatMap((name) => textOf(name))),
  }
}

/** Notes every format of some schemas. */
function collect(tree: unknown, found: Set<string>): void {
  if (isObject(tree) && typeof tree.format === 'string') found.add(tree.format)
  if (typeof tree === 'object' && tree !== null) for (const inner of Object.values(tree)) collect(inner, found)
}

function textOf(name: string): (readonly [string, string])[] {
  const check = Object.hasOwn(ownFormats, name)
    ? ownFormats[name as keyof typeof ownFormats]
    : Object.hasOwn(formats, name)
      ? formats[name]
      : undefined
  if (typeof check === 'function') return [[name, check.name]]
  if (check instanceof RegExp) return [[name, `(text) => ${String(check)}.test(text)`]]
  if (typeof check !== 'object') return []
  return check.validate === Number.isInteger
    ? [[name, "{ type: 'number', validate: Number.isInteger }"]]
    : check.validate.name === 'isInt32'
      ? [[name, "{ type: 'number', validate: isInt32 }"]]
      : []
}
