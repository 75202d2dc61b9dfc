import { sentencesOf } from '../spec/index.ts'
import type { Model, ToldFault } from '../spec/index.ts'

/** Says on standard error what could not be read of a document: all else that it says is done. */
export function tellFaults({
  faults,
  locate,
}: {
  readonly faults: readonly ToldFault[]
  readonly locate: Model['locate']
}): void {
  for (const sentence of sentencesOf(faults, locate)) console.error(sentence)
}
