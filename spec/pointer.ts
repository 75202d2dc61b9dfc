// JSON Pointers (RFC 6901).

/** A JSON Pointer, RFC 6901: `''`, `/components/schemas/Invoice`. */
export type Pointer = string

/** Returns the pointer one step further down. */
export function join(pointer: Pointer, ...steps: readonly (string | number)[]): Pointer {
  let path = pointer
  for (const step of steps) path += `/${typeof step === 'number' ? step : escape(step)}`
  return path
}

/** Steps are property names, nearly always plain ones, and bodies have a great many. */
const escape = (step: string): string =>
  step.includes('~') || step.includes('/') ? step.replaceAll('~', '~0').replaceAll('/', '~1') : step

const unescape = (step: string): string =>
  step.includes('~') ? step.replaceAll('~1', '/').replaceAll('~0', '~') : step

/** Returns the steps of a pointer, unescaped. */
export const split = (pointer: Pointer): string[] => (pointer === '' ? [] : pointer.slice(1).split('/').map(unescape))

/** Returns what a pointer points at, or `undefined`; own properties only. */
export function atPointer(root: unknown, pointer: Pointer): unknown {
  let value = root
  for (let start = 1; start <= pointer.length;) {
    const slash = pointer.indexOf('/', start)
    const end = slash < 0 ? pointer.length : slash
    const step = unescape(pointer.slice(start, end))
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    value = (value as Record<string, unknown>)[step]
    start = end + 1
  }
  return value
}
