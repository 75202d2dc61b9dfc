import { Failure, isJson, successOf } from '../spec/index.ts'
import type { Model } from '../spec/index.ts'
import { answersOf } from './answers.ts'
import type { Ledger } from './ledger/ledger.ts'

/**
 * Returns why operations of a model cannot answer, a sentence for each fault with its file, line and pointer: a schema that nothing
 * satisfies, a pattern that may never end, an unknown keyword, a ring of required references. All other plans are made on the way.
 */
export function faultsOf(model: Model, ledger: Ledger): string[] {
  const answers = answersOf(model, ledger)
  const faults = new Map<string, string[]>()
  for (const operation of model.operations) {
    for (const { mediaType, schema } of successOf(operation)?.content ?? []) {
      const fault = schema === undefined || !isJson(mediaType) ? undefined : faultOf(() => answers.prepare(schema))
      if (fault !== undefined) faults.set(fault, [...(faults.get(fault) ?? []), operation.id])
    }
  }
  return [...faults].map(([fault, operations]) => `${fault} ${operations.join(', ')} cannot answer.`)
}

function faultOf(prepare: () => void): string | undefined {
  try {
    prepare()
    return undefined
  } catch (error) {
    if (error instanceof Failure) return error.message
    throw error
  }
}
