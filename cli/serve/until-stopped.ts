import { sayStopping } from '../say.ts'
import { onStop } from '../signals.ts'

/** Resolves at the first signal to stop. */
export const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    onStop(() => {
      if (process.stderr.isTTY) console.error(sayStopping())
      resolve()
    })
  })
