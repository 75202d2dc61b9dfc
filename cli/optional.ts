import { optionals } from '../spec/index.ts'
import type { Optional } from '../spec/index.ts'
import { word } from './word.ts'

/** Returns what `--optional` states, if it is stated. @throws Misuse for none of the words it knows. */
export const optionalOf = ({ optional }: { readonly optional?: string }): Optional | undefined =>
  optional === undefined ? undefined : word('--optional', optional, optionals)
