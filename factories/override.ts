// Sets places of a built body by property name or JSON Pointer.

import { atPointer, failure, join, split } from '../spec/index.ts'
import type { Entry } from './ledger/entry.ts'

/** A value for a place of a built body, or a function of what stands there. */
export type Override<V = unknown> =
  | string
  | number
  | boolean
  | null
  | readonly unknown[]
  | object
  | ((value: V, entry: Entry) => unknown)

/** Overrides by property name, or by JSON Pointer (RFC 6901): `/lines/0/name`, `/lines/-` for one more line. */
export type Overrides<T> = { readonly [Name in keyof T]?: Override<T[Name]> } & {
  readonly [pointer: `/${string}`]: Override
}

/**
 * Returns a body with other values in some places; it is changed in place. Bare names are those of the body's own properties.
 * @throws Failure for a place that is not there to be set.
 */
export function applyOverrides(body: unknown, overrides: Readonly<Record<string, Override>>, entry: Entry): unknown {
  const root = { body }
  for (const [place, override] of Object.entries(overrides)) {
    const steps = ['body', ...(place === '' || place.startsWith('/') ? split(place) : [place])]
    const last = steps.pop() as string
    const parent = atPointer(root, join('', ...steps))
    const name = Array.isArray(parent) && last === '-' ? String(parent.length) : last
    if (typeof parent !== 'object' || parent === null || (Array.isArray(parent) && !isIndex(name, parent.length)))
      throw missing(place, parent)
    const before = atPointer(parent, join('', name))
    const value: unknown =
      typeof override === 'function' ? (override as (value: unknown, entry: Entry) => unknown)(before, entry) : override
    // `__proto__` is a name like any other.
    Object.defineProperty(parent, name, { value, writable: true, enumerable: true, configurable: true })
  }
  return root.body
}

const isIndex = (name: string, length: number): boolean => /^(?:0|[1-9]\d*)$/.test(name) && Number(name) <= length

function missing(place: string, parent: unknown): Error {
  const received = Array.isArray(parent)
    ? `a list of ${parent.length}`
    : parent === undefined
      ? 'nothing there'
      : `${JSON.stringify(parent)} above it`
  return failure(`override ${place}`, { expected: 'a place of the body', received })
}
