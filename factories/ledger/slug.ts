const marks = /[\u0300-\u036f]+/g
const plain: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  Ø: 'O',
  æ: 'ae',
  Æ: 'Ae',
  œ: 'oe',
  Œ: 'Oe',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
}

/** Returns a text without accents: Gebäudetechnik becomes Gebaudetechnik, straße becomes strasse. */
export function fold(text: string): string {
  if (/^[ -~]*$/.test(text)) return text
  return text
    .normalize('NFKD')
    .replaceAll(marks, '')
    .replaceAll(/[ßøØæÆœŒłŁđĐ]/g, (letter) => plain[letter] as string)
}

/** Returns a text as a label of a host name: lower-case letters, digits and single hyphens. */
export const slug = (text: string): string =>
  fold(text)
    .toLowerCase()
    .replaceAll(/['’.]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')

/** Returns a name as half of an e-mail address: van der Pol becomes vanderpol. */
export const mailName = (name: string): string => slug(name.replaceAll(' ', ''))
