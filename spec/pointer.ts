/** A JSON Pointer, RFC 6901: `''`, `/components/schemas/Invoice`. */
export type Pointer = string

/** Returns the pointer one step further down. */
export function join(pointer: Pointer, ...steps: readonly (string | number)[]): Pointer {
  let path = pointer
  for (const step of steps) path += `/${typeof step === 'number' ? step : escape(step)}`
  return path
}

/** Steps are property names, nearly always plain ones, and bodies have a great many. */
const escape = (step: string): string => (step.includes('~') || step.includes('/') ? step.replaceAll('~', '~0').replaceAll('/', '~1') : step)

/** Returns the steps of a pointer, unescaped. */
export const split = (pointer: Pointer): string[] =>
  pointer === '' ? [] : pointer.slice(1).split('/').map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))

/** Returns what a pointer points at, or `undefined`; own properties only. */
export function at(root: unknown, pointer: Pointer): unknown {
  return split(pointer).reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null && Object.hasOwn(value, step) ? (value as Record<string, unknown>)[step] : undefined),
    root,
  )
}
