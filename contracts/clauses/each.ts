import { entityOf } from '../../spec/index.ts'
import type { Binding, BusinessObject, Occurrence } from '../../spec/index.ts'
import { none } from '../law.ts'
import type { LawFinding, Clause, LawContext } from '../law.ts'

/** What holds for each value of some roles. */
export interface Each<Limit> {
  /** The roles whose values are judged. */
  readonly of: (binding: Binding) => boolean
  /** What they are held against; where that is unknown, nothing is judged. */
  readonly limit: (object: BusinessObject, context: LawContext) => Limit | undefined
  readonly holds: (raw: unknown, limit: Limit, binding: Binding) => boolean
  /** What to say of a value for which it does not hold. */
  readonly describe: (occurrence: Occurrence, limit: Limit) => Omit<LawFinding, 'at'>
}

/** Something holds for each value that an object states about itself for some roles. */
export const each =
  <Limit>({ of, limit, holds, describe }: Each<Limit>): Clause =>
  ({ entity, statements }) => {
    const chosen = new Map(
      statements.map((statement) => [
        statement,
        statement.properties.filter(({ binding }) => entityOf(binding.role) === entity && of(binding)),
      ]),
    )
    if ([...chosen.values()].every((properties) => properties.length === 0)) return undefined
    return (object, context) => {
      const against = limit(object, context)
      if (against === undefined) return undefined
      let findings: readonly LawFinding[] | undefined
      for (const source of object.sources) {
        for (const property of chosen.get(source.statement) ?? none) {
          const raw = source.value(property)
          if (raw === undefined) continue
          findings ??= none
          if (holds(raw, against, property.binding)) continue
          const at = source.occurrence(property, raw)
          findings = [...findings, { at, ...describe(at, against) }]
        }
      }
      return findings
    }
  }
