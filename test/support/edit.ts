import { isObject, split } from '../../spec/index.ts'
import type { Pointer } from '../../spec/index.ts'

/**
 * A change of one place of a JSON value. A step `key=total` of the pointer is the item of a list whose `key` is `total`;
 * numbers written as texts stay texts.
 */
export type Edit =
  | { readonly at: Pointer; readonly to: unknown }
  | { readonly at: Pointer; readonly plus: number }
  | { readonly at: Pointer; readonly drop: true }
  | { readonly at: Pointer; readonly like: Pointer }

/** Returns a copy with the edit, or `undefined` where its place is not there. */
export function edited<T>(value: T, edit: Edit): T | undefined {
  const copy = structuredClone(value)
  const steps = split(edit.at)
  const parent = steps.slice(0, -1).reduce<unknown>(stepInto, copy)
  const name = keyIn(parent, steps.at(-1) as string)
  if (!isContainer(parent) || name === undefined || !(name in parent)) return undefined
  const present = parent[name]
  if ('to' in edit) parent[name] = edit.to
  else if ('like' in edit) {
    const other = split(edit.like).reduce<unknown>(stepInto, copy)
    if (other === undefined || other === present) return undefined
    parent[name] = other
  } else if ('plus' in edit) {
    const sum = Math.round((Number(present) + edit.plus) * 1000) / 1000
    if (present === null || Number.isNaN(sum)) return undefined
    parent[name] = typeof present === 'string' ? String(sum) : sum
  } else if (Array.isArray(parent)) parent.splice(Number(name), 1)
  else delete parent[name]
  return copy
}

type Container = Record<string, unknown>

const isContainer = (value: unknown): value is Container => isObject(value) || Array.isArray(value)

const stepInto = (value: unknown, step: string): unknown => {
  const name = keyIn(value, step)
  return name === undefined ? undefined : (value as Container)[name]
}

function keyIn(value: unknown, step: string): string | undefined {
  if (!isContainer(value)) return undefined
  const [, key, wanted] = /^(\w+)=(.*)$/.exec(step) ?? []
  if (key === undefined || !Array.isArray(value)) return step
  const index = value.findIndex((item) => isObject(item) && item[key] === wanted)
  return index < 0 ? undefined : String(index)
}
