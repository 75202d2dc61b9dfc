import { at, isObject } from '../../spec/index.ts'
import type { Document } from '../../spec/index.ts'

/**
 * Returns a schema whose `oneOf` or `anyOf` with a discriminator chooses its branch by the tag, written as `if` and `then`: so
 * branches that overlap are no ambiguity, and errors are those of the branch that was meant. Other schemas come back as they are.
 */
export function choose(schema: Record<string, unknown>, document: Document): Record<string, unknown> {
  const { discriminator, ...rest } = schema
  if (!isObject(discriminator) || typeof discriminator.propertyName !== 'string') return schema
  const keyword = (['oneOf', 'anyOf'] as const).find((candidate) => Array.isArray(rest[candidate]))
  const references =
    keyword &&
    (rest[keyword] as unknown[]).map((branch) =>
      isObject(branch) && typeof branch.$ref === 'string' ? branch.$ref : undefined,
    )
  if (!keyword || !references || references.includes(undefined)) return rest
  const tag = discriminator.propertyName
  const tags = tagsOf(references as string[], isObject(discriminator.mapping) ? discriminator.mapping : {}, document)
  const branches = tags.map(([word, $ref]) => ({
    if: { properties: { [tag]: { const: word } }, required: [tag] },
    then: { $ref },
  }))
  const { [keyword]: _, allOf, properties, required, ...others } = rest
  return {
    ...others,
    type: others.type ?? 'object',
    properties: { ...(isObject(properties) && properties), [tag]: { enum: tags.map(([word]) => word) } },
    required: [...new Set([...(Array.isArray(required) ? (required as unknown[]) : []), tag])],
    allOf: [...(Array.isArray(allOf) ? (allOf as unknown[]) : []), ...branches],
  }
}

/** Returns the words of a mapping and what each refers to; a branch that none names goes by the name of its schema. A mapping names schemas by reference or by name. */
export function tagsOf(
  references: readonly string[],
  mapping: Readonly<Record<string, unknown>>,
  document: Document,
): (readonly [word: string, reference: string])[] {
  const mapped = Object.entries(mapping).map(([word, target]) => {
    const name = String(target)
    const isName = at(document, `/components/schemas/${name}`) !== undefined
    return [word, isName ? `#/components/schemas/${name}` : name] as const
  })
  const named = references
    .filter((reference) => !mapped.some(([, target]) => target === reference))
    .map((reference) => [reference.split('/').at(-1) as string, reference] as const)
  return [...mapped, ...named]
}
