// Tells which names in paths and requests are keys of a thing.

import type { Operation } from '../operation.ts'
import type { Shape } from '../shape.ts'
import { wordsOf } from './names.ts'

/** Tells whether the query or the body of a request names one thing of a noun by its key. */
export function keyInRequest(operation: Operation, body: Shape | undefined, noun: string): boolean {
  const names = [
    ...operation.parameters.filter(({ in: place, required }) => place === 'query' && required).map(({ name }) => name),
    ...(operation.method === 'GET' ? [] : (body?.properties.keys() ?? [])),
  ]
  return names.some((name) => isKeyName(name, noun))
}

/** `customer_id` is the key of a customer; `id` alone says not whose. */
export function isKeyOf(name: string, noun: string): boolean {
  const words = wordsOf(name)
  return (
    words.length > 1 &&
    words.slice(0, -1).join(' ') === noun &&
    ['id', 'uuid', 'key', 'guid', 'number', 'code'].includes(words.at(-1) as string)
  )
}

function isKeyName(name: string, noun: string): boolean {
  const words = wordsOf(name)
  const rest = words.filter((word) => !noun.split(' ').includes(word))
  return ['id', 'uuid', 'key', 'guid', 'number', 'no', 'code', 'ref'].includes(rest.at(-1) ?? '') && rest.length <= 1
}
