const signals = ['SIGINT', 'SIGTERM'] as const

/** npm passes on what the terminal has already sent: one Ctrl-C comes twice. */
const echo = 500

/**
 * Calls a listener at the first signal to stop; one that comes later, because stopping takes too long, ends the process at once.
 * Returns what takes the listener away.
 */
export function onStop(listener: () => void): () => void {
  const leave = (): void => {
    for (const signal of signals) process.off(signal, heard)
  }
  let isFirst = true
  const heard = (): void => {
    if (!isFirst) return
    isFirst = false
    setTimeout(leave, echo).unref()
    listener()
  }
  for (const signal of signals) process.on(signal, heard)
  return leave
}
