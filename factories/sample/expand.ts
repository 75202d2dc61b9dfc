import { absorb } from './absorb.ts'
import type { Option, Task } from './absorb.ts'
import { deny } from './deny.ts'
import type { Examiner } from './evaluate.ts'
import { anyForm, fork, settleKinds } from './form.ts'
import type { Form } from './form.ts'
import { Random } from '../random.ts'
import type { Spot } from './spot.ts'

/** How the choices of a goal are made. */
export interface ExpandOptions {
  readonly examiner: Examiner
  /** Whether branches not chosen are excluded by rule instead of by checking values. */
  readonly strict: boolean
  /** Called with every schema object met. */
  readonly meet: (spot: Spot) => void
  /** Called with why a choice leads nowhere, and the schema that showed it. */
  readonly reject: (reason: string, spot: Spot) => void
}

/** Forms kept of a goal. What has more is sampled, not enumerated. */
const kept = 32
/** Schemas taken in before a search for forms gives up. */
const patience = 3_000

/** Returns the ways to satisfy all schemas of a goal: one form for each combination of choices that is not contradictory at a glance. */
export function expand(goal: readonly Spot[], options: ExpandOptions): Form[] {
  const forms = take(
    search(goal, options, (list) => list),
    kept + 1,
  )
  if (forms.length <= kept) return forms
  const dives = Array.from({ length: kept / 2 }, (_, index) => {
    const random = Random.of(index)
    return take(
      search(goal, options, (list) => shuffle(list, random)),
      1,
    )
  })
  return [...forms.slice(0, kept / 2), ...dives.flat()]
}

type Order = (options: readonly Option[]) => readonly Option[]

function* search(
  goal: readonly Spot[],
  { examiner, strict, meet, reject }: ExpandOptions,
  order: Order,
): Generator<Form> {
  let left = patience
  yield* go(
    anyForm(),
    goal.map((spot) => ({ spot, owners: [] })),
    [],
    new Set(),
  )

  function* go(
    before: Form,
    tasks: readonly Task[],
    choices: readonly (readonly Option[])[],
    earlier: ReadonlySet<string>,
  ): Generator<Form> {
    if (left-- <= 0) return
    const form = fork(before)
    const done = new Set(earlier)
    const todo = [...tasks]
    const open = [...choices]
    let origin: Spot | undefined
    for (let task = todo.shift(); task; task = todo.shift()) {
      const { spot } = task
      const key = `${spot.id} ${task.owners.join(' ')}`
      if (done.has(key)) continue
      done.add(key)
      done.add(String(spot.id))
      meet(spot)
      if (done.has(String(examiner.spots.opposite(spot).id))) return reject('a schema and its opposite at once', spot)
      if (/^\/components\/schemas\/[^/]+$/.test(spot.site.pointer)) origin ??= spot
      const intake = {
        examiner,
        strict,
        origin,
        task: (next: Task) => void todo.push(next),
        choose: (options: readonly Option[]) => void open.push(options),
      }
      if (spot.denied) open.push(deny(task, intake))
      else if (spot.schema === false) return reject('false, which nothing satisfies', spot)
      else if (spot.schema !== true) absorb(form, task, intake)
      const reason = settleKinds(form)
      if (reason !== undefined) return reject(reason, spot)
    }
    if (form.values || open.length === 0) return yield form
    const [options = [], ...rest] = open.sort((one, other) => one.length - other.length)
    if (options.length === 0) reject('no way out of a negation or an empty choice', goal[0] as Spot)
    for (const option of order(options)) {
      const chosen = fork(form)
      option.edit?.(chosen)
      if (settleKinds(chosen) === undefined) yield* go(chosen, option.tasks ?? [], rest, done)
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
