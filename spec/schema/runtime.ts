// What validators call that are written ahead of time.
export { patternOf } from '../pattern/pattern.ts'
export { equal } from './equal.ts'
export { formats } from './formats.ts'
export { issuesOf } from './issue.ts'
export { isMultiple } from './multiple.ts'

/** Returns how many characters a text has, where JavaScript counts UTF-16 units (JSON Schema Validation, 6.3). */
export function lengthOf(text: string): number {
  let length = 0
  for (const _ of text) length++
  return length
}

/** Returns errors with one more. */
export function noted(errors: unknown[] | null, error: unknown): unknown[] {
  if (errors === null) return [error]
  errors.push(error)
  return errors
}
