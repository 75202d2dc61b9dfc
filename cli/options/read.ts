import type { ApiConfig } from '../config.ts'
import type { CommandName, Kind, Option } from './kinds.ts'
import { readText } from './readers.ts'
import { configKeyOf, keyOf, optionsOf } from './table.ts'
import type { Flags, Values } from './values.ts'

/**
 * Returns the options of a command: what the command line states, else an environment variable, else the configuration, else
 * the default. Pairs of a configuration (headers, parameters) are left to the command, which adds to them.
 * @throws Misuse for what is stated wrongly, naming the option, the variable or the key.
 */
export function readOptions<C extends CommandName>(command: C, flags: Flags<C>, config: ApiConfig = {}): Values<C> {
  return Object.fromEntries(
    optionsOf(command).flatMap((option) => {
      const value = readOption(option, (flags as Stated)[keyOf(option.name)], config)
      return value === undefined ? [] : [[keyOf(option.name), value]]
    }),
  ) as Values<C>
}

type Stated = Readonly<Record<string, string | readonly string[] | boolean | undefined>>

function readOption(option: Option, flag: Stated[string], config: ApiConfig): unknown {
  const { name, kind } = option
  if (kind.is === 'switch') return flag ?? name.startsWith('no-')
  if (flag === true) return true
  if (flag !== undefined && flag !== false) return readAll(option, `--${name}`, flag)
  const inEnvironment = option.env === undefined ? undefined : process.env[option.env]
  // A variable that is set to nothing is one that is not set.
  if (inEnvironment) return readAll(option, option.env ?? '', inEnvironment)
  const key = configKeyOf(option)
  const configured = key === undefined || kind.is === 'pair' ? undefined : textOf(kind, config[key as keyof ApiConfig])
  if (configured !== undefined) return readAll(option, `${key} of the configuration`, configured)
  return option.default === undefined ? undefined : readText(`--${name}`, String(option.default), kind)
}

function readAll(
  { kind, isRepeatable, isVariadic }: Option,
  what: string,
  stated: string | readonly string[],
): unknown {
  const values = [stated].flat().map((text) => readText(what, text, kind))
  if (kind.is === 'pair') return Object.fromEntries(values.flatMap((value) => Object.entries(value)))
  return isRepeatable || isVariadic ? values : values.at(-1)
}

/** Returns a value of a configuration as it would be typed. */
function textOf(kind: Kind, value: unknown): string | readonly string[] | undefined {
  if (value === undefined) return undefined
  if (kind.is === 'percents')
    return Object.entries(value as Record<string, number>)
      .map(([name, figure]) => `${name}=${figure}`)
      .join(',')
  return Array.isArray(value) ? (value as string[]) : String(value)
}
