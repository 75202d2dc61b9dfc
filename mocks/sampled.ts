import type { Context, Resolver } from './context.ts'
import { answer } from './context.ts'

/** Answers an operation of which nobody has said what it does: its documented answer, filled by its schema. */
export const sampled: Resolver = (context: Context) => answer(context, {})
