import type { Day } from '../../spec/index.ts'

/** No such day: later than any. */
export const never: Day = 2_000_000
