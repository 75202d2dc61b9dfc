import { at, failure, isObject, join } from '../../spec/index.ts'
import type { Document, Pointer } from '../../spec/index.ts'
import { choose } from './discriminator.ts'
import { formats } from './formats.ts'
import type { Mode } from './mode.ts'
import { upgrade } from './upgrade.ts'
import { isWriteOnly } from './write-only.ts'

/** A schema as ajv takes it. */
type Plain = boolean | Record<string, unknown>

/** Schemas of a document made ready for ajv, one by one, as they are reached. */
export interface Store {
  /** Every schema taken so far, under `$defs`; grows as more are taken. */
  readonly root: { readonly $id: string; readonly $defs: Readonly<Record<string, Plain>> }
  /**
   * Takes a schema and every schema it refers to, and returns the reference to it; a ring of references stays a ring.
   * @throws Failure for a reference that dangles or leaves the document.
   */
  take(pointer: Pointer): string
  /** Returns where in the document a schema of the store stands. */
  readonly home: (schema: unknown) => Pointer | undefined
}

/** Keywords that hold one schema, a list of schemas, or schemas by name. */
const single = [
  'items',
  'contains',
  'additionalProperties',
  'unevaluatedItems',
  'unevaluatedProperties',
  'propertyNames',
  'not',
  'if',
  'then',
  'else',
  'contentSchema',
]
const listed = ['allOf', 'anyOf', 'oneOf', 'prefixItems']
const named = ['properties', 'patternProperties', 'dependentSchemas']

/** Keywords that say nothing about validity, or that the store has already followed. */
const silent = new Set([
  'example',
  'examples',
  'xml',
  'externalDocs',
  'discriminator',
  'default',
  'title',
  'description',
  '$id',
  '$schema',
  '$comment',
  '$defs',
  'definitions',
  'deprecated',
])

/** Returns an empty store over a document; the document itself is never changed. */
export function storeOf(document: Document, mode: Mode = 'documented'): Store {
  const names = new Map<Pointer, string>()
  const schemas: Record<string, Plain> = {}
  const homes = new Map<unknown, Pointer>()
  let taken = 0

  function refer(pointer: Pointer): string {
    const known = names.get(pointer)
    if (known !== undefined) return `#/$defs/${known}`
    const schema = at(document, pointer)
    if (typeof schema !== 'boolean' && !isObject(schema))
      throw failure(`read schema at ${pointer}`, {
        expected: 'a schema',
        received: JSON.stringify(schema) ?? 'nothing',
      })
    const name = `s${taken++}`
    names.set(pointer, name)
    try {
      schemas[name] = clean(schema, pointer)
    } catch (error) {
      // A schema with a dangling reference below it dangles each time it is taken.
      names.delete(pointer)
      throw error
    }
    return `#/$defs/${name}`
  }

  function clean(schema: unknown, pointer: Pointer): Plain {
    if (!isObject(schema)) return schema !== false
    const plain: Record<string, unknown> = {}
    homes.set(plain, pointer)
    for (const [keyword, value] of Object.entries(
      mode === 'lenient' ? loosen(choose(upgrade(schema), document)) : choose(upgrade(schema), document),
    )) {
      if (silent.has(keyword) || keyword.startsWith('x-')) continue
      plain[keyword] = keep(keyword, value, join(pointer, keyword))
    }
    if (Array.isArray(plain.required))
      plain.required = plain.required.filter((name) => !isWriteOnly(document, schema, String(name)))
    if (typeof plain.format === 'string' && !Object.hasOwn(formats, plain.format)) delete plain.format
    return plain
  }

  function keep(keyword: string, value: unknown, pointer: Pointer): unknown {
    if (keyword === '$ref' && typeof value === 'string') return refer(targetOf(value, pointer))
    if (single.includes(keyword)) return clean(value, pointer)
    if (listed.includes(keyword) && Array.isArray(value))
      return value.map((item, index) => clean(item, join(pointer, index)))
    if (named.includes(keyword) && isObject(value))
      return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, clean(item, join(pointer, name))]))
    return value
  }

  return {
    root: { $id: base, $defs: schemas },
    take: (pointer) => base + refer(pointer),
    home: (schema) => homes.get(schema),
  }
}

/** Branches of a choice that are no longer told apart by what they forbid may fit together. */
function loosen({ oneOf, anyOf, ...schema }: Record<string, unknown>): Record<string, unknown> {
  const open = Object.fromEntries(
    Object.entries(schema).filter(
      ([keyword, value]) =>
        value !== false || (keyword !== 'additionalProperties' && keyword !== 'unevaluatedProperties'),
    ),
  )
  if (oneOf === undefined || anyOf !== undefined)
    return { ...open, ...(oneOf !== undefined && { oneOf }), ...(anyOf !== undefined && { anyOf }) }
  return { ...open, anyOf: oneOf }
}

const base = 'proforma:/document'

/** One step only: keywords beside a reference count too. */
function targetOf(reference: string, pointer: Pointer): Pointer {
  if (reference.startsWith('#')) return decodeURIComponent(reference.slice(1))
  throw failure(`resolve "${reference}" at ${pointer}`, {
    expected: 'a reference inside the document (#/…)',
    received: 'one that leaves it',
    cure: 'Bundle the document into one file first.',
  })
}
