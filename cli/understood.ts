import type { Inferred, Model } from '../spec/index.ts'
import { table } from './say.ts'

/** Says on standard error what was understood of documents without roles, one line each. */
export function tellUnderstood(models: readonly Model[]): void {
  for (const { inferred } of models) if (inferred?.resource !== undefined) console.error(sentenceOf(inferred))
}

/** Returns how many amounts are bound, and which are not: `invoices: 14 of 17 amounts bound; not understood: adjustment_total`. */
export function sentenceOf({ resource, bindings, unbound }: Inferred): string {
  const amounts = new Set(
    bindings.filter(({ annotation }) => annotation.unit !== undefined).map(({ pointer }) => pointer),
  )
  const rest = new Map(unbound.map(({ pointer, path }) => [pointer, path.join('.')]))
  const names = [...new Set(rest.values())]
  const shown = names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '')
  return `${resource}: ${amounts.size} of ${amounts.size + rest.size} amounts bound${names.length > 0 ? `; not understood: ${shown}` : ''} (roles inferred; --no-infer serves without)`
}

/** Returns the roles that were inferred, where, how surely and why, and what is open. */
export function describeInferred(inferred: Inferred): string {
  const bound = new Map(inferred.bindings.map((binding) => [binding.pointer, binding]))
  const rows = [...bound.values()].map(({ pointer, annotation, confidence, evidence }) => [
    pointer,
    annotation.of === undefined ? annotation.role : `${annotation.role} of ${annotation.of}`,
    confidence.toFixed(2),
    evidence.join('; '),
  ])
  const open = inferred.questions.map(({ pointer, guess, confidence, why }) => [
    pointer,
    guess === undefined ? '?' : `${guess}?`,
    confidence.toFixed(2),
    why,
  ])
  return [
    sentenceOf(inferred),
    table([['place', 'role', 'confidence', 'why'], ...rows]),
    ...(open.length > 0 ? [`Not bound, because it is not sure:\n${table(open)}`] : []),
  ].join('\n\n')
}
