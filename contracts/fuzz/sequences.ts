// Sends random sequences of requests and checks that the server survives and remembers them.

import type { Operation } from '../../spec/index.ts'
import { invoiceIdOf, idParameter } from '../check/items.ts'
import { KnownItems } from '../check/known-items.ts'
import { live, lives } from './lifecycles.ts'
import type { DrawnLife } from './lifecycles.ts'
import { validRequests } from './drawn-requests.ts'
import type { DrawingMaterial } from './drawn-requests.ts'
import type { DrawnRequest, Probe } from './probe.ts'
import type { FuzzProperty, FuzzStep } from './property.ts'

/** More steps than these tell little more. */
const longest = 6

interface DrawnStep {
  readonly index: number
  readonly draft: DrawnRequest
  /** Which of the objects made so far it is about. */
  readonly pick: number
}

/**
 * Returns the property that a server stays whole whatever valid requests come one after another, each of which may be about an object that an
 * earlier one made, and that an item shows what was written, from its creation to its end.
 */
export function sequences(material: DrawingMaterial, operations: readonly Operation[], probe: Probe): FuzzProperty {
  const { fc } = material
  const known = new KnownItems(material.model)
  const step = fc.oneof(
    ...operations.map((operation, index) =>
      fc.record({ index: fc.constant(index), draft: validRequests(material, operation), pick: fc.nat({ max: 9 }) }),
    ),
  )
  return {
    operation: undefined,
    kind: 'sequence',
    arbitrary: fc.oneof(fc.array(step, { minLength: 1, maxLength: longest }), ...lives(material, operations)),
    run: (drawn: readonly DrawnStep[] | DrawnLife) =>
      'of' in drawn ? live(material.model, probe, drawn) : runAll(known, operations, probe, drawn),
  }
}

async function runAll(
  known: KnownItems,
  operations: readonly Operation[],
  probe: Probe,
  drawn: readonly DrawnStep[],
): Promise<readonly FuzzStep[]> {
  const steps: FuzzStep[] = []
  const made: NonNullable<FuzzStep['probed']['invoices'][number]>[] = []
  for (const { index, draft, pick } of drawn) {
    const operation = operations[index] as Operation
    const parameter = idParameter(operation, known)
    const own = made.length > 0 && pick > 2 ? made[pick % made.length] : undefined
    const id = parameter && own && invoiceIdOf(own, parameter.binding)
    const probed = await probe(
      operation,
      id === undefined || !parameter ? draft : { ...draft, values: { ...draft.values, [parameter.name]: id } },
      'valid',
    )
    steps.push({ operation, aim: 'valid', probed })
    if (probed.violations.some(({ severity }) => severity === 'error')) break
    if (operation.does === 'create' && probed.isSuccess) made.push(...probed.invoices.slice(0, 1))
  }
  return steps
}
