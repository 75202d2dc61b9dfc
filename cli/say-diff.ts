// Formats the changes between two documents for a terminal.

import { styleText } from 'node:util'
import type { DocumentChange } from '../contracts/index.ts'
import { oneLine, printable } from '../spec/index.ts'
import { plural } from './terminal.ts'

const styles = { breaking: 'red', risky: 'yellow', safe: 'green' } as const

const line = (text: string): string => printable(oneLine(text))

/** What a comparison is of, and how to tell it. */
export interface DiffText {
  readonly before: string
  readonly after: string
  /** Safe changes, too; else they are counted. */
  readonly isAll: boolean
  readonly isPlain?: boolean
}

/** Returns what changed, by what it does to those who use the API; the verdict comes last. */
export function sayDiff(
  changes: readonly DocumentChange[],
  { before, after, isAll, isPlain = false }: DiffText,
): string {
  const style = (name: Parameters<typeof styleText>[0], text: string): string =>
    isPlain ? printable(text) : styleText(name, printable(text), { stream: process.stdout })
  const shown = changes.filter(({ impact }) => isAll || impact !== 'safe')
  const paragraphs = shown.map(({ impact, code, says, request, before: old, after: now }) =>
    [
      `${style(styles[impact], impact.padEnd(8))} ${line(`${code}  ${request === undefined ? '' : `${request}  `}${says}`)}`,
      ...[[old, 'was'] as const, [now, 'is'] as const].flatMap(([place, verb]) =>
        place ? [style('dim', `         ${verb} at ${place.file}:${place.line}:${place.column}`)] : [],
      ),
    ].join('\n'),
  )
  const count = (impact: DocumentChange['impact']): number =>
    changes.filter((change) => change.impact === impact).length
  const verdict = `${plural(count('breaking'), 'breaking change')}, ${count('risky')} risky, ${count('safe')} safe from ${before} to ${after}.`
  return [...paragraphs, style(count('breaking') > 0 ? 'red' : 'green', verdict)].join('\n') + '\n'
}
