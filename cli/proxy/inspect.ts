import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import type { MessagePort } from 'node:worker_threads'
import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib'
import { recorderOf, recordingName, watchOf } from '../../contracts/index.ts'
import type { Noticed, Passing, WatchOptions } from '../../contracts/index.ts'
import { modelFor } from '../models.ts'
import type { OwnDocument } from '../models.ts'
import type { Passed } from './forward.ts'

/** What an inspector is to do: it loads the model itself, because models do not travel between threads. */
export interface Orders extends Pick<WatchOptions, 'tolerance' | 'today'> {
  readonly name?: string
  readonly own: OwnDocument
  readonly maxBytes: number
  /** Folder to keep exchanges in. */
  readonly record?: string
  readonly salt?: string
}

/** What an inspector found. */
export interface Told extends Omit<Noticed, 'operation'> {
  /** operationId */
  readonly operation?: string
}

function work({ name, own, maxBytes, record, salt, ...options }: Orders, port: MessagePort): void {
  const model = modelFor(name, own)
  const watch = watchOf(model, options)
  const recorder = recorderOf(model, { ...(salt !== undefined && { salt }) })
  let number = record === undefined ? 0 : greatestIn(record)
  port.on('message', ({ id, passed }: { id: number; passed: Passed }) => {
    try {
      const passing = passingOf(passed, maxBytes)
      const noticed = watch.exchange(passing)
      const recording = record === undefined ? undefined : recorder.record(noticed, passing)
      if (record !== undefined && recording) writeFileSync(join(record, recordingName(++number, recording)), `${JSON.stringify(recording, null, 2)}\n`)
      const { operation, ...rest } = noticed
      port.postMessage({ id, told: { ...rest, ...(operation && { operation: operation.id }) } })
    } catch (error) {
      port.postMessage({ id, failure: (error as Error).message })
    }
  })
}

/** Recordings of another day are kept, and counted on. */
const greatestIn = (folder: string): number => Math.max(0, ...readdirSync(folder).map((file) => Number(/^(\d+)-.*\.json$/.exec(file)?.[1] ?? 0)))

function passingOf({ method, target, headers, body, status, answerHeaders, answerBody }: Passed, maxBytes: number): Passing {
  if (status === undefined) return { method, target, headers: new Headers(headers as [string, string][]), ...(body && { body }) }
  const received = new Headers(answerHeaders as [string, string][])
  const text = answerBody && textOf(answerBody, received.get('content-encoding'), maxBytes)
  return { method, target, headers: new Headers(headers as [string, string][]), ...(body && { body }), answer: { status, headers: received, ...(text !== undefined && { body: text }) } }
}

const decoders: Readonly<Record<string, (bytes: Uint8Array, options: { maxOutputLength: number }) => Uint8Array>> = {
  gzip: gunzipSync, 'x-gzip': gunzipSync, deflate: inflateSync, br: brotliDecompressSync, zstd: zstdDecompressSync,
}

/** Returns a body as text, or `undefined` where it is none, or unpacks to more than is allowed. */
function textOf(bytes: Uint8Array, encoding: string | null, maxBytes: number): string | undefined {
  try {
    const codings = (encoding ?? '').toLowerCase().split(',').map((coding) => coding.trim()).filter((coding) => coding !== '' && coding !== 'identity')
    const plain = codings.reduceRight((packed, coding) => (decoders[coding] as NonNullable<(typeof decoders)[string]>)(packed, { maxOutputLength: maxBytes }), bytes)
    return new TextDecoder('utf-8', { fatal: true }).decode(plain)
  } catch {
    return undefined
  }
}

if (parentPort) work(workerData as Orders, parentPort)
