import { whole } from './whole.ts'

/** Bytes of a body that are looked at, unless told otherwise. */
const usual = 20_000_000

/** Longer ones would not fit beside what is made of them. */
const most = 256_000_000

/** Returns the bytes of a body to look at, as command line or configuration state them. @throws Misuse for none, or too many. */
export const bytesOf = (text: string | undefined, stated = usual): number =>
  whole('--max-bytes', text ?? String(stated), { least: 1, most })
