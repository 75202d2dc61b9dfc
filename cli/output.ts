// Prints lines and texts: the only place from which a command speaks, so that nothing it quotes can be a command itself.

import { styleText } from 'node:util'
import { oneLine, printable } from '../spec/index.ts'

/** The styles that commands use, and nothing else that a terminal understands. */
// oxlint-disable-next-line no-control-regex
const ownStyle = /(\u001b\[(?:1|2|22|3[1236]|39)m)/

/** Returns a text as it may be printed on a stream: its own styles stay where the stream has colours, all other control characters go. */
function asPrinted(text: string, stream: NodeJS.WriteStream): string {
  const hasColours = styleText('bold', ' ', { stream }) !== ' '
  if (!hasColours) return printable(text)
  return text
    .split(ownStyle)
    .map((part) => (ownStyle.test(part) ? part : printable(part)))
    .join('')
}

/** Prints one line on standard output, whatever it quotes. */
export const printLine = (line: string): void => printText(oneLine(line))

/** Prints a text of several lines on standard output, each part of which its maker has kept to one line. */
export const printText = (text: string): void =>
  void process.stdout.write(`${asPrinted(text.replace(/\n$/, ''), process.stdout)}\n`)

/** Prints one line on standard error, whatever it quotes. */
export const warnLine = (line: string): void => warnText(oneLine(line))

/** Prints a text of several lines on standard error. */
export const warnText = (text: string): void => console.error(asPrinted(text.replace(/\n$/, ''), process.stderr))

/** Prints the annotations of a report for GitHub Actions on standard output: lines that are commands, and quote all that they tell. */
export const printAnnotations = (text: string): void =>
  void process.stdout.write(text.replace(/^(?!::(?:error|warning) ).*$/gm, printable))
