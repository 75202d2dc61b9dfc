/** Returns the median time of a call in nanoseconds: warmed up, then `rounds` rounds of `calls` calls. */
export function medianOf(
  call: (index: number) => void,
  { calls, rounds = 7 }: { calls: number; rounds?: number },
): number {
  for (let index = 0; index < calls; index++) call(index)
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now()
    for (let index = 0; index < calls; index++) call(index)
    return ((performance.now() - start) * 1e6) / calls
  })
  return times.toSorted((left, right) => left - right)[Math.floor(rounds / 2)] as number
}

/** Returns the ratios of two calls measured in turns, so that a busy computer slows both alike; their median. */
export function ratioOf(
  call: (index: number) => void,
  limit: (index: number) => void,
  { calls, rounds = 9 }: { calls: number; rounds?: number },
): number {
  const ratios = Array.from(
    { length: rounds },
    () => medianOf(limit, { calls, rounds: 1 }) / medianOf(call, { calls, rounds: 1 }),
  )
  return ratios.toSorted((left, right) => left - right)[Math.floor(rounds / 2)] as number
}
