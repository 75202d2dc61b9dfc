import { isObject } from '../document.ts'

/** Keywords that ask something of null, too, or that count what others have looked at. */
const general = new Set(
  `$ref allOf anyOf oneOf not if then else enum const dependentSchemas unevaluatedProperties unevaluatedItems`.split(
    ' ',
  ),
)

const isNull = (branch: unknown): boolean =>
  isObject(branch) && branch.type === 'null' && Object.keys(branch).length === 1

/**
 * Returns a schema that is a choice between another and null as that other, whose type may also be null: nearly every choice of an API
 * is one of these, and code for one type is shorter than code for a choice. Any other comes back as it is.
 */
export function orNull(plain: Record<string, unknown>): Record<string, unknown> {
  const [[keyword, branches] = [], ...others] = Object.entries(plain)
  if (others.length > 0 || (keyword !== 'anyOf' && keyword !== 'oneOf') || !Array.isArray(branches)) return plain
  const [some, nulls] = [false, true].map((wanted) => branches.filter((branch) => isNull(branch) === wanted)) as [
    unknown[],
    unknown[],
  ]
  const [only] = some
  if (some.length !== 1 || nulls.length !== 1 || !isObject(only) || only.type === undefined) return plain
  const types: unknown[] = [only.type].flat()
  if (types.includes('null') || Object.keys(only).some((word) => general.has(word))) return plain
  return { ...only, type: branches[0] === only ? [...types, 'null'] : ['null', ...types] }
}
