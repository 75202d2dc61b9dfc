import { at, join } from '../../spec/index.ts'
import type { Locate, Pointer } from '../../spec/index.ts'
import type { Issue } from '../validator/issues.ts'
import { show } from '../violation.ts'
import type { Violation } from '../violation.ts'
import type { Store } from './store.ts'

/** Keywords that only sum up what other errors say. */
const summaries = new Set(['anyOf', 'oneOf', 'if'])
/** Bodies can be wrong at a great many places; the first ones tell enough. */
const most = 1000

/** Returns violations of a body for ajv's errors about it, each at most once. */
export function explain(errors: readonly Issue[], body: unknown, store: Store, locate: Locate): Violation[] {
  const seen = new Set<string>()
  return condense(errors).flatMap((error): Violation[] => {
    const violation = sentence(error, body, store, locate)
    const key = `${violation.pointer} ${violation.expected}`
    if (seen.has(key) || seen.size >= most) return []
    seen.add(key)
    return [violation]
  })
}

/**
 * Leaves out what adds nothing: of a failed choice, the summary where a branch got further than the value itself, and the
 * branches where none did.
 */
function condense(errors: readonly Issue[]): readonly Issue[] {
  const choices = errors.filter(({ keyword }) => summaries.has(keyword))
  if (choices.length === 0) return errors
  const deeper = (path: Pointer): boolean =>
    errors.some(
      ({ instancePath, keyword }) =>
        !summaries.has(keyword) &&
        (instancePath.startsWith(`${path}/`) || (instancePath === path && keyword === 'required')),
    )
  const inner = new Set(
    choices
      .filter(({ keyword, instancePath }) => keyword !== 'if' && deeper(instancePath))
      .map(({ instancePath }) => instancePath),
  )
  const outer = new Set(
    choices
      .filter(({ keyword, instancePath }) => keyword !== 'if' && !inner.has(instancePath))
      .map(({ instancePath }) => instancePath),
  )
  return errors.filter(({ keyword, instancePath }) => {
    if (keyword === 'if') return false
    if (summaries.has(keyword)) return outer.has(instancePath)
    if (outer.has(instancePath)) return false
    return !(inner.has(instancePath) && keyword === 'type')
  })
}

function sentence(error: Issue, body: unknown, store: Store, locate: Locate): Violation {
  const { instancePath, keyword, parentSchema } = error
  const pointer = pointerOf(error)
  const home = store.home(parentSchema)
  const place = home === undefined ? undefined : (locate(join(home, keyword)) ?? locate(home))
  return {
    code: 'OAS-SCHEMA',
    says: 'the body has the form its schema documents',
    severity: 'error',
    pointer,
    expected: expectation(error),
    received: pointer === instancePath ? show(at(body, instancePath)) : show(at(body, pointer)),
    ...(place && { place }),
  }
}

function pointerOf({ keyword, params, instancePath }: Issue): Pointer {
  const name: unknown =
    keyword === 'required' ? params.missingProperty : (params.additionalProperty ?? params.unevaluatedProperty)
  return typeof name === 'string' ? join(instancePath, name) : instancePath
}

const bounds: Readonly<Record<string, string>> = {
  '>=': 'at least',
  '<=': 'at most',
  '>': 'more than',
  '<': 'less than',
}

function expectation({ keyword, params, message, schema, parentSchema }: Issue): string {
  switch (keyword) {
    case 'type':
      return [params.type].flat().join(' or ')
    case 'required':
      return 'a value'
    case 'enum':
      return `one of ${show(params.allowedValues)}`
    case 'const':
      return show(params.allowedValue)
    case 'format':
      return String(params.format)
    case 'pattern':
      return `a text that matches ${String(params.pattern)}`
    case 'multipleOf':
      return `a multiple of ${String(params.multipleOf)}`
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return `${bounds[String(params.comparison)]} ${String(params.limit)}`
    case 'minLength':
      return `at least ${String(params.limit)} characters`
    case 'maxLength':
      return `at most ${String(params.limit)} characters`
    case 'minItems':
      return `at least ${String(params.limit)} items`
    case 'maxItems':
      return `at most ${String(params.limit)} items`
    case 'uniqueItems':
      return 'items that differ'
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return 'nothing: the property is not documented'
    case 'false schema':
      return 'nothing'
    case 'anyOf':
    case 'oneOf':
      return choice(schema, parentSchema, keyword, params)
    default:
      return message ?? keyword
  }
}

/** What the branches of a choice ask for, as far as their types tell. */
function choice(schema: unknown, parent: unknown, keyword: string, params: Record<string, unknown>): string {
  if (Array.isArray(params.passingSchemas)) return 'a value that fits exactly one of the alternatives'
  const branches: unknown = Array.isArray(schema) ? schema : (parent as Record<string, unknown> | undefined)?.[keyword]
  const types = Array.isArray(branches) ? branches.map((branch: { type?: unknown }) => branch.type) : []
  return types.length > 0 && types.every((type) => type !== undefined)
    ? types.flat().map(String).join(' or ')
    : `one of ${types.length || 'the'} alternatives`
}
