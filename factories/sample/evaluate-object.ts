import { isObject, join, patternOf } from '../../spec/index.ts'
import type { SchemaObject } from '../../spec/index.ts'
import type { Examiner, Marks } from './evaluate.ts'
import type { Spot } from './spot.ts'

type Members = Readonly<Record<string, unknown>>

/** Tells whether the members of an object satisfy the keywords for objects at a spot. */
export function evaluateObject(examiner: Examiner, spot: Spot, value: Members, marks: Marks | undefined): boolean {
  const schema = spot.schema as SchemaObject
  const names = Object.keys(value)
  if (typeof schema.minProperties === 'number' && names.length < schema.minProperties) return false
  if (typeof schema.maxProperties === 'number' && names.length > schema.maxProperties) return false
  const lacks = (name: unknown): boolean =>
    !Object.hasOwn(value, name as string) && !examiner.isHidden(spot, name as string)
  if (Array.isArray(schema.required) && schema.required.some(lacks)) return false
  return (
    evaluateDependents(examiner, spot, value, marks) &&
    names.every((name) => evaluateMember(examiner, spot, name, value[name], marks)) &&
    evaluateRest(examiner, spot, value, marks)
  )
}

function evaluateDependents(
  { spots, accepts, isHidden }: Examiner,
  spot: Spot,
  value: Members,
  marks: Marks | undefined,
): boolean {
  const schema = spot.schema as SchemaObject
  const lacks = (name: unknown): boolean => !Object.hasOwn(value, name as string) && !isHidden(spot, name as string)
  return (['dependentRequired', 'dependentSchemas', 'dependencies'] as const).every((keyword) => {
    const dependents = schema[keyword]
    return (
      !isObject(dependents) ||
      Object.entries(dependents).every(([name, wanted]) => {
        if (!Object.hasOwn(value, name)) return true
        return Array.isArray(wanted)
          ? !wanted.some(lacks)
          : accepts(spots.child(spot, join('', keyword, name)), value, marks)
      })
    )
  })
}

/** Properties, pattern properties, else additional ones; and the name itself. */
function evaluateMember(
  { spots, accepts }: Examiner,
  spot: Spot,
  name: string,
  value: unknown,
  marks: Marks | undefined,
): boolean {
  const schema = spot.schema as SchemaObject
  if ('propertyNames' in schema && !accepts(spots.child(spot, '/propertyNames'), name)) return false
  const paths: string[] = []
  if (isObject(schema.properties) && Object.hasOwn(schema.properties, name)) paths.push(join('/properties', name))
  for (const pattern of isObject(schema.patternProperties) ? Object.keys(schema.patternProperties) : []) {
    if (patternOf(pattern).test(name)) paths.push(join('/patternProperties', pattern))
  }
  if (paths.length === 0 && 'additionalProperties' in schema) paths.push('/additionalProperties')
  if (paths.length > 0) marks?.names.add(name)
  return paths.every((path) => accepts(spots.child(spot, path), value))
}

function evaluateRest({ spots, accepts }: Examiner, spot: Spot, value: Members, marks: Marks | undefined): boolean {
  if (!('unevaluatedProperties' in (spot.schema as SchemaObject))) return true
  return Object.keys(value).every((name) => {
    if (marks?.names.has(name)) return true
    marks?.names.add(name)
    return accepts(spots.child(spot, '/unevaluatedProperties'), value[name])
  })
}
