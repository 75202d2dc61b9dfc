// Imports a module of the user's in a thread first: one that never settles, or ends the process, ends that thread alone.

import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { SHARE_ENV, Worker } from 'node:worker_threads'
import { failure } from '../spec/index.ts'
import { checkRegularFile } from '../spec/load.ts'
import { moduleFile } from './package.ts'

/** Milliseconds that a module may take: it may ask for secrets elsewhere. */
const patience = 10_000

/** What a module is imported for. */
export interface ModuleUse {
  /** Completes "Failed to …". */
  readonly what: string
  /** Completes "expected …". */
  readonly expected: string
}

/**
 * Returns the default export of a module, which must be data.
 * @throws Failure for a module that throws, ends the process, exports what is no data, or takes more than 10 seconds.
 */
export const importData = (file: string, use: ModuleUse): Promise<unknown> => inThread(file, use, true)

/**
 * Returns all that a module exports, which is loaded anew each time.
 * @throws Failure for a module that ends the process or takes more than 10 seconds; what the module itself throws, as it is.
 */
export async function importAnew(file: string, use: ModuleUse): Promise<unknown> {
  await inThread(file, use, false)
  // A module is loaded once for each address.
  return withinTime(import(`${pathToFileURL(resolve(file)).href}?${count++}`), use)
}

let count = 0

async function inThread(file: string, use: ModuleUse, isData: boolean): Promise<unknown> {
  checkModule(file, use)
  const thread = new Worker(moduleFile('cli/module-thread'), {
    workerData: { href: pathToFileURL(resolve(file)).href, isData },
    env: SHARE_ENV,
    // What it prints is printed when it is loaded for good.
    stdout: !isData,
    stderr: !isData,
  })
  const answer = new Promise((settle, reject) => {
    thread.once('message', settle)
    thread.once('error', ({ code, message }: NodeJS.ErrnoException) =>
      reject(refusal(use, typeof code === 'string' ? code : message || 'something that is no data')),
    )
    thread.once('exit', () => reject(refusal(use, 'one that ends before it exports anything')))
  })
  try {
    return await withinTime(answer, use)
  } finally {
    await thread.terminate()
  }
}

function checkModule(file: string, use: ModuleUse): void {
  try {
    checkRegularFile(file)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw code === undefined ? error : refusal(use, code)
  }
}

async function withinTime<T>(work: Promise<T>, use: ModuleUse): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  try {
    return await Promise.race([
      work,
      new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(refusal(use, `nothing for ${patience / 1000} seconds`)), patience)
      }),
    ])
  } finally {
    clearTimeout(timer)
  }
}

const refusal = ({ what, expected }: ModuleUse, received: string): Error => failure(what, { expected, received })
