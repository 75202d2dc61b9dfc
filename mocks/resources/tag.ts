import { isObject, resolve } from '../../spec/index.ts'
import type { Document, Pointer } from '../../spec/index.ts'

/** Returns the property by which a schema's discriminator tells its branches apart, whether or not the branches declare it. */
export function tagAt(document: Document, pointer: Pointer, depth = 0): string | undefined {
  const { pointer: here, value } = resolve(document, pointer)
  if (!isObject(value) || depth > 4) return undefined
  const { discriminator } = value
  if (isObject(discriminator) && typeof discriminator.propertyName === 'string') return discriminator.propertyName
  for (const keyword of ['oneOf', 'anyOf', 'allOf'])
    for (const index of Array.isArray(value[keyword]) ? value[keyword].keys() : []) {
      const found = tagAt(document, `${here}/${keyword}/${index}`, depth + 1)
      if (found !== undefined) return found
    }
  return undefined
}
