// Compiles the formulas of roles that a document declares itself: constants, texts with `{role}` in them, generators.
import { failure, formatDay, formatInstant, formatMajor, isObject, secondsPerDay } from '../../spec/index.ts'
import type { Binding, Kind, Role, RoleName, Term } from '../../spec/index.ts'
import { unit, whole } from '../ledger/draw.ts'
import { within } from '../answers/context.ts'
import type { AnswerContext } from '../answers/context.ts'
import { hashText, mix2 } from '../random.ts'
import { idOf, inside, sources } from './sources.ts'
import type { Value } from './value.ts'

type Stated = Readonly<Record<string, unknown>>
type Read = (name: Pick<Binding, 'role' | 'anchor' | 'term'>) => Value

/** What a template is compiled with. */
interface Making {
  /** Names the draws. */
  readonly role: string
  readonly term: Term
  /** Returns the value of a role that the template names. */
  readonly named: (role: string) => { readonly get: Value; readonly kind: Kind }
}

/**
 * Returns the value of a role that a document declares, as its formula says: constants, texts with `{role}` in them, generators.
 * @param read returns the value of a role
 */
export function compileFormula(role: string, term: Term, read: Read): Value {
  const { template, roles } = term.value ?? { template: undefined, roles: new Map<string, never>() }
  const named = (name: string): { readonly get: Value; readonly kind: Kind } => {
    const found = roles.get(name)
    if (!found) throw failure(`make ${role}`, { expected: 'a role that its value names', received: name })
    if (found.role === 'today') return { get: ({ today }) => today, kind: 'date' }
    if (found.anchor !== 'company') return { get: read(found as RoleName), kind: found.term.kind }
    const own = read({ role: found.role as Role, term: found.term })
    return { get: (context) => within(context, 'party', context.ledger.seller, own), kind: found.term.kind }
  }
  return compile(template, { role, term, named })
}

function compile(template: unknown, making: Making): Value {
  if (typeof template === 'string') return compileText(template, making)
  if (Array.isArray(template)) {
    const items = template.map((item) => compile(item, making))
    const isList = making.term.kind === 'list'
    return (context) => {
      const values = items.map((item) => item(context)).filter((item) => item !== undefined)
      return isList ? values.flat() : values
    }
  }
  if (!isObject(template)) return () => template
  const generator = Object.keys(template).find((key) => Object.hasOwn(generators, key))
  if (generator !== undefined) return generators[generator as keyof typeof generators](template, making)
  const members = Object.entries(template).map(([name, value]) => [name, compile(value, making)] as const)
  return (context) => Object.fromEntries(members.map(([name, value]) => [name, value(context)]))
}

const placeholder = /\{([a-z]\w*(?:\.\w+)*)\}/

/** A text that is nothing but `{role}` is that role's value, unless a text is asked for; any absent part leaves the whole out. */
function compileText(template: string, { term, named }: Making): Value {
  const pieces = template.split(new RegExp(placeholder, 'g'))
  if (pieces.length === 1) return () => template
  const parts = pieces.map((piece, index) => (index % 2 === 0 ? piece : named(piece)))
  const [before, only, after] = parts
  const isText = term.kind === 'text' || term.kind === 'texts'
  if (parts.length === 3 && before === '' && after === '' && typeof only === 'object')
    if (!isText || (only.kind === 'texts' && term.kind === 'texts')) return only.get
  return (context) => {
    let text = ''
    for (const part of parts) {
      if (typeof part === 'string') text += part
      else {
        const value = part.get(context)
        if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return undefined
        text += textOf(value, part.kind, context)
      }
    }
    return text
  }
}

function textOf(value: unknown, kind: Kind, context: AnswerContext): string {
  if (kind === 'date') return formatDay(value as number)
  if (kind === 'instant') return formatInstant(value as number)
  if (kind === 'amount') return formatMajor(value as number, context.invoice.exponent)
  if (kind === 'quantity' || kind === 'rate') return String((value as number) / 1000)
  return Array.isArray(value) ? value.join(', ') : String(value)
}

/** A number, or one drawn between two. */
function numberFrom(stated: unknown, name: string): (key: number) => number {
  if (!Array.isArray(stated)) return () => (typeof stated === 'number' ? stated : 0)
  const [low, high] = stated as [number, number]
  const salt = hashText(name)
  return (key) => whole(key, salt, low, high)
}

