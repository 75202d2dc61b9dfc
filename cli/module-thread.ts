// Imports a module in a thread of its own and posts its default export, or only that it has been loaded.

import { parentPort, workerData } from 'node:worker_threads'

const { href, isData } = workerData as { readonly href: string; readonly isData: boolean }

// A thread of its own: a module that never settles, or ends the process, ends this thread only. Nothing waits at the top: Node would warn.
void import(href).then(
  ({ default: value }: { readonly default?: unknown }) => parentPort?.postMessage(isData ? value : undefined, []),
  (error: unknown) => {
    if (isData) throw error
    // It is thrown again where it is loaded for good, with the place in the file.
    parentPort?.postMessage(undefined, [])
  },
)
