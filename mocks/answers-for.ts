import { answersOf } from '../factories/index.ts'
import type { Answers, Ledger } from '../factories/index.ts'
import type { Model } from '../spec/index.ts'

const known = new WeakMap<Ledger, Map<Model, Answers>>()

/** Returns the answers of a model over a ledger, made once. */
export function answersFor(model: Model, ledger: Ledger): Answers {
  const byModel = known.get(ledger) ?? new Map<Model, Answers>()
  known.set(ledger, byModel)
  const answers = byModel.get(model) ?? answersOf(model, ledger)
  byModel.set(model, answers)
  return answers
}
