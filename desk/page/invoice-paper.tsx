// Shows an invoice as it would be printed.

import type { ComponentChildren, JSX } from 'preact'
import type { PrintedInvoice, PrintedLine, PrintedParty, PrintedValue } from '../calls.ts'
import { dayText, decimalText } from './format.ts'
import { Badge } from './parts.tsx'

/** Shows a value; the value that is looked at elsewhere stands out. */
type ShowValue = (value: PrintedValue | undefined, format?: (text: string) => string) => ComponentChildren

interface PaperProps {
  readonly paper: PrintedInvoice
  /** Pointer of what is looked at elsewhere. */
  readonly active: string | undefined
  readonly onLook: (pointer: string | undefined) => void
}

/** An invoice as it would be printed; each value knows where it stands in the JSON. */
export function InvoicePaper({ paper, active, onLook }: PaperProps): JSX.Element {
  const show: ShowValue = (value, format = String) =>
    value && (
      <bdi
        class={value.at === active ? 'active' : ''}
        onMouseEnter={() => onLook(value.at)}
        onMouseLeave={() => onLook(undefined)}
      >
        {format(value.text)}
      </bdi>
    )
  const head = paper.direction === 'payable' ? 'Bill' : 'Invoice'
  return (
    <article class="paper" aria-label={`${head} ${paper.number?.text ?? ''}`}>
      <header>
        <div>
          <p class="kind">{head}</p>
          <p class="number">{show(paper.number)}</p>
        </div>
        {paper.status && <Badge word={paper.status.text} state={paper.state} />}
      </header>
      <div class="parties">
        <Party name="From" party={paper.seller} show={show} />
        <Party name="To" party={paper.buyer} show={show} />
        <dl>
          {paper.facts.map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{show(value, dayText)}</dd>
            </div>
          ))}
        </dl>
      </div>
      {paper.lines.length > 0 && <Lines lines={paper.lines} show={show} />}
      <div class="foot">
        <Asides paper={paper} show={show} />
        <Sums sums={paper.sums} currency={paper.currency} show={show} />
      </div>
    </article>
  )
}

/** The lines of an invoice; a column that none of them has is left out. */
function Lines({ lines, show }: { lines: readonly PrintedLine[]; show: ShowValue }): JSX.Element {
  const has = (name: keyof PrintedLine): boolean => lines.some((line) => line[name] !== undefined)
  const amount = has('net') ? 'net' : 'total'
  const figures = [
    {
      title: 'Quantity',
      isShown: has('quantity'),
      of: (line: PrintedLine) => [show(line.quantity), ' ', show(line.unit)],
    },
    { title: 'Price', isShown: has('price'), of: (line: PrintedLine) => show(line.price, decimalText) },
    { title: 'Tax', isShown: has('taxRate'), of: (line: PrintedLine) => show(line.taxRate) },
    { title: 'Amount', isShown: true, of: (line: PrintedLine) => show(line[amount], decimalText) },
  ].filter(({ isShown }) => isShown)
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label="Lines of the invoice">
      <table>
        <thead>
          <tr>
            <th scope="col">Item</th>
            {figures.map(({ title }) => (
              <th key={title} scope="col" class="figure">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            <tr key={index}>
              <td>
                {show(line.name ?? line.description) ?? '–'}
                {line.name && line.description && line.description.text !== line.name.text && (
                  <p class="quiet">{show(line.description)}</p>
                )}
              </td>
              {figures.map(({ title, of }) => (
                <td key={title} class="figure">
                  {of(line)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What stands beside the sums: taxes, payments and notes. */
function Asides({ paper: { taxes, payments, notes }, show }: { paper: PrintedInvoice; show: ShowValue }): JSX.Element {
  return (
    <div class="asides">
      <Aside
        name="Tax"
        rows={taxes.map(({ name, rate, base, amount }) => [
          name,
          show(rate),
          show(base, decimalText),
          show(amount, decimalText),
        ])}
        figures={3}
      />
      <Aside
        name="Payments"
        rows={payments.map(({ date, method, reference, amount }) => [
          show(date, dayText),
          show(method),
          show(reference),
          show(amount, decimalText),
        ])}
        figures={1}
      />
      {notes.map((note, index) => (
        <p key={index} class="note">
          {show(note)}
        </p>
      ))}
    </div>
  )
}

interface AsideProps {
  readonly name: string
  readonly rows: readonly (readonly ComponentChildren[])[]
  /** How many of the last columns are figures. */
  readonly figures: number
}

/** A small table beside the sums; nothing where it has no rows. */
function Aside({ name, rows, figures }: AsideProps): JSX.Element | null {
  if (rows.length === 0) return null
  return (
    <table class="taxes">
      <caption>{name}</caption>
      <tbody>
        {rows.map((cells, index) => (
          <tr key={index}>
            {cells.map((cell, at) => (
              <td key={at} class={at >= cells.length - figures ? 'figure' : ''}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Sums that most invoices do not have are left out where they are nothing. */
const isShown = ({ role, value }: PrintedInvoice['sums'][number]): boolean =>
  !['invoice.allowances', 'invoice.charges', 'invoice.rounding'].includes(role) || /[1-9]/.test(value.text)

function Sums({ sums, currency, show }: Pick<PrintedInvoice, 'sums' | 'currency'> & { show: ShowValue }): JSX.Element {
  return (
    <dl class="sums">
      {sums.filter(isShown).map(({ name, value, isStrong }) => (
        <div key={name} class={isStrong ? 'strong' : ''}>
          <dt>{name}</dt>
          <dd>
            {isStrong && <span class="currency">{currency}</span>} {show(value, decimalText)}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Party({ name, party, show }: { name: string; party: PrintedParty; show: ShowValue }): JSX.Element | null {
  if (!party.name && party.address.length === 0) return null
  return (
    <address>
      <p class="label">{name}</p>
      <p class="who">{show(party.name)}</p>
      {party.address.map((line, index) => (
        <p key={index}>{line.map((part) => [show(part), ' '])}</p>
      ))}
      {party.taxId && <p class="quiet">Tax id {show(party.taxId)}</p>}
      {party.email && <p class="quiet">{show(party.email)}</p>}
    </address>
  )
}
