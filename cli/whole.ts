import { misuse } from './misuse.ts'

/** What a number may be. */
export interface Bounds {
  readonly least: number
  readonly most: number
}

/** Returns the whole number that an option states. @throws Misuse for anything else, or a number out of bounds. */
export function whole(option: string, text: string, { least, most }: Bounds): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw misuse(option, { expected: `a whole number from ${least} to ${most}`, received: JSON.stringify(text) })
}
