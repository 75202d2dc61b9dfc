import { arrayTest } from './arrays.ts'
import { asTest, choiceTest } from './choices.ts'
import { unevaluatedTest } from './evaluated.ts'
import type { Follow } from './evaluated.ts'
import { anything, bits, every, openNode } from './node.ts'
import type { Node } from './node.ts'
import { objectTest } from './objects.ts'
import { numberTest, textTest } from './scalars.ts'
import type { FormatCheck } from './scalars.ts'
import type { Compile, PlainSchema } from './schema.ts'

/** Schemas by name, which refer to each other as `#/$defs/name`. */
export type Definitions = Readonly<Record<string, PlainSchema>>

/** Keywords that are understood; the last ones say nothing about validity. */
const keywords = new Set(
  `type enum const multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern format maxItems minItems
  uniqueItems maxContains minContains contains items prefixItems maxProperties minProperties required dependentRequired properties
  patternProperties additionalProperties propertyNames dependentSchemas allOf anyOf oneOf not if then else unevaluatedItems
  unevaluatedProperties $ref readOnly writeOnly contentEncoding contentMediaType contentSchema deprecated`.split(/\s+/),
)

/** Schemas made ready, and the way from a reference to its schema. */
export interface Compiled {
  readonly compile: Compile
  readonly follow: Follow
}

/**
 * Returns what makes schemas (JSON Schema 2020-12) ready: closures instead of generated code, so that a content security policy
 * without `unsafe-eval` lets them run.
 * @throws Error for a keyword that is not understood.
 */
export function compiler(definitions: Definitions, formats: Readonly<Record<string, FormatCheck>>): Compiled {
  const nodes = new Map<PlainSchema, Node>()

  const follow: Follow = (reference) => {
    const name = /^#\/\$defs\/(\w+)$/.exec(reference)?.[1]
    if (name === undefined || !Object.hasOwn(definitions, name)) throw new Error(`cannot follow ${reference}`)
    return definitions[name] as PlainSchema
  }

  const compile: Compile = (schema) => {
    const known = nodes.get(schema)
    if (known) return known
    // A schema that is nothing but a reference is what it refers to.
    if (
      typeof schema === 'object' &&
      typeof schema.$ref === 'string' &&
      Object.keys(schema).length === 1 &&
      follow(schema.$ref) !== schema
    )
      return compile(follow(schema.$ref))
    const node = openNode()
    nodes.set(schema, node)
    try {
      if (typeof schema === 'object') fill(node, schema)
      else if (!schema) node.types = 0
    } catch (error) {
      // A ring may hold on to what is half made.
      nodes.clear()
      throw error
    }
    return node
  }

  function fill(node: Node, schema: Readonly<Record<string, unknown>>): void {
    const stranger = Object.keys(schema).find((keyword) => !keywords.has(keyword))
    if (stranger !== undefined) throw new Error(`unknown keyword "${stranger}"`)
    node.types = typesOf(schema.type)
    node.string = textTest(schema, formats)
    node.number = numberTest(schema, formats)
    node.array = arrayTest(schema, compile)
    node.object = objectTest(schema, compile)
    const reference = typeof schema.$ref === 'string' ? asTest(compile(follow(schema.$ref))) : undefined
    node.any = every([reference, choiceTest(schema, compile), unevaluatedTest(schema, compile, follow)])
  }

  return { compile, follow }
}

function typesOf(type: unknown): number {
  if (type === undefined) return anything
  return [type].flat().reduce<number>((set, name) => set | (bits[String(name)] ?? 0), 0)
}