const generators = {
  /** `{ $pick: [a, b] }`: one of them, the same for the same object. */
  $pick({ $pick }: Stated, making: Making): Value {
    const choices = ($pick as unknown[]).map((choice) => compile(choice, making))
    const salt = hashText(making.role)
    return (context) => choices[whole(context.key, salt, 0, choices.length - 1)]?.(context)
  },
  /** `{ $whole: [1, 6] }`: a whole number. */
  $whole({ $whole }: Stated, { role }: Making): Value {
    const draw = numberFrom($whole, role)
    return ({ key }) => draw(key)
  },
  /** `{ $ratio: [0.85, 0.99] }`: a number with two decimals. */
  $ratio({ $ratio }: Stated, { role }: Making): Value {
    const [low, high] = $ratio as [number, number]
    const draw = numberFrom([Math.round(low * 100), Math.round(high * 100)], role)
    return ({ key }) => draw(key) / 100
  },
  /** `{ $chance: 0.3 }`: true so often. */
  $chance({ $chance }: Stated, { role }: Making): Value {
    const salt = hashText(role)
    return ({ key }) => unit(key, salt) < ($chance as number)
  },
  /** `{ $after: '{invoice.sentAt}', days: 2, seconds: [0, 3600] }`: a moment that long after another, before it where negative. */
  $after({ $after, days, seconds }: Stated, making: Making): Value {
    const name = String($after).slice(1, -1)
    const { get, kind } = making.named(name)
    const [inDays, inSeconds] = [numberFrom(days, `${making.role} days`), numberFrom(seconds, `${making.role} seconds`)]
    const scale = kind === 'date' ? secondsPerDay : 1
    return (context) => {
      const from = get(context) as number | undefined
      return from === undefined
        ? undefined
        : from * scale + inDays(context.key) * secondsPerDay + inSeconds(context.key)
    }
  },
  /** `{ $token: '{call.id}' }`: an opaque word for the object of that identity. */
  $token({ $token }: Stated, { role, named }: Making): Value {
    const { get } = named(String($token).slice(1, -1))
    return (context) => {
      const key = get(context) as number | undefined
      return key === undefined ? undefined : idOf(context, role, key)
    }
  },
  /** `{ $case: '{address.kind}', billing: …, shipping: …, $else: … }`: by the value of a role; `absent` where it has none. */
  $case({ $case, ...stated }: Stated, making: Making): Value {
    const { get } = making.named(String($case).slice(1, -1))
    const cases = new Map(Object.entries(stated).map(([word, value]) => [word, compile(value, making)]))
    return (context) => (cases.get(String(get(context) ?? 'absent')) ?? cases.get('$else'))?.(context)
  },
  /** `{ $before: '.', of: '{company.domain}' }`: what stands before the first of such a text. */
  $before({ $before, of }: Stated, making: Making): Value {
    const text = compile(of, making)
    return (context) => (text(context) as string | undefined)?.split($before as string)[0]
  },
  /** `{ $upper: '{buyer.name} {invoice.number}' }`: in capitals. */
  $upper({ $upper }: Stated, making: Making): Value {
    const text = compile($upper, making)
    return (context) => (text(context) as string | undefined)?.toUpperCase()
  },
  /**
   * `{ $rows: [{ name: Region }, …], take: [0, 2], share: 0.3, by: '{company.name}' }`: objects of a table: all, or so many, for that
   * share of those around. What is taken depends on the object around, or on the role after `by`.
   */
  $rows({ $rows, take, share = 1, by }: Stated, making: Making): Value {
    const { term } = making
    const rows = ($rows as Stated[]).map((row, index) => ({ index, ...row }))
    const salt = hashText(JSON.stringify($rows))
    const count = take === undefined ? () => rows.length : numberFrom(take, `${salt}`)
    const of = by === undefined ? undefined : compile(by, making)
    const keyIn = (context: AnswerContext): number => (of ? hashText(String(of(context))) : context.key)
    const chosen = (context: AnswerContext): readonly Stated[] => {
      const key = keyIn(context)
      if (unit(key, salt) >= (share as number)) return []
      const first = take === undefined ? 0 : whole(mix2(key, salt), salt, 0, rows.length - 1)
      const amount = Math.min(rows.length, count(key))
      // An object that depends on a role alone is the same wherever it is met.
      const own = of ? { key: mix2(key, salt) } : undefined
      return Array.from({ length: amount }, (_, at) => ({ ...rows[(first + at) % rows.length], ...own }))
    }
    return term.kind === 'list' ? chosen : (context) => chosen(context)[0]
  },
  /** `{ $part: email.parent }`: the identity of the part of the invoice at a position that `$from` finds. */
  $part({ $part }: Stated, { role }: Making): Value {
    const find = found(String($part), role)
    return (context) => inside(context, find(context) as number | undefined)
  },
  /** `{ $from: correspondence.emails }`: what a named source, or an object in view, has. */
  $from: ({ $from }: Stated, { role }: Making): Value => found(String($from), role),
} as const

/** Returns what finds the property of a named source, or of an object in view. */
function found(path: string, role: string): Value {
  const [name = '', ...steps] = path.split('.')
  if (!/^[a-z]/.test(name))
    throw failure(`make ${role}`, { expected: 'a source and its properties', received: JSON.stringify(path) })
  const source: Value = Object.hasOwn(sources, name)
    ? sources[name as keyof typeof sources]
    : (context) => (context as unknown as Stated)[name]
  return (context) => steps.reduce<unknown>((value, step) => (value as Stated | undefined)?.[step], source(context))
}
