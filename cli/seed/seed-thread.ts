// Encodes batches of a dataset in a worker thread.

import { parentPort, workerData } from 'node:worker_threads'
import { serveBatches } from '../../seeds/index.ts'
import { datasetOf } from './seed-source.ts'
import type { SeedSource } from './seed-source.ts'

// One of the threads that make what is seeded.
if (parentPort) serveBatches(parentPort, datasetOf(workerData as SeedSource))
