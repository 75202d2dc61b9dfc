// The vocabulary of one document: the core roles and those that it declares in `x-roles`.

import { isObject } from './document.ts'
import type { Locate } from './document.ts'
import { failure, suggest } from './failure.ts'
import { join } from './pointer.ts'
import type { Pointer } from './pointer.ts'
import { parseRole, roles } from './roles.ts'
import type { Role, RoleName } from './roles.ts'
import { kinds } from './roles/term.ts'
import type { Entity, Formula, Mention, Term } from './roles/term.ts'

/** The roles that a document can bind: those of the core, and those that it declares itself. */
export interface Vocabulary {
  /** The declared ones, by name. */
  readonly own: ReadonlyMap<Role, Term>
  /** Returns the role, anchor and term that a name stands for, or `undefined` where the vocabulary lacks it. */
  parse(name: string): RoleName | undefined
  /** Returns the list and entity roles that lead from an invoice to an entity, the outermost first; none for the invoice itself. */
  pathTo(entity: Entity): readonly RoleName[] | undefined
}

/** The roles that every document can bind. */
export const core: Vocabulary = vocabulary(new Map())

const known = new WeakMap<object, Vocabulary>()

/**
 * Returns the vocabulary of a document, or of what an overlay adds to one.
 * @throws Failure for a declaration that is no role, or a value that names an unknown one.
 */
export function vocabularyOf(tree: unknown, locate: Locate = () => undefined, base: Vocabulary = core): Vocabulary {
  if (!isObject(tree)) return base
  const made = known.get(tree)
  if (made && base === core) return made
  const declared = declarationsIn(tree)
  const own = declared.length === 0 ? base : declare(declared, locate, base)
  if (base === core) known.set(tree, own)
  return own
}

type Declared = readonly [pointer: Pointer, name: string, stated: unknown]

/** At the root of a document, or in the actions of an overlay that update its root. */
function declarationsIn(tree: Record<string, unknown>): readonly Declared[] {
  const actions = Array.isArray(tree.actions) ? (tree.actions as unknown[]) : []
  const places = [
    ['', tree] as const,
    ...actions.map(
      (action, index) => [join('', 'actions', index, 'update'), isObject(action) && action.update] as const,
    ),
  ]
  return places.flatMap(([pointer, holder]) =>
    isObject(holder) && isObject(holder['x-roles'])
      ? Object.entries(holder['x-roles']).map(([name, stated]): Declared => [
          join(pointer, 'x-roles', name),
          name,
          stated,
        ])
      : [],
  )
}

function declare(declared: readonly Declared[], locate: Locate, base: Vocabulary): Vocabulary {
  const own = new Map(base.own)
  const made = vocabulary(own)
  const formulas: (() => void)[] = []
  const checks: (() => void)[] = []
  for (const [pointer, name, stated] of declared) {
    const place = locate(pointer)
    const here = `${place ? ` in ${place.file}:${place.line}` : ''} at ${pointer}`
    const { value, ...term } = termFrom(name, stated, here)
    const entry: { -readonly [K in keyof Term]: Term[K] } = term
    own.set(name as Role, entry)
    // What a value names may be declared below it.
    if (value !== undefined) formulas.push(() => (entry.value = formulaFrom(value, made, here)))
    checks.push(() => refuseRing(name, entry, here))
  }
  for (const complete of [...formulas, ...checks]) complete()
  return made
}

/** A value that needs itself would never be made. */
function refuseRing(name: string, term: Term, here: string): void {
  const seen = new Set<Term>()
  const visit = ({ value }: Term): void => {
    for (const mention of value?.roles.values() ?? []) {
      if (mention.term === term)
        throw failure(`read x-roles${here}`, { expected: 'a value that does not need itself', received: name })
      if (seen.has(mention.term)) continue
      seen.add(mention.term)
      visit(mention.term)
    }
  }
  visit(term)
}

function vocabulary(own: ReadonlyMap<Role, Term>): Vocabulary {
  const parse = (name: string): RoleName | undefined => {
    const term = own.get(name as Role)
    if (term) return { role: name as Role, term }
    const anchor = /^(buyer|seller)\.(.+)$/.exec(name)
    const ofParty = anchor ? own.get(`party.${anchor[2]}` as Role) : undefined
    return anchor && ofParty
      ? { role: `party.${anchor[2]}` as Role, anchor: anchor[1] as 'buyer' | 'seller', term: ofParty }
      : parseRole(name)
  }
  return { own, parse, pathTo: (entity) => pathTo(entity, own) }
}

function pathTo(entity: Entity, own: ReadonlyMap<Role, Term>): readonly RoleName[] | undefined {
  if (entity === 'invoice') return []
  const openers = [...own, ...(Object.entries(roles) as [Role, Term][])].filter(
    ([, { kind, of }]) => (kind === 'list' || kind === 'entity') && of === entity,
  )
  for (const [role, term] of openers) {
    const around = role.split('.')[0] as Entity
    if (around === entity || around === 'page' || around === 'party' || !role.includes('.')) continue
    const path = pathTo(around, own)
    if (path) return [...path, { role, term }]
  }
  return undefined
}

