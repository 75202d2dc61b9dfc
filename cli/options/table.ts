import { documentOptions } from './documents.ts'
import { invoiceOptions } from './invoices.ts'
import type { CommandName, Option } from './kinds.ts'
import { limitOptions } from './limits.ts'
import { outputOptions } from './output.ts'
import { requestOptions } from './requests.ts'
import { seedingOptions } from './seeding.ts'
import { servingOptions } from './serving.ts'

/** Every option of every command, in the order in which help lists them. */
export const options = [
  ...requestOptions,
  ...outputOptions,
  ...servingOptions,
  ...limitOptions,
  ...invoiceOptions,
  ...seedingOptions,
  ...documentOptions,
] as const

/** Returns the options of a command. */
export const optionsOf = (command: CommandName): readonly Option[] =>
  (options as readonly Option[]).filter(({ commands }) => commands.includes(command))

/** `max-bytes` is `maxBytes`, `no-watch` is `watch`. */
export const keyOf = (name: string): string =>
  name.replace(/^no-/, '').replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** Returns the key of an option in a configuration file, `undefined` where it has none. */
export const configKeyOf = ({ name, config }: Option): string | undefined => (config === true ? keyOf(name) : config)

/** Returns an option as help writes it: `-n, --invoices <number>`. */
export function syntaxOf({ name, short, kind, isBare, isVariadic }: Option): string {
  const value = kind.is === 'switch' ? '' : isBare ? ` [${kind.value}]` : ` <${kind.value}${isVariadic ? '...' : ''}>`
  return `${short === undefined ? '' : `-${short}, `}--${name}${value}`
}

/** Returns what help says of an option. */
export function helpOf({ says, isRepeatable, default: usual, otherwise, env }: Option): string {
  const preset = otherwise ?? usual
  const notes = [...(preset === undefined ? [] : [`default: ${preset}`]), ...(env === undefined ? [] : [`env: ${env}`])]
  return `${says}${isRepeatable ? '; repeatable' : ''}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`
}
