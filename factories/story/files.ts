import type { Entry } from '../ledger/entry.ts'
import type { StoryFile } from './story.ts'
import { Random } from '../random.ts'
import { endOf, wordsOf } from './words.ts'

/** Position of the invoice's PDF among its files. */
const pdfIndex = 1

/** Returns the invoice number with nothing that a file name cannot hold. */
const safe = (text: string): string =>
  text.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '') || 'invoice'

/** Returns when the invoice left the seller; for a draft, when its record was made. */
export const receivedAt = (entry: Entry): number =>
  Math.max(entry.createdAt, Math.min(endOf(entry), entry.sentAt ?? entry.createdAt))

/** Returns the invoice's PDF, as every e-mail about it carries it. */
export function pdfOf(entry: Entry): StoryFile {
  const random = new Random(entry.key).at('story').at('pdf')
  return {
    index: pdfIndex,
    name: `Invoice-${safe(entry.number)}.pdf`,
    mediaType: 'application/pdf',
    kind: 'emailAttachment',
    size: random.int(38_000, 160_000) + entry.lines.length * random.int(400, 900),
    parent: 0,
    createdAt: receivedAt(entry),
  }
}

/** Returns the received invoice as files: the e-mail, the PDF taken from it, the page image made of that. */
export function filesOf(entry: Entry): readonly StoryFile[] {
  const pdf = pdfOf(entry)
  const random = new Random(entry.key).at('story').at('files')
  const { number, seller } = wordsOf(entry)
  const email: StoryFile = {
    index: 0,
    name: `Invoice ${safe(number)} from ${safe(seller)}.eml`,
    mediaType: 'message/rfc822',
    kind: 'email',
    // Base64 makes four characters of three bytes, in lines of 76 and a line break; headers and text come on top.
    size: Math.ceil(pdf.size / 57) * 78 + random.int(2_400, 6_800),
    createdAt: pdf.createdAt,
  }
  const image: StoryFile = {
    index: 2,
    name: `Invoice-${safe(number)}.png`,
    mediaType: 'image/png',
    kind: 'document',
    size: random.int(180_000, 940_000),
    parent: pdfIndex,
    createdAt: Math.min(endOf(entry), pdf.createdAt + random.int(5, 90)),
  }
  return [email, pdf, image]
}
