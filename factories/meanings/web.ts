// Meanings: links, hosts, files and hashes.

import { articles } from '../ledger/articles.ts'
import { slug } from '../ledger/text.ts'
import type { Random } from '../random.ts'
import type { Clue } from '../semantics/clue.ts'
import { oneOf } from '../semantics/meaning.ts'
import type { Draw, Make, ValueMeaning } from '../semantics/meaning.ts'

const formats = 'uri iri url uri-reference iri-reference'
const domainOf = ({ cast, random }: Draw): string => cast.party(random).domain
const code = (random: Random): string => random.int(0x100000, 0xffffff).toString(16)

/** A reference may be relative: then it has no host. */
const link =
  (path: (draw: Draw) => string, host = 'www'): Make<string> =>
  (draw) =>
    /reference/.test(draw.clue.format) ? `/${path(draw)}` : `https://${host}.${domainOf(draw)}/${path(draw)}`

const address = (label: string, names: string, make: Make<string>, presence: number, of?: string): ValueMeaning => ({
  label,
  names,
  formats,
  text: make,
  presence,
  ...(of !== undefined && { of }),
})

/** Last path step for a link whose purpose the name tells: `checkout_url` leads to /checkout. */
const purpose = ({ words, owner }: Clue): string => {
  const idle = [
    'url',
    'link',
    'href',
    'web',
    'address',
    'external',
    'public',
    'self',
    'remote',
    'site',
    'page',
    'redirect',
    'uri',
  ]
  const told = (list: readonly string[]): string => slug(list.filter((word) => !idle.includes(word)).join(' '))
  return told(words) || told(owner) || 'records'
}

const files = [
  'invoice',
  'statement',
  'delivery-note',
  'purchase-order',
  'remittance-advice',
  'contract',
  'timesheet',
  'credit-note',
] as const
const endings: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'text/csv': 'csv',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/xml': 'xml',
  'text/plain': 'txt',
}
/** Media types of files by their ending. */
export const mediaTypes: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(endings).map(([type, ending]) => [ending, type]),
)

const fileName: Make<string> = ({ random, clue }) => {
  const said = ['csv', 'pdf', 'xml', 'png', 'jpg'].find(
    (candidate) => clue.words.includes(candidate) || clue.description.includes(`.${candidate}`),
  )
  const ending = said ?? random.pick(['pdf', 'pdf', 'pdf', 'xlsx', 'png'])
  return `${random.pick(files)}-${random.int(10_000, 99_999)}.${ending}`
}
const fileOf = (draw: Draw): string => `files/${code(draw.random)}/${fileName(draw)}`

const agents = [
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0',
] as const

const contentOf: Make<string> = ({ random, clue }) => {
  const content = `%PDF-1.7\n% example ${random.int(1_000, 9_999)}\n`
  return clue.format === 'binary' ? content : btoa(content)
}

const hex =
  (length: number): Make<string> =>
  ({ random }) =>
    Array.from({ length: Math.ceil(length / 8) }, () => random.bits().toString(16).padStart(8, '0'))
      .join('')
      .slice(0, length)

