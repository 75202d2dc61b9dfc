// Templates: schemas compiled to functions that return a value in a context, or write it as JSON text.

import type { Binding, Entity, Keyed, Pointer, Representation } from '../../spec/index.ts'
import { hashText, mix2, Random } from '../random.ts'
import { roleValueOf } from '../values/value.ts'
import { within } from './context.ts'
import type { AnswerContext } from './context.ts'
import { encoderOf } from './encode.ts'
import type { Encode } from './encode.ts'
import type { ValueSchema } from './schema.ts'

/**
 * A schema of an answer, compiled: `build` returns its value in a context, `write` the same value as JSON text. What is
 * absent is `undefined` for the one and the empty text for the other.
 */
export interface Template {
  build(context: AnswerContext): unknown
  write(context: AnswerContext): string
  /** Whether it is the same value in every context. */
  readonly isConstant?: true
}

/** Returns the template of a value that never changes. */
export function constantTemplate(value: unknown): Template {
  const text = JSON.stringify(value) ?? ''
  const isSimple = typeof value !== 'object' || value === null
  return { build: isSimple ? () => value : () => structuredClone(value), write: () => text, isConstant: true }
}

/** Returns the template of what a function builds. */
const builtTemplate = (build: (context: AnswerContext) => unknown): Template => ({
  build,
  write: (context) => JSON.stringify(build(context)) ?? '',
})

const plainText = /^[\x20\x21\x23-\x5b\x5d-\uD7FF\uE000-\uFFFF]*$/

/** Returns the JSON text of a value. Most texts need no escape, and testing that is cheaper than escaping. */
function toJson(value: unknown): string {
  if (typeof value === 'string')
    return value.length < 100 && plainText.test(value) ? `"${value}"` : JSON.stringify(value)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Returns the template of a single value that carries a role; absent where the ledger has none. */
export function roleTemplate(get: (context: AnswerContext) => unknown, encode: Encode): Template {
  const build = (context: AnswerContext): unknown => {
    const value = get(context)
    return value === undefined || value === null ? undefined : encode(value, context)
  }
  return {
    build,
    write(context) {
      const value = build(context)
      return value === undefined ? '' : toJson(value)
    },
  }
}

/** Returns the template of a business object; absent where the ledger has none. */
export function entityTemplate(binding: Binding, inner: Template): Template {
  const get = roleValueOf(binding)
  const entity = binding.term.of as Entity
  return {
    build(context) {
      const item = get(context)
      return item === undefined || item === null ? undefined : within(context, entity, item, inner.build)
    },
    write(context) {
      const item = get(context)
      return item === undefined || item === null ? '' : within(context, entity, item, inner.write)
    },
  }
}

/** Returns the template of a list of business objects. */
export function listTemplate(binding: Binding, inner: Template): Template {
  const get = roleValueOf(binding) as (context: AnswerContext) => readonly unknown[] | undefined
  const entity = binding.term.of as Entity
  return {
    build: (context) => get(context)?.map((item) => within(context, entity, item, inner.build)),
    write(context) {
      const items = get(context)
      return items ? `[${items.map((item) => within(context, entity, item, inner.write)).join()}]` : ''
    },
  }
}

/** Returns the template of a list without a role whose items carry roles: one or two of them. */
export function fewTemplate(inner: Template, pointer: Pointer): Template {
  const salt = hashText(pointer)
  const each = <T>(context: AnswerContext, make: (context: AnswerContext) => T): T[] => {
    const { key } = context
    const items = [...Array(new Random(mix2(key, salt)).int(1, 2)).keys()].map((index) => {
      context.key = mix2(key ^ salt, index)
      return make(context)
    })
    context.key = key
    return items
  }
  return {
    build: (context) => each(context, inner.build),
    write: (context) => `[${each(context, inner.write).join()}]`,
  }
}

/** Returns the template of a list whose items state amounts of the whole invoice: one item. */
export const singleTemplate = ({ build, write }: Template): Template => ({
  build: (context) => [build(context)],
  write: (context) => `[${write(context)}]`,
})

/** A value of a keyed list may be anything: its binding alone says how it is written. */
const anything: ValueSchema = { types: new Set(['string', 'number', 'integer', 'boolean', 'null']), nullable: true }

/** Returns the template of a list of `{ key, value }` objects; entries without a value are left out unless nulls are shown. */
export function keyedTemplate({ key, value, label, entries }: Keyed, representation: Representation): Template {
  const fields = entries.map((entry) => ({
    ...entry,
    get: roleValueOf(entry.binding),
    encode: encoderOf(entry.binding, anything, representation),
  }))
  return builtTemplate((context) =>
    fields.flatMap((field) => {
      const stated = field.get(context)
      const isAbsent = stated === undefined || stated === null
      if (isAbsent && !context.nulls) return []
      return [
        {
          [key]: field.key,
          ...(label !== undefined && { [label]: field.label }),
          [value]: isAbsent ? null : field.encode(stated, context),
        },
      ]
    }),
  )
}

/** Returns the template of a value that is drawn for each object, keyed by it. */
export const drawnTemplate = (draw: (random: Random) => unknown, salt: number): Template =>
  builtTemplate(({ key }) => draw(new Random(mix2(key, salt))))

/** Values kept for one place: a value without a role says little, so they may recur. */
const poolSize = 256

/** Returns the template of a value from a pool, chosen by the key of the object in view. The pool fills as it is used, and is the same for all ledgers. */
export function pooledTemplate(draw: (random: Random) => unknown, salt: number): Template {
  const texts: (string | undefined)[] = []
  const textOf = ({ key }: AnswerContext): string => {
    const index = mix2(key, salt) % poolSize
    return (texts[index] ??= JSON.stringify(draw(new Random(mix2(index, salt)))) ?? '')
  }
  return {
    build(context) {
      const text = textOf(context)
      return text === '' ? undefined : JSON.parse(text)
    },
    write: textOf,
  }
}
