// Draws a progress line on a terminal.

import type { WriteStream } from 'node:tty'
import { styleText } from 'node:util'
import { oneLine, printable } from '../spec/index.ts'

/** A line on a terminal that tells how far something is. */
export interface Progress {
  /** Shows how much is done; rarely more often than eyes can follow. */
  show(done: number, text?: string): void
  /** Wipes the line. */
  clear(): void
}

const width = 24
const pause = 80

/** Returns a progress line on a terminal, and one that shows nothing on anything else. `total` draws a bar. */
export function progressLine(stream: WriteStream, total?: number): Progress {
  if (!stream.isTTY) return { show: () => undefined, clear: () => undefined }
  let last = 0
  return {
    show(done, text = '') {
      const now = Date.now()
      if (now - last < pause) return
      last = now
      const line = `${total === undefined ? '' : `${bar(stream, done / Math.max(1, total))} `}${printable(oneLine(text))}`
      stream.write(`\r\u001b[K${line.slice(0, total === undefined ? Math.max(10, stream.columns - 1) : undefined)}`)
    },
    clear() {
      if (last > 0) stream.write('\r\u001b[K')
    },
  }
}

function bar(stream: WriteStream, share: number): string {
  const full = Math.min(width, Math.floor(share * width))
  return `${styleText('green', '━'.repeat(full), { stream })}${styleText('dim', '─'.repeat(width - full), { stream })} ${String(Math.floor(share * 100)).padStart(3)} %`
}
