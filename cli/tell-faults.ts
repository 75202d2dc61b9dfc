import { sentencesOf } from '../spec/index.ts'
import type { Model, ToldDiagnostic } from '../spec/index.ts'

/** Says on standard error what could not be read of a document: all else that it says is done. */
export function tellFaults({
  diagnostics,
  locate,
}: {
  readonly diagnostics: readonly ToldDiagnostic[]
  readonly locate: Model['locate']
}): void {
  for (const sentence of sentencesOf(diagnostics, locate)) console.error(sentence)
}
