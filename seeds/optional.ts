// Loads optional packages, and says how to install one that is missing.

import { failure } from '../spec/index.ts'

/**
 * Returns a package that few need, and whoever needs it installs.
 * @param load imports it
 * @throws Failure with the line that installs it, where it is absent.
 */
export const optionalPackage = <T>(names: readonly string[], what: string, load: () => Promise<T>): Promise<T> =>
  load().catch((error: NodeJS.ErrnoException) => {
    const isAbsent = error.code === 'ERR_MODULE_NOT_FOUND'
    throw failure(what, {
      expected: `the ${names.length === 1 ? 'package' : 'packages'} ${names.join(' and ')} beside proforma`,
      received: isAbsent ? 'none' : `one that does not load (${error.message})`,
      cure: `Install ${names.length === 1 ? 'it' : 'them'}: npm install ${names.join(' ')}.`,
    })
  })
