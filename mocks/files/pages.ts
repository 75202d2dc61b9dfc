// Writes the pages behind links: an invoice, where it is paid, a receipt, what a customer owes.

import { html, raw } from 'hono/html'
import type { Entry, Party, Payment } from '../../factories/index.ts'
import { formatMajor } from '../../spec/index.ts'
import { payable } from '../operations/invoices.ts'
import { sheetOf } from './sheet.ts'
import type { Fact } from './sheet.ts'

/** A piece of a page; texts in it are escaped. */
type Markup = ReturnType<typeof html>

/** Addresses, on this server, of other pages about an invoice. */
export interface PageLinks {
  readonly page: string
  readonly payment: string
  readonly pdf: string
}

/** Tells whether an invoice can be paid. */
export const isPayable = ({ status, due }: Entry): boolean => due > 0 && payable.includes(status)

const amountText = ({ currency, exponent }: Entry, minor: number): string =>
  `${currency} ${formatMajor(minor, exponent)}`

/** Returns the page where a buyer sees an invoice. */
export function invoicePage(invoice: Entry, links: PageLinks): Promise<string> {
  const { title, status, seller, buyer, facts, lines, sums, payments, note } = sheetOf(invoice)
  return page(
    title,
    html`<header>
        <h1>${title}</h1>
        <p class="badge">${status}</p>
      </header>
      <nav>
        ${status === 'draft' ? '' : html`<a href="${links.pdf}">Download PDF</a>`}
        ${isPayable(invoice) ? html`<a class="main" href="${links.payment}">Pay ${amountText(invoice, invoice.due)}</a>` : ''}
      </nav>
      <div class="parties">${address('From', seller)}${address('To', buyer)}${list(facts)}</div>
      <div class="scroll" tabindex="0" role="group" aria-label="Lines of the invoice">
        <table>
          <thead>
            <tr>
              <th scope="col">Item</th>
              <th scope="col">Quantity</th>
              <th scope="col">Price</th>
              <th scope="col">Tax</th>
              <th scope="col">Amount</th>
            </tr>
          </thead>
          <tbody>
            ${lines.map(
              ({ name, quantity, price, tax, net }) =>
                html`<tr>
                  <td>${name}</td>
                  <td>${quantity}</td>
                  <td>${price}</td>
                  <td>${tax}</td>
                  <td>${net}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <div class="sums">${list(sums)}</div>
      ${payments.length > 0 ? html`<h2>Payments</h2>${list(payments)}` : ''}
      ${note === '' ? '' : html`<p class="note">${note}</p>`}`,
  )
}

/** Returns the page where an invoice is paid, or that says why it cannot be. */
export function paymentPage(invoice: Entry, links: PageLinks): Promise<string> {
  const { title, seller } = sheetOf(invoice)
  const [name = ''] = seller
  return page(
    `Pay ${title}`,
    html`<header>
        <h1>${title}</h1>
        <p class="badge">${invoice.status}</p>
      </header>
      <p>${name}</p>
      ${
        isPayable(invoice)
          ? html`<p class="amount">${amountText(invoice, invoice.due)}</p>
            <form method="post"><button>Pay</button></form>
            <p class="quiet">No money moves: the mock books the payment, and tells webhooks.</p>`
          : html`<p class="amount">${invoice.status === 'paid' ? 'Paid. Thank you.' : 'There is nothing to pay.'}</p>`
      }
      <nav><a href="${links.page}">See the invoice</a></nav>`,
  )
}

/** Returns the receipt of a payment. */
export function receiptPage(invoice: Entry, payment: Payment, links: PageLinks): Promise<string> {
  const { title, buyer, payments } = sheetOf(invoice)
  const [day = ''] = payments[payment.index] ?? []
  const facts: readonly Fact[] = [
    ['For', title],
    ['From', buyer[0] ?? ''],
    ['Paid', day],
  ]
  return page(
    'Receipt',
    html`<header><h1>Receipt</h1></header>
      <p class="amount">${amountText(invoice, payment.amount)}</p>
      ${list(facts)}
      <nav><a href="${links.page}">See the invoice</a></nav>`,
  )
}

/** Returns the page of a customer: what it has to pay. */
export function accountPage(
  party: Party,
  owed: readonly { readonly invoice: Entry; readonly links: PageLinks }[],
): Promise<string> {
  return page(
    party.name,
    html`<header><h1>${party.name}</h1></header>
      ${owed.length === 0 ? html`<p class="amount">There is nothing to pay.</p>` : ''}
      <ul>
        ${owed.map(
          ({ invoice, links }) =>
            html`<li>
              <a href="${links.payment}">${sheetOf(invoice).title}</a>
              <span>${amountText(invoice, invoice.due)}, due ${sheetOf(invoice).facts[1]?.[1] ?? ''}</span>
            </li>`,
        )}
      </ul>`,
  )
}

/** Returns a page that says what is wrong with a link. */
export const lostPage = (sentence: string): Promise<string> =>
  page('Nothing is here', html`<header><h1>Nothing is here</h1></header><p>${sentence}</p>`)

const address = (name: string, lines: readonly string[]): Markup =>
  html`<address>
    <p class="quiet">${name}</p>
    ${lines.map((line) => html`<p>${line}</p>`)}
  </address>`

const list = (facts: readonly Fact[]): Markup =>
  html`<dl>
    ${facts.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`

const style = `:root{color-scheme:light dark;--ink:light-dark(#1c2530,#e8edf2);--quiet:light-dark(#56626f,#a3afbb);--line:light-dark(#d9dfe5,#3a444f);
--ground:light-dark(#f3f5f7,#14191e);--paper:light-dark(#fff,#1c232a);--main:light-dark(#1d5fa8,#7db8f5)}
*{box-sizing:border-box}body{margin:0;padding:24px 12px;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:760px;margin:auto;padding:clamp(16px,5vw,40px);background:var(--paper);border:1px solid var(--line);border-radius:8px}
h1{margin:0;font-size:1.5rem;overflow-wrap:anywhere}h2{font-size:1rem;margin:24px 0 8px}p{margin:0}.note{margin-top:24px}header,nav,dl div,li{display:flex;gap:8px 24px;justify-content:space-between;flex-wrap:wrap}
nav{margin:16px 0;justify-content:flex-start}a{color:var(--main)}.badge{border:1px solid var(--line);border-radius:999px;padding:2px 12px}
.quiet{color:var(--quiet)}.amount{font-size:1.75rem;font-weight:600;margin:16px 0}.main{font-weight:600}
button{font:inherit;font-weight:600;padding:10px 28px;border:0;border-radius:6px;background:#1d5fa8;color:#fff;margin:0 0 12px;cursor:pointer}
.parties{display:grid;grid-template-columns:repeat(auto-fit,minmax(190px,1fr));gap:24px;margin:24px 0}address{font-style:normal;overflow-wrap:anywhere}
dl,ul{margin:0;padding:0;list-style:none}dt{color:var(--quiet)}dd{margin:0;font-variant-numeric:tabular-nums}.scroll{overflow-x:auto}table{width:100%;border-collapse:collapse}
th,td{text-align:right;padding:8px;border-bottom:1px solid var(--line);font-variant-numeric:tabular-nums}th:first-child,td:first-child{text-align:left;padding-left:0}
.sums{max-width:320px;margin:16px 0 0 auto}li{padding:10px 0;border-bottom:1px solid var(--line)}@media print{nav,form{display:none}}`

const page = async (title: string, content: Markup): Promise<string> =>
  String(
    await html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width" />
          <title>${title}</title>
          <style>
            ${raw(style)}
          </style>
        </head>
        <body>
          <main>${content}</main>
        </body>
      </html>`,
  )
