/* oxlint-disable typescript/no-implied-eval -- code is made here and nowhere else */

/** Whether functions may be made from text: in Node unless it is told not to. A browser is never asked, its content security policy would report it. */
function ask(): boolean {
  if (globalThis.process?.release?.name !== 'node') return false
  try {
    return new Function('return true')() as boolean
  } catch {
    return false
  }
}

let answer: boolean | undefined
let askedElsewhere: boolean | undefined

/** Tells whether {@link makeCode} may make code here. */
export const mayMakeCode = (): boolean => (answer ??= ask())

/**
 * Tells whether Ajv may make code here. A browser is asked, once and not before that is needed: a policy that forbids it reports the
 * question.
 */
export function mayCompile(): boolean {
  if (mayMakeCode()) return true
  if (globalThis.process?.release?.name === 'node') return false
  try {
    return (askedElsewhere ??= new Function('return true')() as boolean)
  } catch {
    return (askedElsewhere = false)
  }
}

/** Returns what the text of a function's body returns, which finds values in the array `given`. Only where code may be made. */
export const makeCode = (body: string, given: readonly unknown[] = []): unknown =>
  (new Function('given', body) as (given: readonly unknown[]) => unknown)(given)
