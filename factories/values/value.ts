// Finds the function that reads the value of a role from the objects in view.
import { entityOf } from '../../spec/index.ts'
import type { Binding, CoreRole, Role, Term } from '../../spec/index.ts'
import { within } from '../answers/context.ts'
import type { AnswerContext } from '../answers/context.ts'
import { compileFormula } from './formula.ts'
import { addressAround, roleValues } from './role-values.ts'

/**
 * Returns what the ledger says of a role where the context stands: minor units, thousandths, days, seconds, keys, words.
 * `undefined` is absent.
 */
export type Value = (context: AnswerContext) => unknown

/** Roles that are no values: filters, sorting, switches of the answer; `self.…` is resolved before. */
type Request =
  | `self.${string}`
  | 'filter'
  | `sort.${string}`
  | `answer.${string}`
  | `claim.${'limit' | 'ttl' | 'key'}`
  | 'page.unlimited'

/** A role whose object has a property of the same name: `line.net` is the `net` of the line. */
type Plain<R extends CoreRole> = R extends keyof AnswerContext
  ? R
  : R extends `${infer Entity}.${infer Name}`
    ? Entity extends keyof AnswerContext
      ? Name extends keyof AnswerContext[Entity]
        ? R
        : never
      : never
    : never

/** What must be said of each role that is not simply a property of its object. */
type Exceptions = Readonly<Record<Exclude<CoreRole, Request | { [R in CoreRole]: Plain<R> }[CoreRole]>, Value>>

const exceptions: Exceptions = roleValues

/** Returns the value of a binding; anchored roles look at the invoice's own buyer or seller. */
export function roleValueOf({ role, anchor, of, any, term }: Named): Value {
  if (role === 'filter') return ({ page }) => page.filters?.[of as string] ?? any
  const value =
    (term?.value ? formulaOf(role, term) : (exceptions as Partial<Record<Role, Value>>)[role]) ?? propertyOf(role)
  if (anchor === undefined) return value
  return (context) => within(context, 'party', context.invoice[anchor], value)
}

type Named = Pick<Binding, 'role' | 'anchor' | 'of' | 'any'> & Partial<Pick<Binding, 'term'>>

/** A formula is compiled when it is first asked for: it may name roles whose own formulas name others. */
function formulaOf(role: Role, term: Term): Value {
  let made: Value | undefined
  return (context) => (made ??= compileFormula(role, term, roleValueOf))(context)
}

/** Returns what reads the property that a role is named after. */
function propertyOf(role: Role): Value {
  const entity = entityOf(role)
  const name = role.slice(entity.length + 1)
  const objectIn = (context: AnswerContext): unknown =>
    (context as unknown as Readonly<Record<string, unknown>>)[entity]
  if (name === '') return objectIn
  const find: Value = entity === 'address' ? addressAround : objectIn
  return (context) => (find(context) as Readonly<Record<string, unknown>> | undefined)?.[name]
}
