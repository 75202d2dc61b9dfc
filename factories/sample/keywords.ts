import { isObject, join } from '../../spec/index.ts'
import type { Pointer } from '../../spec/index.ts'

/** What stands under a keyword: one schema, a list of them, schemas by name, or no schema. */
export type Holding = 'schema' | 'list' | 'map' | 'value'

const holdings: Readonly<Record<Holding, string>> = {
  schema: 'additionalProperties contains contentSchema else if items not propertyNames then unevaluatedItems unevaluatedProperties',
  list: 'allOf anyOf oneOf prefixItems',
  map: '$defs definitions dependencies dependentSchemas patternProperties properties',
  value: `$anchor $comment $dynamicAnchor $dynamicRef $id $ref $schema $vocabulary const contentEncoding contentMediaType default dependentRequired deprecated
    description discriminator enum example examples exclusiveMaximum exclusiveMinimum externalDocs format maxContains maximum maxItems maxLength maxProperties
    minContains minimum minItems minLength minProperties multipleOf nullable pattern readOnly required title type uniqueItems writeOnly xml`,
}

/** Keywords of JSON Schema 2020-12 and of OpenAPI 3.1, with what stands under them; `nullable` is left over in many a document, and says nothing. */
export const keywords: ReadonlyMap<string, Holding> = new Map(
  Object.entries(holdings).flatMap(([holding, words]) => words.split(/\s+/).map((word) => [word, holding as Holding] as const)),
)

/** Returns the schemas directly inside a schema, with the pointers that lead to them from it. */
export function subschemas(schema: unknown): { readonly path: Pointer; readonly schema: unknown }[] {
  if (!isObject(schema)) return []
  return Object.entries(schema).flatMap(([keyword, value]) => {
    const holding = keywords.get(keyword)
    const path = join('', keyword)
    if (holding === 'schema') return [{ path, schema: value }]
    if (holding === 'list' && Array.isArray(value)) return value.map((item: unknown, index) => ({ path: join(path, index), schema: item }))
    if (holding === 'map' && isObject(value)) return Object.entries(value).map(([name, item]) => ({ path: join(path, name), schema: item }))
    return []
  })
}
