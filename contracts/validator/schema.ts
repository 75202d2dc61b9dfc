import type { Node } from './node.ts'

/** A schema with references of the form `#/$defs/name` only. */
export type PlainSchema = boolean | Readonly<Record<string, unknown>>

/** Returns the node of a schema, made once. */
export type Compile = (schema: PlainSchema) => Node

/** Tells whether a value is an object and not an array. */
export const isTable = (value: unknown): value is Readonly<Record<string, PlainSchema>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Returns the value of an own member; every object has members such as `constructor` that are not its own. */
export const own = (value: object, name: string): unknown =>
  Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined
