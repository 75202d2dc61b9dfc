import type { CheckFlags } from '../check.ts'

/** Options that are repeated as they were said; credentials are not among them. */
const kept = {
  document: '--document',
  overlay: '--overlay',
  config: '--config',
  param: '--param',
  id: '--id',
  today: '--today',
  tolerance: '--tolerance',
  headerEnv: '--header-env',
  headerFile: '--header-file',
  rate: '--rate',
  maxBytes: '--max-bytes',
} as const satisfies Partial<Record<keyof CheckFlags, string>>

/** Returns the command that draws the same requests again; the values of headers and of keys in the query are masked. */
export function againOf(
  name: string | undefined,
  flags: CheckFlags,
  { baseUrl, writes }: { readonly baseUrl: string; readonly writes: boolean },
  keys: ReadonlySet<string>,
): string {
  const options = Object.entries(kept).flatMap(([key, option]) =>
    [flags[key as keyof typeof kept] ?? []]
      .flat()
      .map((value) => `${option} ${word(option === '--param' ? masked(value, '=', keys) : value)}`),
  )
  const headers = (flags.header ?? []).map((header) => `-H ${word(masked(header, ':'))}`)
  const switches = [flags.strict && '--strict', flags.lenient && '--lenient', writes && '--allow-writes'].filter(
    (option) => typeof option === 'string',
  )
  return [
    'proforma fuzz',
    ...(name === undefined ? [] : [name]),
    `--url ${baseUrl}`,
    ...headers,
    ...options,
    ...switches,
  ].join(' ')
}

function masked(pair: string, separator: ':' | '=', only?: ReadonlySet<string>): string {
  const name = pair.slice(0, pair.indexOf(separator)).trim()
  if (only && !only.has(name.toLowerCase())) return pair
  return `${name}${separator}${separator === ':' ? ' ' : ''}***`
}

const word = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`)
