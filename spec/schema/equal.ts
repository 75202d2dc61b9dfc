import { isObject } from '../document.ts'

/** Tells whether two JSON values are equal, as JSON Schema sees it: objects by members in any order, numbers by value. */
export function equal(left: unknown, right: unknown): boolean {
  if (left === right) return true
  if (Array.isArray(left))
    return (
      Array.isArray(right) && left.length === right.length && left.every((item, index) => equal(item, right[index]))
    )
  if (!isObject(left) || !isObject(right)) return false
  const names = Object.keys(left)
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && equal(left[name], right[name]))
  )
}

/** Tells whether a list holds a value equal to this one. */
export const includes = (list: readonly unknown[], value: unknown): boolean => list.some((item) => equal(item, value))

/** Returns a copy of a JSON value that shares nothing with it. */
export function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy)
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, copy(item)])) : value
}
