import { plural } from './groups.ts'

/** Returns `2 violations, 1 warning`; empty where there is neither. */
export const found = ({
  violations,
  warnings = 0,
}: {
  readonly violations: number
  readonly warnings?: number
}): string =>
  [
    ...(violations > 0 ? [plural(violations, 'violation')] : []),
    ...(warnings > 0 ? [plural(warnings, 'warning')] : []),
  ].join(', ')
