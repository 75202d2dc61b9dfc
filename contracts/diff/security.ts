// Compares what lets requests in: security requirements, schemes and scopes.

import { isObject, join } from '../../spec/index.ts'
import type { Model, Operation } from '../../spec/index.ts'
import type { ChangeNotes } from './change.ts'
import { compareDeprecation, compareRest, objectAt } from './rest.ts'

/** Notes which credentials let in no more, or as well, and which scopes they need. */
export function compareSecurity(notes: ChangeNotes, old: Operation, now: Operation): void {
  const key = (schemes: readonly string[]): string => [...schemes].sort().join(' and ') || 'none'
  const before = old.security.length === 0 ? ['none'] : old.security.map(key)
  const after = now.security.length === 0 ? ['none'] : now.security.map(key)
  const lost = before.filter((schemes) => !after.includes(schemes))
  const gained = after.filter((schemes) => !before.includes(schemes))
  const here = { old: old.pointer, now: now.pointer }
  if (lost.length > 0)
    notes.note(
      after.includes('none') ? 'risky' : 'breaking',
      'security-narrowed',
      `credentials ${lost.join(', ')} no longer let in${after.includes('none') ? '; none are needed' : ''}`,
      here,
    )
  if (gained.length > 0 && (lost.length === 0 || after.includes('none')))
    notes.note('safe', 'security-widened', `credentials ${gained.join(', ')} let in, too`, here)
  const [was, is] = [scopesOf(notes.before, old), scopesOf(notes.after, now)]
  for (const scope of is)
    if (
      !was.includes(scope) &&
      before.some((schemes) => schemes.split(' and ').includes(scope.split(' ')[0] as string))
    )
      notes.note('breaking', 'scope-added', `credentials now need the scope ${scope}`, here)
  for (const scope of was)
    if (!is.includes(scope) && after.some((schemes) => schemes.split(' and ').includes(scope.split(' ')[0] as string)))
      notes.note('safe', 'scope-removed', `credentials no longer need the scope ${scope}`, here)
}

/** `oauth invoices:read` */
function scopesOf(model: Model, { pointer }: Operation): readonly string[] {
  const own = objectAt(model, pointer).security ?? model.document.security
  const options: readonly unknown[] = Array.isArray(own) ? own : []
  return options.flatMap((option) =>
    Object.entries(isObject(option) ? option : {}).flatMap(([name, scopes]) =>
      Array.isArray(scopes) ? scopes.map((scope) => `${name} ${String(scope)}`) : [],
    ),
  )
}

/** Notes where credentials of the same name now travel otherwise. */
export function compareSchemes(notes: ChangeNotes): void {
  const [before, after] = [notes.before, notes.after].map(({ security }) => security) as [
    Model['security'],
    Model['security'],
  ]
  for (const name of Object.keys(before)) {
    const pointer = join('', 'components', 'securitySchemes', name)
    const here = { old: pointer, now: pointer }
    if (after[name] === undefined) continue
    const [was, is] = [before, after].map((schemes) => wayOf(schemes[name]))
    if (was !== is)
      notes.note(
        'breaking',
        'security-scheme-changed',
        `credentials ${name} travel as ${String(is)}, were ${String(was)}`,
        here,
      )
    compareDeprecation(notes, `credentials ${name}`, here)
    compareRest(notes, 'securityScheme', `credentials ${name}`, here)
  }
}

const wayOf = (scheme: Model['security'][string] | undefined): string =>
  scheme ? [scheme.type, scheme.scheme, scheme.in, scheme.name].filter((part) => part !== undefined).join(' ') : ''
