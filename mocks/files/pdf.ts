// Writes PDF files of text: pages in two standard fonts, the same bytes for the same text (ISO 32000-1).

/** A piece of text on a page. */
export interface PdfText {
  readonly text: string
  /** Points from the left edge; of the end of the text where it is aligned to the right. */
  readonly x: number
  /** Points from the upper edge to the base line. */
  readonly y: number
  readonly size: number
  readonly isBold?: boolean
  readonly isRight?: boolean
}

/** What a PDF is made of. */
interface PdfParts {
  readonly title: string
  /** Day that it says it was made on: `2026-01-15`. */
  readonly day?: string
  readonly pages: readonly (readonly PdfText[])[]
  /** Bytes that the file shall have; more where its text needs them. */
  readonly size?: number | undefined
}

/** Points of an A4 page. */
export const pageSize = { width: 595, height: 842 }

/** Returns a PDF whose text can be selected and searched. Characters beyond Windows-1252 are written without their marks, others as `?`. */
export function writePdf({ title, day, pages, size = 0 }: PdfParts): Uint8Array<ArrayBuffer> {
  const kids = pages.map((_, index) => `${6 + index * 2} 0 R`)
  const created = day === undefined ? '' : ` /CreationDate (D:${day.replaceAll('-', '')}000000Z)`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R /Lang (en) /ViewerPreferences << /DisplayDocTitle true >> >>',
    `<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${pages.length} >>`,
    font('Helvetica'),
    font('Helvetica-Bold'),
    `<< /Title (${escaped(title)}) /Producer (proforma)${created} >>`,
    ...pages.flatMap((texts, index) => {
      const content = texts.map(operatorsOf).join('\n')
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${pageSize.width} ${pageSize.height}] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents ${7 + index * 2} 0 R >>`,
        `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
      ]
    }),
  ]
  const file = assemble(objects, 0)
  // The place of the table, which the file states, gets longer as well.
  const missing = size - file.length - (String(size).length - String(file.length).length)
  const bytes = missing < 2 ? file : assemble(objects, missing)
  return latin1(bytes)
}

function latin1(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at)
  return bytes
}

/** Returns a PDF of one page that says what it is called. */
export const namedPdf = (name: string): Uint8Array<ArrayBuffer> =>
  writePdf({
    title: name,
    pages: [
      [
        { text: name, x: 56, y: 80, size: 18, isBold: true },
        { text: 'A specimen: it asks nobody for money.', x: 56, y: 104, size: 10 },
      ],
    ],
  })

/** Puts objects together with the table that says where each begins. @param filler bytes of a comment that makes the file longer */
function assemble(objects: readonly string[], filler: number): string {
  let text = '%PDF-1.7\n'
  const places = objects.map((object, index) => {
    const place = text.length
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
    return `${String(place).padStart(10, '0')} 00000 n \n`
  })
  if (filler > 1) text += `%${' '.repeat(filler - 2)}\n`
  const count = objects.length + 1
  return `${text}xref\n0 ${count}\n0000000000 65535 f \n${places.join('')}trailer\n<< /Size ${count} /Root 1 0 R /Info 5 0 R >>\nstartxref\n${text.length}\n%%EOF\n`
}

const font = (name: string): string => `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`

function operatorsOf({ text, x, y, size, isBold = false, isRight = false }: PdfText): string {
  const left = isRight ? x - widthOf(text, size) : x
  return `BT /F${isBold ? 2 : 1} ${size} Tf ${left.toFixed(2)} ${(pageSize.height - y).toFixed(2)} Td (${escaped(text)}) Tj ET`
}

/** Characters of Windows-1252 whose code is not that of Unicode (ISO 32000-1, annex D). */
const others = '€\u0000‚ƒ„…†‡ˆ‰Š‹Œ\u0000Ž\u0000\u0000‘’“”•–—˜™š›œ\u0000žŸ'
/** Letters that do not come apart into a letter and its mark. */
const plain: Readonly<Record<string, string>> = { ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', ı: 'i', ħ: 'h', Ħ: 'H', '−': '-' }

const encoded = (text: string): string =>
  Array.from(text.normalize('NFC'), (character): string => {
    const code = character.codePointAt(0) ?? 0
    if ((code >= 0x20 && code < 0x7f) || (code >= 0xa0 && code <= 0xff)) return character
    if (/\s/.test(character)) return ' '
    const at = code === 0 ? -1 : others.indexOf(character)
    if (at >= 0) return String.fromCharCode(0x80 + at)
    const bare = plain[character] ?? character.normalize('NFD').replaceAll(/\p{M}/gu, '')
    return bare === character || bare === '' ? '?' : encoded(bare)
  }).join('')

const escaped = (text: string): string => encoded(text).replaceAll(/[\\()]/g, String.raw`\$&`)

/** Widths of the characters from the space to the tilde in Helvetica, in thousandths of the size (its AFM file). */
const widths =
  '278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584'
    .split(' ')
    .map(Number)

/** Returns the width of a text in points. Digits are as wide in the bold font. */
const widthOf = (text: string, size: number): number =>
  (Array.from(encoded(text), (character) => widths[character.charCodeAt(0) - 32] ?? 556).reduce(
    (sum, width) => sum + width,
    0,
  ) *
    size) /
  1000

/** Returns a text in lines that are no wider than so many points. */
export function wrapped(text: string, size: number, width: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`
    if (lines.length > 0 && widthOf(longer, size) <= width) lines[lines.length - 1] = longer
    else lines.push(...pieces(word, size, width))
  }
  return lines
}

/** A word that is wider than a line is cut. */
function pieces(word: string, size: number, width: number): readonly string[] {
  const most = Math.max(1, Math.floor((width * 1000) / (size * 700)))
  if (widthOf(word, size) <= width) return [word]
  const characters = Array.from(word)
  return Array.from({ length: Math.ceil(characters.length / most) }, (_, at) =>
    characters.slice(at * most, (at + 1) * most).join(''),
  )
}
