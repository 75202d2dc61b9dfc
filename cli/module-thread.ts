// Imports a configuration module in a thread of its own and posts its default export.

import { parentPort, workerData } from 'node:worker_threads'

// A thread of its own: a module that never settles, or ends the process, ends this thread only. Nothing waits at the top: Node would warn.
void import(workerData as string).then(({ default: value }: { readonly default?: unknown }) =>
  parentPort?.postMessage(value, []),
)
