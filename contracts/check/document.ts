import type { Diagnostic, Model } from '../../spec/index.ts'
import type { Violation } from '../violation.ts'

/** What is said of every fault of a document. */
const common = { code: 'OAS-DOCUMENT', says: 'the document can be read', severity: 'error' } as const

/** Faults that are told one by one: more of them help nobody. */
const most = 100

/** Returns what cannot be read of a document as violations, each with its place there; beyond a hundred, the last one tells how many more there are. */
export function documentViolations({ locate }: Model, diagnostics: readonly Diagnostic[]): readonly Violation[] {
  const told = diagnostics.slice(0, most).map(({ pointer, expected, received, cure }): Violation => {
    const place = locate(pointer)
    return {
      ...common,
      pointer,
      expected,
      received: cure === undefined ? received : `${received} (${cure.replace(/\.$/, '')})`,
      ...(place && { place }),
    }
  })
  const rest = diagnostics.length - told.length
  return rest > 0
    ? [...told, { ...common, pointer: '', expected: 'no place that cannot be read', received: `${rest} more` }]
    : told
}
