import { isObject, resolve } from './document.ts'
import type { Fault } from './fault.ts'
import type { Model } from './model.ts'
import type { Operation } from './operation.ts'

/** Operations that are about one invoice, which the request names. */
const ofOne = new Set(['get', 'update', 'delete', 'pay', 'void', 'sync'])

/**
 * Returns what an overlay leaves out without which an operation does not do what it says: an invoice is asked for and nothing tells
 * which, or pages are numbered and nothing tells from where.
 */
export function trapsIn({ document, operations }: Model): Fault[] {
  return operations.flatMap((operation) => {
    const unnamed = namesNoInvoice(operation)
      ? [
          {
            pointer: `${operation.pointer}/x-operation`,
            expected: 'a parameter of the path with the role invoice.id',
            received: `none at ${operation.method} ${operation.path}`,
            cure: 'Bind the parameter that names the invoice, or every answer is 404.',
            loses: [],
          },
        ]
      : []
    const unbased = operation.parameters.flatMap(({ name, binding, schema, pointer }): Fault[] => {
      if (binding?.role !== 'page.number' || binding.base !== undefined) return []
      const { value } = resolve(document, schema)
      const first = isObject(value) ? (value.minimum ?? value.default) : undefined
      if (first !== 1) return []
      const cure = 'Say { role: page.number, base: 1 }: without it, the first page is 0.'
      return [
        { pointer, expected: 'the number of the first page', received: `${name} from 1, and no base`, cure, loses: [] },
      ]
    })
    return [...unnamed, ...unbased]
  })
}

const namesNoInvoice = ({ does, path, parameters }: Operation): boolean =>
  does !== undefined &&
  ofOne.has(does) &&
  path.includes('{') &&
  !parameters.some(({ in: place, binding }) => place !== 'header' && binding?.role === 'invoice.id')