const fields = ['kind', 'of', 'words', 'currency', 'says', 'allows', 'value']

function termFrom(name: string, stated: unknown, here: string): Term & { readonly value?: never } {
  const wrong = (expected: string, received: unknown, cure?: string): Error =>
    failure(`read x-roles${here}`, { expected, received: JSON.stringify(received) ?? 'nothing', ...(cure && { cure }) })
  if (!/^[a-z]\w*(?:\.\w+)+$/.test(name)) throw wrong('a name like call.summary', name)
  if (Object.hasOwn(roles, name)) throw wrong('a name that the core vocabulary does not have', name)
  const whole = typeof stated === 'string' ? { kind: stated } : stated
  if (!isObject(whole)) throw wrong('a kind, or { kind, says, value … }', stated)
  const stranger = Object.keys(whole).find((field) => !fields.includes(field))
  if (stranger !== undefined) throw wrong('known fields', stranger, suggest(stranger, fields))
  if (!kinds.includes(whole.kind as never)) throw wrong(`kind to be one of ${kinds.join(', ')}`, whole.kind)
  const opens = whole.kind === 'entity' || whole.kind === 'list'
  if (opens && typeof whole.of !== 'string') throw wrong(`"of" with kind ${String(whole.kind)}`, whole.of)
  return { says: '', ...whole } as Term & { readonly value?: never }
}

/** The day that a ledger is looked at is no role, but values may name it. */
const today: Mention = { role: 'today', term: { kind: 'date', says: '' } }

const placeholder = /\{([a-z]\w*(?:\.\w+)*)\}/g

/** Reads a value: every `{role}` in a text, and what generators name. */
function formulaFrom(template: unknown, { parse }: Vocabulary, here: string): Formula {
  const named = new Map<string, Mention>()
  const name = (role: string): void => {
    const company = role.startsWith('company.') ? parse(role.replace('company', 'party')) : undefined
    const found: Mention | undefined =
      role === 'today' ? today : company ? { ...company, anchor: 'company' as const } : parse(role)
    if (!found)
      throw failure(`read x-roles${here}`, {
        expected: 'a value that names roles of the vocabulary',
        received: `"${role}"`,
        cure: suggest(role, Object.keys(roles)),
      })
    named.set(role, found)
  }
  const visit = (value: unknown): void => {
    if (typeof value === 'string') for (const [, role] of value.matchAll(placeholder)) name(role as string)
    else if (Array.isArray(value)) value.forEach(visit)
    else if (isObject(value)) {
      const isGenerator = Object.keys(value).some((key) => key.startsWith('$'))
      for (const [key, inner] of Object.entries(value)) {
        if (key.startsWith('$') && !Object.hasOwn(generators, key))
          throw failure(`read x-roles${here}`, {
            expected: 'a known generator',
            received: `"${key}"`,
            cure: suggest(key, Object.keys(generators)),
          })
        const form = isGenerator ? (generators[key] ?? settings[key]) : undefined
        if (form && !form[1](inner))
          throw failure(`read x-roles${here}`, {
            expected: `${key} with ${form[0]}`,
            received: JSON.stringify(inner) ?? 'nothing',
          })
        visit(inner)
      }
    }
  }
  visit(template)
  return { template, roles: named }
}

type Form = readonly [expected: string, holds: (value: unknown) => boolean]

const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value)
const isRange = (value: unknown): boolean =>
  Array.isArray(value) && value.length === 2 && value.every(isNumber) && (value[0] as number) <= (value[1] as number)

const role: Form = [
  'one role in braces',
  (value) => typeof value === 'string' && /^\{[a-z]\w*(?:\.\w+)*\}$/.test(value),
]
const path: Form = [
  'a source and its properties',
  (value) => typeof value === 'string' && /^[a-z]\w*(?:\.\w+)*$/.test(value),
]
const text: Form = ['a text', (value) => typeof value === 'string' && value !== '']
const number: Form = ['a number, or the least and the greatest', (value) => isNumber(value) || isRange(value)]
const share: Form = ['a share from 0 to 1', (value) => isNumber(value) && Math.abs((value as number) - 0.5) <= 0.5]

/** What makes values that a document declares itself, and what each takes; `factories/values/formula.ts` says how. */
const generators: Readonly<Record<string, Form>> = {
  $pick: ['a list to pick from', (value) => Array.isArray(value) && value.length > 0],
  $whole: number,
  $ratio: ['the least and the greatest', isRange],
  $chance: share,
  $after: role,
  $token: role,
  $case: role,
  $else: ['a value', () => true],
  $before: text,
  $upper: text,
  $rows: ['a list of objects', (value) => Array.isArray(value) && value.length > 0 && value.every(isObject)],
  $part: path,
  $from: path,
}

/** What may stand beside a generator. */
const settings: Readonly<Record<string, Form>> = { days: number, seconds: number, take: number, share }
