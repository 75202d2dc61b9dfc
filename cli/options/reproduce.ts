// Writes the command line that repeats a run.

import { shellWord } from '../../spec/index.ts'
import { optionKey, optionsOf } from './table.ts'
import type { Flags } from './table.ts'

/** Returns the command that draws the same requests again; the values of headers and of keys in the query are masked. */
export function reproductionCommand(
  name: string | undefined,
  flags: Flags<'fuzz'>,
  baseUrl: string,
  keys: ReadonlySet<string>,
): string {
  const stated = optionsOf('fuzz').flatMap(({ name: option, kind, short, again }) => {
    const value = again === false ? undefined : (flags as Readonly<Record<string, unknown>>)[optionKey(option)]
    // What begins with `no-` is on unless it is stated.
    const usual = kind.is === 'switch' && option.startsWith('no-')
    if (value === undefined || value === usual || (value === false && !usual)) return []
    if (kind.is === 'switch') return [`--${option}`]
    const flag = short === undefined ? `--${option}` : `-${short}`
    return [value].flat().map((text) => `${flag} ${shellWord(masked(option, String(text), keys))}`)
  })
  return ['proforma fuzz', ...(name === undefined ? [] : [name]), `--url ${shellWord(baseUrl)}`, ...stated].join(' ')
}

/** A header's value, or that of a key, may be a credential. */
function masked(option: string, text: string, keys: ReadonlySet<string>): string {
  if (option === 'header') return `${text.slice(0, text.indexOf(':')).trim()}: ***`
  const name = text.slice(0, text.indexOf('=')).trim()
  return option === 'param' && keys.has(name.toLowerCase()) ? `${name}=***` : text
}
