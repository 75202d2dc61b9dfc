import type { ComponentChildren, JSX } from 'preact'
import type { Paper, PaperParty, Shown } from '../calls.ts'
import { day, decimal } from './format.ts'
import { Badge } from './parts.tsx'

/** Parts that most invoices do not have are left out where they are nothing. */
const isShown = ({ role, value }: Paper['sums'][number]): boolean =>
  !['invoice.allowances', 'invoice.charges', 'invoice.rounding'].includes(role) || /[1-9]/.test(value.text)

interface PaperProps {
  readonly paper: Paper
  /** Pointer of what is looked at elsewhere. */
  readonly active: string | undefined
  readonly onLook: (pointer: string | undefined) => void
}

/** An invoice as it would be printed; each value knows where it stands in the JSON. */
export function PaperView({ paper, active, onLook }: PaperProps): JSX.Element {
  const show = (value: Shown | undefined, format: (text: string) => string = String): ComponentChildren =>
    value && (
      <bdi
        class={value.at === active ? 'active' : ''}
        onMouseEnter={() => onLook(value.at)}
        onMouseLeave={() => onLook(undefined)}
      >
        {format(value.text)}
      </bdi>
    )
  const { lines } = paper
  const has = (name: 'quantity' | 'price' | 'taxRate' | 'net' | 'total'): boolean =>
    lines.some((line) => line[name] !== undefined)
  const amount = has('net') ? 'net' : 'total'
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
              <dd>{show(value, day)}</dd>
            </div>
          ))}
        </dl>
      </div>
      {lines.length > 0 && (
        <div class="scroll" tabIndex={0} role="group" aria-label="Lines of the invoice">
          <table>
            <thead>
              <tr>
                <th scope="col">Item</th>
                {has('quantity') && (
                  <th scope="col" class="figure">
                    Quantity
                  </th>
                )}
                {has('price') && (
                  <th scope="col" class="figure">
                    Price
                  </th>
                )}
                {has('taxRate') && (
                  <th scope="col" class="figure">
                    Tax
                  </th>
                )}
                <th scope="col" class="figure">
                  Amount
                </th>
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
                  {has('quantity') && (
                    <td class="figure">
                      {show(line.quantity)} {show(line.unit)}
                    </td>
                  )}
                  {has('price') && <td class="figure">{show(line.price, decimal)}</td>}
                  {has('taxRate') && <td class="figure">{show(line.taxRate)}</td>}
                  <td class="figure">{show(line[amount], decimal)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div class="foot">
        <div class="asides">
          {paper.taxes.length > 0 && (
            <table class="taxes">
              <caption>Tax</caption>
              <tbody>
                {paper.taxes.map((tax, index) => (
                  <tr key={index}>
                    <td>{tax.name}</td>
                    <td class="figure">{show(tax.rate)}</td>
                    <td class="figure">{show(tax.base, decimal)}</td>
                    <td class="figure">{show(tax.amount, decimal)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {paper.payments.length > 0 && (
            <table class="taxes">
              <caption>Payments</caption>
              <tbody>
                {paper.payments.map((payment, index) => (
                  <tr key={index}>
                    <td>{show(payment.date, day)}</td>
                    <td>{show(payment.method)}</td>
                    <td>{show(payment.reference)}</td>
                    <td class="figure">{show(payment.amount, decimal)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {paper.notes.map((note, index) => (
            <p key={index} class="note">
              {show(note)}
            </p>
          ))}
        </div>
        <dl class="sums">
          {paper.sums.filter(isShown).map(({ name, value, isStrong }) => (
            <div key={name} class={isStrong ? 'strong' : ''}>
              <dt>{name}</dt>
              <dd>
                {isStrong && <span class="currency">{paper.currency}</span>} {show(value, decimal)}
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </article>
  )
}

function Party({
  name,
  party,
  show,
}: {
  name: string
  party: PaperParty
  show: (value: Shown | undefined) => ComponentChildren
}): JSX.Element | null {
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
