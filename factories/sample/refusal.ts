import { failure } from '../../spec/index.ts'
import type { Failure, Locate, Pointer } from '../../spec/index.ts'
import { placeOf } from './place.ts'
import type { Plan } from './plan.ts'

/** Returns the error for a plan without a value: follows what is needed and missing to its end, or round a ring. */
export function refusal(root: Plan, pointer: Pointer, locate: Locate | undefined): Failure {
  const what = `sample ${placeOf(pointer, locate)}`
  const seen = new Set<Plan>()
  for (let plan = root; ;) {
    seen.add(plan)
    const where = placeOf(plan.goal[0]?.site.pointer ?? pointer, locate)
    const missing = plan.alternatives.flatMap(({ needs }) => needs).filter((need) => need.height === Infinity)
    const next = missing.find((need) => !seen.has(need))
    if (next) {
      plan = next
      continue
    }
    if (missing.length > 0) {
      const cure = 'Make one of them optional, nullable or an array.'
      return failure(what, {
        expected: 'a value that ends',
        received: `a ring of required references through ${where}`,
        cure,
      })
    }
    return failure(what, { expected: 'a schema that some value satisfies', received: reasonOf(plan, where, locate) })
  }
}

/** What was tried last says most; what was contradictory at a glance comes next. */
function reasonOf({ failed, rejected }: Plan, where: string, locate: Locate | undefined): string {
  const [tried] = failed
  if (tried !== undefined) return `no ${tried} at ${where}`
  const [first] = rejected
  return first ? `${first.reason} at ${placeOf(first.spot.site.pointer, locate)}` : `nothing that does so at ${where}`
}
