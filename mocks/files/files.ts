// Answers requests for what links in the data lead to: pages, PDFs, attachments, pictures; and takes payments.

import { AnswerContext, present, within } from '../../factories/index.ts'
import type { Entry, Party } from '../../factories/index.ts'
import type { Fetch, Model } from '../../spec/index.ts'
import { whyElsewhere } from '../control.ts'
import { apiIn } from '../context.ts'
import type { ApiInWorld } from '../context.ts'
import { etagOf, isKnown, responseWith, utf8 } from '../http/body.ts'
import { clientUrl, orProblem, plainProblem, worldOf } from '../http/routes.ts'
import { settle } from '../operations/invoices.ts'
import type { Worlds } from '../state/worlds.ts'
import { emailFile } from './email.ts'
import { invoicePdf } from './invoice-pdf.ts'
import { linksOf, linkTarget } from './links.ts'
import type { LinkTarget } from './links.ts'
import { filesPath } from '../http/routes.ts'
import { accountPage, invoicePage, isPayable, lostPage, paymentPage, receiptPage } from './pages.ts'
import type { PageLinks } from './pages.ts'
import { namedPdf } from './pdf.ts'
import { monogram, pagePicture, silentSound } from './pictures.ts'
import { sheetOf } from './sheet.ts'

/** What a link leads to, as bytes. */
interface LinkedFile {
  readonly mediaType: string
  readonly body: Uint8Array<ArrayBuffer> | string
}

/** An API in a world, and where its files are on this server. */
interface Place {
  readonly api: ApiInWorld
  readonly base: string
}

/**
 * Returns the `Fetch` of an API's files, for paths below {@link filesPath}: the link of the data without its scheme follows. No credentials
 * are asked for, as behind a signed link. A form that is sent from a page of the mock pays its invoice.
 */
export function answerFiles(model: () => Model, worlds: Worlds): Fetch {
  return (request) =>
    orProblem(async () => {
      const { method } = request
      const world = worldOf(worlds, request)
      await worlds.follow(world)
      const api = apiIn(model(), world)
      const { pathname, origin } = clientUrl(request)
      const at = pathname.indexOf(filesPath) + filesPath.length
      const place = { api, base: origin + pathname.slice(0, at) }
      const target = linkTarget(api, `https://${pathname.slice(at)}`)
      if (!target) return respond(request, 404, page(await lostPage('The data of this world has no such link.')))
      if (method === 'POST' && target.is === 'payment')
        return worlds.change(world, async () => pay(request, apiIn(model(), world), target.invoice))
      if (method !== 'GET' && method !== 'HEAD') return plainProblem(405, 'Allowed here: GET.', { allow: 'GET, HEAD' })
      return respond(request, 200, await fileOf(place, target))
    })
}

function pay(request: Request, { business }: ApiInWorld, { index }: Entry): Response {
  const refusal = whyElsewhere(request, 'Payments')
  if (refusal !== undefined) return plainProblem(403, refusal)
  const invoice = business.find(index)
  if (invoice && isPayable(invoice)) settle(business, invoice)
  return new Response(null, {
    status: 303,
    headers: { location: clientUrl(request).href, 'cache-control': 'no-store' },
  })
}

const page = (body: string): LinkedFile => ({ mediaType: 'text/html; charset=utf-8', body })

async function fileOf(place: Place, target: LinkTarget): Promise<LinkedFile> {
  const { api } = place
  switch (target.is) {
    case 'invoice':
      return page(await invoicePage(present(target.invoice, api.presentation), pageLinks(place, target.invoice)))
    case 'payment':
      return page(await paymentPage(present(target.invoice, api.presentation), pageLinks(place, target.invoice)))
    case 'receipt': {
      const invoice = present(target.invoice, api.presentation)
      const payment = invoice.payments[target.payment.index] ?? target.payment
      return page(await receiptPage(invoice, payment, pageLinks(place, target.invoice)))
    }
    case 'account':
      return page(await accountPage(target.party, owedBy(place, target.party)))
    case 'pdf':
      return attachment(api, target.invoice, 1)
    case 'attachment':
      return attachment(api, target.invoice, target.index)
    case 'recording':
      return { mediaType: 'audio/wav', body: silentSound() }
    case 'image':
      return { mediaType: 'image/svg+xml', body: monogram(shortName(target.name), target.of === 'portrait') }
    case 'document':
      return documentOf(target.name)
  }
}

