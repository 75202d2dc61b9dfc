import { nounOf, wordsOf } from '../../spec/index.ts'
import type { Resource, Shape } from '../../spec/index.ts'

/** A single value of an item that parameters may name. */
export interface Property {
  readonly path: readonly string[]
  readonly words: string
}

/** Returns the single values of an item that parameters may name, those of objects inside it as well. */
export function propertiesOf(item: Shape): Property[] {
  const found: Property[] = []
  const visit = (shape: Shape, path: readonly string[]): void => {
    for (const [name, inner] of shape.properties) {
      const here = [...path, name]
      if (inner.properties.size > 0 && path.length < 2) visit(inner, here)
      if (inner.properties.size === 0) found.push({ path: here, words: here.flatMap(wordsOf).join(' ') })
    }
  }
  visit(item, [])
  return found.sort((left, right) => left.path.length - right.path.length)
}

/** Returns the property that words name: all of them, or without those that only say how to compare. */
export function propertyNamed(
  words: readonly string[],
  properties: readonly Property[],
  { noun }: Pick<Resource, 'noun'>,
): Property | undefined {
  const wanted = words.join(' ')
  const exact = properties.find((property) => property.words === wanted || nounOf(property.words) === nounOf(wanted))
  if (exact) return exact
  const own = noun.split(' ')
  const bare = words.filter((word) => !own.includes(word)).join(' ')
  const without = properties.find(
    ({ words: stated }) =>
      stated
        .split(' ')
        .filter((word) => !own.includes(word))
        .join(' ') === bare && bare !== '',
  )
  if (without) return without
  // `customer` is `customer_id`, `customer_id` is `customer.id`, `created` is `created_at`, `issued` is `issue_date`.
  return (
    properties.find((property) => property.words === `${wanted} id` || `${property.words} id` === wanted) ??
    properties.find((property) => property.words.endsWith(` ${wanted}`)) ??
    properties.find(
      (property) => property.words.replace(/ (?:at|date|on|time)$/, '') === wanted.replace(/ (?:at|date|on|time)$/, ''),
    ) ??
    properties.find((property) => wanted.length >= 4 && stemOf(property.words) === stemOf(wanted))
  )
}

const stemOf = (words: string): string => words.replace(/ (?:at|date|on|time)$/, '').replace(/(?:ing|ed|e)$/, '')