/** Links, hosts, files and what travels with them. Hosts are reserved (RFC 2606), addresses are for documentation (RFC 5737, RFC 3849). */
export const webMeanings: readonly ValueMeaning[] = [
  address(
    'link',
    'url|link|web url|permalink|self|href|deep link|=web|portal|next url|previous url|=first of link|target url|page url',
    link(({ random, clue }) => `${purpose(clue)}/${code(random)}`),
    0.6,
  ),
  address(
    'website',
    'website|website url|web site|home page|company url|company website|site url|website address|www|blog|store url',
    (draw) => `https://www.${domainOf(draw)}`,
    0.7,
  ),
  address(
    'image',
    'image|image url|picture|picture url|photo|photo url|thumbnail|thumbnail url|icon|icon url|banner|cover|product image|screenshot',
    link(({ random }) => `images/${code(random)}.png`, 'cdn'),
    0.45,
  ),
  address(
    'logo',
    'logo|logo url|company logo|logo square|brand logo|logo image|logo image url',
    (draw) => `https://cdn.${domainOf(draw)}/logo.svg`,
    0.5,
  ),
  address(
    'avatar',
    'avatar|avatar url|profile picture|profile image|profile picture url|profile photo|user image|gravatar',
    link(
      ({ cast, random }) => `people/${slug((cast.person(random).email.split('@')[0] as string).replace('.', ' '))}.png`,
      'cdn',
    ),
    0.45,
  ),
  address(
    'document link',
    'file url|download url|pdf url|document url|attachment url|pdf link|invoice pdf|download link|csv url|report url|statement url|' +
      'receipt url|remote pdf|recording url|audio url|recording|video url|=src|file link',
    link(fileOf, 'files'),
    0.5,
  ),
  address(
    'documentation',
    'documentation url|docs url|documentation link|help url|guide url|manual url|support url|documentation|faq url',
    link(({ clue }) => purpose(clue).replace(/-?documentation/, '') || 'start', 'docs'),
    0.4,
  ),
  address(
    'callback',
    'callback url|webhook url|redirect url|redirect|return url|success url|cancel url|notification url|endpoint url|webhook|hook url|' +
      'target',
    (draw) => `https://app.${domainOf(draw)}/${purpose(draw.clue)}`,
    0.5,
  ),
  address(
    'api link',
    'api url|base url|server url|api endpoint|service url|host url|instance url|api base|link url',
    (draw) => `https://api.${domainOf(draw)}/v1`,
    0.6,
  ),
  address(
    'privacy link',
    'terms url|privacy url|privacy policy url|terms of service url|imprint url|legal url',
    (draw) => `https://www.${domainOf(draw)}/${purpose(draw.clue)}`,
    0.4,
  ),
  {
    label: 'domain',
    names: 'domain|domain name|host|host name|email domain|web domain|fqdn',
    formats: 'hostname idn-hostname',
    text: domainOf,
    presence: 0.6,
  },
  {
    label: 'subdomain',
    names: 'sub domain|account sub domain|workspace|tenant|site name|realm|=instance',
    text: (draw) => domainOf(draw).split('.')[0],
    presence: 0.5,
  },
  {
    label: 'path',
    names: 'endpoint|path|route|url path|api path|resource path|request path',
    formats: 'uri-reference iri-reference',
    text: ({ random }) =>
      random.pick(['/oauth/authorize', '/v1/invoices', '/v1/customers', '/v1/payments', '/connect', '/v1/sync']),
    examples: 'value',
    presence: 0.5,
  },
  {
    label: 'http method',
    names: 'http method|request method|verb',
    text: oneOf(['GET', 'GET', 'POST', 'PATCH', 'DELETE']),
    examples: 'value',
    presence: 0.8,
  },
  {
    label: 'link relation',
    names: '=rel|link relation|relation type',
    text: oneOf(['self', 'next', 'edit', 'related']),
    examples: 'value',
    presence: 0.9,
  },
  {
    label: 'ip',
    names: 'ip|ip address|client ip|remote ip|ip v 4|remote address|ip v 4 address|source ip',
    formats: 'ipv4',
    text: ({ random }) => `${random.pick(['192.0.2', '198.51.100', '203.0.113'])}.${random.int(1, 254)}`,
    presence: 0.5,
  },
  {
    label: 'ipv6',
    names: 'ip v 6|ip v 6 address',
    formats: 'ipv6',
    text: ({ random }) => `2001:db8:${random.int(1, 65_535).toString(16)}::${random.int(1, 65_535).toString(16)}`,
    presence: 0.3,
  },
  {
    label: 'mac address',
    names: 'mac address|mac',
    text: ({ random }) => `00:00:5e:00:53:${random.int(16, 255).toString(16)}`,
    presence: 0.3,
  },
  { label: 'user agent', names: 'user agent|browser|client agent', text: oneOf(agents), presence: 0.5 },
  {
    label: 'device',
    names: 'device|device name|device type|platform device',
    text: oneOf(['desktop', 'mobile', 'tablet']),
    examples: 'value',
    presence: 0.5,
  },
  {
    label: 'media type',
    names: 'mime type|content type|media type|file type|document type of file|mime|accept',
    text: ({ random }) => random.pick(Object.keys(endings).slice(0, 5)),
    examples: 'value',
    presence: 0.9,
  },
  {
    label: 'file extension',
    names: 'file extension|file ext|file format|=ext|=extension',
    text: oneOf(['pdf', 'pdf', 'png', 'csv', 'xlsx']),
    examples: 'value',
    presence: 0.8,
  },
  {
    label: 'file name',
    names: 'file name|original file name|attachment name|document name|input file name|original name',
    text: fileName,
    presence: 0.95,
  },
  {
    label: 'file name',
    names: '=name|=title|=pdf',
    of: 'file attachment document upload pdf',
    text: fileName,
    presence: 0.95,
  },
  {
    label: 'file path',
    names: 'file path|storage path|object key|storage key|s 3 key|blob path|file key|storage url path',
    text: fileOf,
    presence: 0.6,
  },
  {
    label: 'hash',
    names: 'hash|sha 256|file hash|content hash|digest|fingerprint|sha|signature|thumbprint',
    text: hex(64),
    presence: 0.5,
  },
  { label: 'short hash', names: 'md 5|etag|e tag|commit|sha 1|revision hash|md 5 hash', text: hex(32), presence: 0.5 },
  {
    label: 'content',
    names: 'content|file content|data|body|bytes|base 64|file data|=file|blob|raw',
    formats: 'byte binary',
    needsFormat: true,
    text: contentOf,
    presence: 0.9,
  },
  {
    label: 'html',
    names: 'html|body html|html body|html content|rendered html|message html',
    text: ({ random }) => `<p>${random.pick(articles).description}.</p>`,
    presence: 0.6,
  },
  {
    label: 'slug',
    names: 'slug|url slug|url key|permalink key|handle slug|identifier slug',
    text: ({ random }) => slug(random.pick(articles).name),
    presence: 0.8,
  },
]
