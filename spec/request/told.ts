import { isObject, resolve } from '../document.ts'
import type { Model } from '../model.ts'
import type { Operation } from '../operation.ts'
import { join } from '../pointer.ts'
import type { Problem } from './problem.ts'

/** Returns what the path says of an item that the body would only repeat: clients that name it once are understood. */
export function toldByPath(
  { document }: Model,
  operation: Operation,
  values: Readonly<Record<string, unknown>>,
  body: unknown,
): Record<string, unknown> | undefined {
  if (!isObject(body)) return undefined
  const told = operation.parameters
    .filter(({ in: place, name }) => place === 'path' && values[name] !== undefined)
    .flatMap(({ name, binding }) =>
      (operation.body?.content ?? []).flatMap(({ schema }) => {
        const { value } = schema === undefined ? { value: undefined } : resolve(document, schema)
        if (!isObject(value) || !isObject(value.properties) || !Array.isArray(value.required)) return []
        return Object.entries(value.properties)
          .filter(
            ([own, stated]) =>
              !Object.hasOwn(body, own) && (value.required as unknown[]).includes(own) && isSame(own, stated),
          )
          .map(([own]) => [own, values[name]] as const)

        function isSame(own: string, stated: unknown): boolean {
          const role = isObject(stated) ? stated['x-role'] : undefined
          return own === name || (binding !== undefined && role === binding.role)
        }
      }),
    )
  return told.length === 0 ? undefined : Object.fromEntries(told)
}

/** Tells whether a problem is that something is missing which the path says. */
export const isTold = ({ in: place, pointer, code }: Problem, told: Readonly<Record<string, unknown>>): boolean =>
  place === 'body' && code === 'required' && Object.keys(told).some((name) => pointer === join('', name))
