// Turns errors of Ajv into issues.

import type { ErrorObject } from 'ajv/dist/2020.js'
import { isObject } from '../document.ts'
import { join } from '../pointer.ts'
import type { Pointer } from '../pointer.ts'

/** Something that a schema asks for and a value does not give. */
export interface Issue {
  /** Where in the value; of a property that is missing or too many, where that would stand. */
  readonly pointer: Pointer
  readonly keyword: string
  /** What the keyword says; of a choice, the types of its branches where they tell. */
  readonly asked: unknown
  /** How many branches of a `oneOf` fit, where several do. */
  readonly fitting?: number
  /** Where in the document the schema stands that asks; missing in validators that were written ahead of time. */
  readonly home?: Pointer
}

/** Keywords that only sum up what other errors say. */
const summaries = new Set(['anyOf', 'oneOf', 'if'])

/** Values can be wrong at a great many places; the first ones tell enough. */
const most = 1_000

/** Returns Ajv's errors about a value as issues, each once. */
export function issuesOf(
  errors: readonly ErrorObject[],
  home: (schema: unknown) => Pointer | undefined = () => undefined,
): readonly Issue[] {
  const seen = new Set<string>()
  // Many values may be held against one long list.
  const texts = new Map<unknown, string | undefined>()
  const issues: Issue[] = []
  for (const error of condense(errors)) {
    const issue = issueOf(error, home)
    const asked = texts.get(issue.asked) ?? JSON.stringify(issue.asked)
    texts.set(issue.asked, asked)
    const key = `${issue.pointer} ${issue.keyword} ${asked}`
    if (seen.has(key)) continue
    seen.add(key)
    issues.push(issue)
    if (issues.length >= most) break
  }
  return issues
}

/**
 * Leaves out what adds nothing: of a failed choice, the summary where a branch got further than the type of the value, and the
 * branches where none did.
 */
function condense(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const choices = errors.filter(({ keyword }) => summaries.has(keyword))
  if (choices.length === 0) return errors
  const further = placesWithin(errors)
  const [inner, outer] = [new Set<Pointer>(), new Set<Pointer>()]
  for (const { keyword, instancePath, params } of choices) {
    if (keyword === 'if') continue
    const isAmbiguous = Array.isArray((params as { passingSchemas?: unknown }).passingSchemas)
    ;(!isAmbiguous && (inner.has(instancePath) || further.has(instancePath)) ? inner : outer).add(instancePath)
  }
  return errors.filter(({ keyword, instancePath }) => {
    if (keyword === 'if') return false
    if (summaries.has(keyword)) return outer.has(instancePath)
    if (outer.has(instancePath)) return false
    return !(inner.has(instancePath) && keyword === 'type')
  })
}

/** Returns the places at which, or below which, more is wrong than the type of the value. */
function placesWithin(errors: readonly ErrorObject[]): ReadonlySet<Pointer> {
  const [places, above] = [new Set<Pointer>(), new Set<Pointer>()]
  for (const { instancePath, keyword } of errors) {
    if (summaries.has(keyword)) continue
    if (keyword !== 'type' && keyword !== 'false schema') places.add(instancePath)
    for (let end = instancePath.lastIndexOf('/'); end >= 0; end = instancePath.lastIndexOf('/', end - 1)) {
      const place = instancePath.slice(0, end)
      if (above.has(place)) break
      above.add(place)
      if (end === 0) break
    }
  }
  for (const place of above) places.add(place)
  return places
}

function issueOf(error: ErrorObject, home: (schema: unknown) => Pointer | undefined): Issue {
  const { keyword, instancePath, parentSchema } = error
  const params = error.params as Readonly<Record<string, unknown>>
  const name =
    keyword === 'required' ? params.missingProperty : (params.additionalProperty ?? params.unevaluatedProperty)
  const place = home(parentSchema)
  return {
    pointer: typeof name === 'string' ? join(instancePath, name) : instancePath,
    keyword: keyword === 'false schema' ? 'false' : keyword,
    asked: summaries.has(keyword) ? typesOf(error) : askedOf(keyword, error),
    ...(Array.isArray(params.passingSchemas) && { fitting: params.passingSchemas.length }),
    ...(place !== undefined && { home: place }),
  }
}

/** The types that the branches of a choice ask for, or how many branches there are. */
function typesOf({ schema }: ErrorObject): unknown {
  const branches: unknown = schema
  if (!Array.isArray(branches)) return undefined
  const types = branches.map((branch: unknown) => (isObject(branch) ? branch.type : undefined))
  return types.length > 0 && types.every((type) => type !== undefined) ? types.flat() : types.length
}

const askedOf = (keyword: string, { params, schema }: ErrorObject): unknown => {
  const { limit, allowedValues, allowedValue, ...rest } = params as Readonly<Record<string, unknown>>
  if (keyword === 'required') return true
  return limit ?? allowedValues ?? (keyword === 'const' ? allowedValue : (rest[keyword] ?? schema))
}
