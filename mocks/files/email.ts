// Writes an e-mail of an invoice's story as a file, its PDF attached (RFC 5322, RFC 2045).

import type { AnswerContext } from '../../factories/index.ts'

type Email = AnswerContext['story']['emails'][number]

/** Returns the e-mail that an invoice came with. @param invoice in the terms of the API */
export function emailFile({ story, invoice: { number, seller, buyer } }: AnswerContext, pdf: Uint8Array): string {
  const email: Partial<Email> = story.emails.find(({ files }) => files.length > 0) ?? story.emails[0] ?? {}
  const file = story.files.find(({ mediaType }) => mediaType === 'application/pdf')
  const boundary = `proforma-${number.replaceAll(/[^\w-]/g, '-')}`
  return [
    `From: ${email.from ?? seller.email}`,
    `To: ${(email.to ?? [buyer.email]).join(', ')}`,
    `Subject: ${encodedWord(email.subject ?? `Invoice ${number}`)}`,
    `Date: ${new Date((email.sentAt ?? file?.createdAt ?? 0) * 1000).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${boundary}@${seller.domain}>`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    ...base64Lines(new TextEncoder().encode(email.body ?? '')),
    `--${boundary}`,
    'Content-Type: application/pdf',
    `Content-Disposition: attachment; filename="${(file?.name ?? 'invoice.pdf').replaceAll(/[^\w. -]/g, '-')}"`,
    'Content-Transfer-Encoding: base64',
    '',
    ...base64Lines(pdf),
    `--${boundary}--`,
    '',
  ].join('\r\n')
}

/** A header holds ASCII; other text is encoded (RFC 2047). */
const encodedWord = (text: string): string =>
  /^[\u0020-\u007e]*$/.test(text) ? text : `=?utf-8?B?${base64Lines(new TextEncoder().encode(text)).join('')}?=`

/** Lines have 76 characters (RFC 2045, 6.8). */
function base64Lines(bytes: Uint8Array): readonly string[] {
  const lines: string[] = []
  for (let from = 0; from < bytes.length; from += 57)
    lines.push(btoa(String.fromCharCode(...bytes.subarray(from, from + 57))))
  return lines
}
