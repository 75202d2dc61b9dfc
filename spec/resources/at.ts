import { isObject } from '../document.ts'

/** Returns what stands at property names inside a value, or `undefined`. */
export const valueAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (inner, name) => (isObject(inner) && Object.hasOwn(inner, name) ? inner[name] : undefined),
    value,
  )

/** Puts a value at property names inside an object; objects on the way are made. */
export function putAt(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const last = path.at(-1)
  if (last === undefined) return
  let here = target
  for (const name of path.slice(0, -1)) {
    const inner = Object.hasOwn(here, name) ? here[name] : undefined
    const next = isObject(inner) ? inner : {}
    if (next !== inner) define(here, name, next)
    here = next
  }
  define(here, last, value)
}

/** `__proto__` is a name like any other. */
function define(target: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true })
}
