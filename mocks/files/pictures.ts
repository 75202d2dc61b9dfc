// Draws pictures: monograms as SVG, a page as PNG, and records silence as WAV. The same bytes for the same thing.

import { hashText } from '../../factories/index.ts'

const text = new TextEncoder()

/** Returns a picture of the first letters of a name, in a colour of its own: round for people, square for companies. */
export function monogram(name: string, isRound: boolean): Uint8Array<ArrayBuffer> {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
  const letters = words
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('')
  const hue = hashText(name) % 360
  const ground = isRound ? '<circle cx="64" cy="64" r="64"' : '<rect width="128" height="128" rx="20"'
  return text.encode(
    `<svg xmlns="http://www.w3.org/2000/svg" width="128" height="128" viewBox="0 0 128 128" role="img"><title>${words.join(' ')}</title>` +
      `${ground} fill="hsl(${hue} 45% 38%)"/><text x="64" y="66" fill="#fff" font-family="system-ui, sans-serif" font-size="54" font-weight="600" ` +
      `text-anchor="middle" dominant-baseline="central">${letters}</text></svg>\n`,
  )
}

/** Returns a page as a scanner with few dots sees it: each line of text a bar as long as the line. 1 bit a dot (PNG, third edition). */
export function pagePicture(lines: readonly string[], size = 0): Uint8Array<ArrayBuffer> {
  const [width, height] = [620, 877]
  const row = Math.ceil(width / 8) + 1
  const dots = new Uint8Array(row * height).fill(0xff)
  for (let y = 0; y < height; y++) dots[y * row] = 0
  for (const [at, line] of lines.slice(0, 40).entries()) {
    const top = 60 + at * 19
    for (let y = top; y < top + 9; y++) dots.fill(0, y * row + 8, y * row + 8 + Math.min(60, line.length))
  }
  const head = new DataView(new ArrayBuffer(13))
  head.setUint32(0, width)
  head.setUint32(4, height)
  head.setUint8(8, 1)
  const parts = [
    chunk('IHDR', new Uint8Array(head.buffer)),
    chunk('IDAT', stored(dots)),
    chunk('IEND', new Uint8Array()),
  ]
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
  const missing = size - joined([signature, ...parts]).length - 12
  // What a reader does not know it passes over: a private chunk brings the file to its size.
  return joined([signature, ...(missing < 0 ? parts : parts.toSpliced(1, 0, chunk('prFm', new Uint8Array(missing))))])
}

/** Returns a second of silence, 8,000 samples of 8 bits (RIFF WAVE). */
export function silentSound(): Uint8Array<ArrayBuffer> {
  const count = 8000
  const bytes = new Uint8Array(44 + count).fill(128)
  const view = new DataView(bytes.buffer)
  bytes.set(text.encode('RIFF    WAVEfmt '), 0)
  view.setUint32(4, 36 + count, true)
  for (const [at, value] of [16, 0x10001, 8000, 8000, 0x80001].entries()) view.setUint32(16 + at * 4, value, true)
  bytes.set(text.encode('data'), 36)
  view.setUint32(40, count, true)
  return bytes
}

/** Returns bytes as a zlib stream of blocks that are stored, not packed (RFC 1950, RFC 1951): every computer writes the same. */
function stored(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const most = 0xffff
  const blocks: Uint8Array[] = [Uint8Array.of(0x78, 0x01)]
  let [low, high] = [1, 0]
  for (const byte of bytes) {
    low = (low + byte) % 65_521
    high = (high + low) % 65_521
  }
  for (let from = 0; from < bytes.length; from += most) {
    const block = bytes.subarray(from, from + most)
    const { length } = block
    const isLast = from + most >= bytes.length ? 1 : 0
    blocks.push(Uint8Array.of(isLast, length & 255, length >> 8, ~length & 255, (~length >> 8) & 255), block)
  }
  return joined([...blocks, Uint8Array.of(high >> 8, high & 255, low >> 8, low & 255)])
}

function chunk(name: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const body = joined([text.encode(name), data])
  const bytes = new Uint8Array(body.length + 8)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, data.length)
  bytes.set(body, 4)
  view.setUint32(body.length + 4, checksum(body))
  return bytes
}

const remainders = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1
  return rest
})

/** CRC-32 (PNG, annex D). */
function checksum(bytes: Uint8Array): number {
  let rest = 0xffffffff
  for (const byte of bytes) rest = (remainders[(rest ^ byte) & 255] as number) ^ (rest >>> 8)
  return (rest ^ 0xffffffff) >>> 0
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
