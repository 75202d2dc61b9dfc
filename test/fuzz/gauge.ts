/** Loaded into a server by `--import`: tells its parent what it uses. A server that only its parent's channel keeps alive ends. */
process.on('message', (question) => {
  const { user, system } = process.cpuUsage()
  if (question === 'memory') gc?.()
  const { heapUsed, rss } = process.memoryUsage()
  process.send?.({ cpu: (user + system) / 1000, heap: heapUsed / 1_048_576, resident: rss / 1_048_576 })
})
process.channel?.unref()
