import { sentencesOf } from '../spec/index.ts'
import type { Model } from '../spec/index.ts'

/** Says on standard error what could not be read of a document: all else that it says is done. */
export function tellFaults({ faults, locate }: Model): void {
  for (const sentence of sentencesOf(faults, locate)) console.error(sentence)
}
