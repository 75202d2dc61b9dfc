import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import { infer } from '../spec/inference/infer.ts'
import { load } from '../spec/load.ts'

/**
 * Holds the time of inference against that of parsing the same file, and of loading it (`JSON.parse` takes a millisecond for a document
 * that takes a hundred to repair and compile): `npm run infer:time -- FOLDER`. Only the ratios count.
 */
const folder = process.argv[2] ?? join(import.meta.dirname, '..', 'test', 'inference', 'documents')

/** Returns the shortest of a few runs, in milliseconds. */
function timeOf(work: () => void, runs = 3): number {
  const times = Array.from({ length: runs }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  })
  return Math.min(...times)
}

console.log(`${'document'.padEnd(34)}parse ms load ms infer ms  of parsing  of loading`)
for (const file of readdirSync(folder).filter((name) => /\.(?:ya?ml|json)$/.test(name) && !name.includes('.truth.'))) {
  const path = join(folder, file)
  const text = readFileSync(path, 'utf8')
  const parse = timeOf(() =>
    file.endsWith('.json') ? JSON.parse(text) : parseDocument(text, { uniqueKeys: false }).toJS(),
  )
  const model = load(path, { overlays: [], infer: false })
  const loading = timeOf(() => load(path, { overlays: [], infer: false }), 2)
  const inference = timeOf(() => infer(model))
  const ratio = (whole: number): string => (inference / whole).toFixed(2).padStart(12)
  console.log(
    `${file.padEnd(34)}${parse.toFixed(0).padStart(8)}${loading.toFixed(0).padStart(8)}${inference.toFixed(0).padStart(9)}${ratio(parse)}${ratio(loading)}`,
  )
}
