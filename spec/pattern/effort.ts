// Bounds the work that judging the values of one request takes.

import { Failure } from '../failure.ts'

/** Steps that the values of one request may take to be judged: about a third of a second. Bodies of a megabyte take a few millions. */
const mostEffort = 50_000_000

/** More work than a request may take: there is no verdict. */
export class TooMuchEffort extends Failure {
  constructor() {
    super(
      `Failed to judge a value: expected its schema to take at most ${mostEffort} steps but received more. Send less, or simplify the patterns and references of the schema.`,
    )
  }
}

let left = Infinity

/**
 * Runs work that judges values, within bounds; work inside other such work shares its bounds.
 * @throws TooMuchEffort where it takes too many steps.
 */
export function withinEffort<T>(judge: () => T): T {
  if (left !== Infinity) return judge()
  left = mostEffort
  try {
    return judge()
  } finally {
    left = Infinity
  }
}

/** Counts steps: a letter that is read is one, a schema that is asked about a value a few. @throws TooMuchEffort */
export function spend(steps: number): void {
  left -= steps
  if (left < 0) throw new TooMuchEffort()
}