/** Returns a file of an invoice's story: its PDF where the number is none. */
function attachment(
  { business: { ledger }, answers, presentation }: ApiInWorld,
  invoice: Entry,
  index: number,
): LinkedFile {
  const shown = present(invoice, presentation)
  return within(new AnswerContext(ledger, answers.identities, false), 'invoice', shown, (context): LinkedFile => {
    const { files } = context.story
    const { mediaType, size } = files[index] ?? { mediaType: 'application/pdf', size: 0 }
    const pdf = invoicePdf(shown, files.find((one) => one.mediaType === 'application/pdf')?.size)
    if (mediaType === 'message/rfc822') return { mediaType, body: emailFile(context, pdf) }
    return mediaType === 'image/png'
      ? { mediaType, body: pagePicture(textLines(shown), size) }
      : { mediaType, body: pdf }
  })
}

const textLines = (invoice: Entry): readonly string[] => {
  const { title, seller, buyer, lines, sums } = sheetOf(invoice)
  return [
    title,
    '',
    ...seller,
    '',
    ...buyer,
    '',
    ...lines.map(({ name }) => name),
    '',
    ...sums.map((sum) => sum.join(' ')),
  ]
}

/** A file that is no invoice's: what is known of it is its name. */
function documentOf(name: string): LinkedFile {
  const ending = name.slice(name.lastIndexOf('.') + 1)
  if (ending === 'pdf') return { mediaType: 'application/pdf', body: namedPdf(name) }
  if (ending === 'png') return { mediaType: 'image/png', body: pagePicture([name]) }
  return ending === 'csv'
    ? { mediaType: 'text/csv; charset=utf-8', body: `name\r\n${name}\r\n` }
    : { mediaType: 'text/plain; charset=utf-8', body: `${name}\n` }
}

/** `cdn.acme-steel.example/logo.svg` is acme-steel, `…/people/jane-doe.png` is jane-doe. */
function shortName(link: string): string {
  const [host = '', ...steps] = link.split('/')
  const file = (steps.at(-1) ?? '').replace(/\.\w+$/, '')
  return steps.length > 1 ? file : (host.split('.').at(-2) ?? file)
}

function pageLinks({ api, base }: Place, invoice: Entry): PageLinks {
  const { page: own, payment, pdf } = linksOf(api, invoice)
  const here = (url: string): string => base + url.slice('https://'.length)
  return { page: here(own), payment: here(payment), pdf: here(pdf) }
}

/** Invoices that an account shows, the oldest first, and how many are looked at for them. */
const [mostOwed, mostLookedAt] = [50, 5000]

function owedBy(place: Place, { key }: Party): { readonly invoice: Entry; readonly links: PageLinks }[] {
  const { business, presentation } = place.api
  const { size, customer } = business.ledger.columns(presentation.rounding)
  const own: number[] = []
  for (let index = 0; index < size && own.length < mostLookedAt; index++) if (customer[index] === key) own.push(index)
  return [...new Set([...own, ...business.state.created])]
    .flatMap((index) => business.find(index) ?? [])
    .filter((invoice) => invoice.buyer.key === key && isPayable(invoice))
    .slice(0, mostOwed)
    .map((invoice) => ({ invoice: present(invoice, presentation), links: pageLinks(place, invoice) }))
}

/** Pages run no scripts and load nothing; all files may be shown and read by pages from anywhere, as behind a signed link. */
function respond(request: Request, status: number, { mediaType, body }: LinkedFile): Response {
  const bytes = typeof body === 'string' ? utf8(body) : body
  const tag = etagOf(bytes)
  const headers = {
    'content-type': mediaType,
    etag: tag,
    'cache-control': 'no-cache',
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'",
  }
  if (status === 200 && isKnown(request.headers.get('if-none-match'), tag))
    return new Response(null, { status: 304, headers })
  return responseWith(request.method === 'HEAD' ? new Uint8Array() : bytes, { status, headers })
}
