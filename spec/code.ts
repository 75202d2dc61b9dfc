// The one place where functions are made from text.

/* oxlint-disable typescript/no-implied-eval -- code is made here and nowhere else */

let answer: boolean | undefined

/**
 * Tells whether Ajv may make code here: in Node unless it is told not to. A browser is asked once and not before that is needed: a
 * content security policy that forbids it reports the question.
 */
export function mayCompile(): boolean {
  try {
    return (answer ??= new Function('return true')() as boolean)
  } catch {
    return (answer = false)
  }
}
