// Says in one sentence what the system refused.

import { failure } from '../spec/index.ts'
import type { Failure } from '../spec/index.ts'

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'no right to do that',
  EPERM: 'no right to do that',
  EROFS: 'a read-only disk',
  ENOSPC: 'a full disk',
  EDQUOT: 'a disk with no room left for this user',
  ENOENT: 'no such file or folder',
  ENOTDIR: 'a file where a folder is needed',
  EISDIR: 'a folder',
  EEXIST: 'something of that name',
  EMFILE: 'too many open files',
  ENFILE: 'too many open files',
  ENAMETOOLONG: 'too long a name',
  ELOOP: 'links that lead round in a circle',
  EIO: 'a disk that cannot be read or written',
}

/** Returns an error of the system as a sentence, `undefined` for every other error. */
export function systemFailure(error: unknown): Failure | undefined {
  if (!(error instanceof Error)) return undefined
  const { code, syscall, path } = error as NodeJS.ErrnoException
  if (code === undefined || syscall === undefined) return undefined
  return failure(
    `${syscall.replace(/^f?(open|read|write|stat|sync|truncate)$/, '$1')} ${path ?? 'what was asked for'}`,
    {
      expected: 'the system to let it',
      received: reasons[code] === undefined ? code : `${reasons[code]} (${code})`,
    },
  )
}
