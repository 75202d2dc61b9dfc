// Finds the conjunctions of a goal: one for each combination of its choices, as in a disjunctive normal form.

import { addSchema } from './add-schema.ts'
import type { Choice, PendingSchema } from './add-schema.ts'
import { negationsOf } from './negation.ts'
import type { Validator } from './validate.ts'
import { emptyConjunction, copyConjunction, dropContradictions } from './conjunction.ts'
import type { Conjunction } from './conjunction.ts'
import { Random } from '../random.ts'
import type { Subschema } from './subschema.ts'

/** How the choices of a goal are made. */
export interface ExpandOptions {
  readonly validator: Validator
  /** Whether branches not chosen are excluded by rule instead of by checking values. */
  readonly strict: boolean
  /** Called with every schema object met. */
  readonly meet: (subschema: Subschema) => void
  /** Called with why a choice leads nowhere, and the schema that showed it. */
  readonly reject: (reason: string, subschema: Subschema) => void
}

/** Conjunctions kept of a goal. What has more is sampled, not enumerated. */
const kept = 32
/** Schemas taken in before a search for conjunctions gives up. */
const patience = 3_000

/** Returns the ways to satisfy all schemas of a goal: one conjunction for each combination of choices that is not contradictory at a glance. */
export function expandChoices(goal: readonly Subschema[], options: ExpandOptions): Conjunction[] {
  const conjunctions = take(
    search(goal, options, (list) => list),
    kept + 1,
  )
  if (conjunctions.length <= kept) return conjunctions
  const dives = Array.from({ length: kept / 2 }, (_, index) => {
    const random = Random.of(index)
    return take(
      search(goal, options, (list) => shuffle(list, random)),
      1,
    )
  })
  return [...conjunctions.slice(0, kept / 2), ...dives.flat()]
}

type Order = (options: readonly Choice[]) => readonly Choice[]

function* search(
  goal: readonly Subschema[],
  { validator, strict, meet, reject }: ExpandOptions,
  order: Order,
): Generator<Conjunction> {
  let left = patience
  yield* go(
    emptyConjunction(),
    goal.map((subschema) => ({ subschema, owners: [] })),
    [],
    new Set(),
  )

  function* go(
    before: Conjunction,
    tasks: readonly PendingSchema[],
    choices: readonly (readonly Choice[])[],
    earlier: ReadonlySet<string>,
  ): Generator<Conjunction> {
    if (left-- <= 0) return
    const conjunction = copyConjunction(before)
    const done = new Set(earlier)
    const todo = [...tasks]
    const open = [...choices]
    let origin: Subschema | undefined
    for (let task = todo.shift(); task; task = todo.shift()) {
      const { subschema } = task
      const key = `${subschema.id} ${task.owners.join(' ')}`
      if (done.has(key)) continue
      done.add(key)
      done.add(String(subschema.id))
      meet(subschema)
      if (done.has(String(validator.subschemas.negation(subschema).id)))
        return reject('a schema and its negation at once', subschema)
      if (/^\/components\/schemas\/[^/]+$/.test(subschema.location.pointer)) origin ??= subschema
      const queue = {
        validator,
        strict,
        origin,
        task: (next: PendingSchema) => void todo.push(next),
        choose: (options: readonly Choice[]) => void open.push(options),
      }
      if (subschema.negated) open.push(negationsOf(task, queue))
      else if (subschema.schema === false) return reject('false, which nothing satisfies', subschema)
      else if (subschema.schema !== true) addSchema(conjunction, task, queue)
      const reason = dropContradictions(conjunction)
      if (reason !== undefined) return reject(reason, subschema)
    }
    if (conjunction.values || open.length === 0) return yield conjunction
    const [options = [], ...rest] = open.sort((one, other) => one.length - other.length)
    if (options.length === 0) reject('no way out of a negation or an empty choice', goal[0] as Subschema)
    for (const option of order(options)) {
      const chosen = copyConjunction(conjunction)
      option.edit?.(chosen)
      if (dropContradictions(chosen) === undefined) yield* go(chosen, option.tasks ?? [], rest, done)
    }
  }
}

function take<T>(source: Generator<T>, count: number): T[] {
  const taken: T[] = []
  for (const item of source) {
    taken.push(item)
    if (taken.length >= count) break
  }
  return taken
}

function shuffle<T>(list: readonly T[], random: Random): readonly T[] {
  return list
    .map((item) => ({ item, rank: random.float() }))
    .sort((left, right) => left.rank - right.rank)
    .map(({ item }) => item)
}
