// Shows an invoice on paper and edits one.

import { useState } from 'preact/hooks'
import type { ComponentChildren, JSX } from 'preact'
import type { PrintedInvoice, PrintedParty, PrintedValue } from '../calls.ts'
import { callControl, ControlError } from './client.ts'
import { FormField } from './form.tsx'
import type { FieldSchema } from './form.tsx'
import { dayText, decimalText } from './format.ts'
import { Badge } from './parts.tsx'
import { announcement, runAction, servedApis } from './state.ts'

/** Parts that most invoices do not have are left out where they are nothing. */
const isShown = ({ role, value }: PrintedInvoice['sums'][number]): boolean =>
  !['invoice.allowances', 'invoice.charges', 'invoice.rounding'].includes(role) || /[1-9]/.test(value.text)

interface PaperProps {
  readonly paper: PrintedInvoice
  /** Pointer of what is looked at elsewhere. */
  readonly active: string | undefined
  readonly onLook: (pointer: string | undefined) => void
}

/** An invoice as it would be printed; each value knows where it stands in the JSON. */
export function InvoicePaper({ paper, active, onLook }: PaperProps): JSX.Element {
  const show = (value: PrintedValue | undefined, format: (text: string) => string = String): ComponentChildren =>
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
              <dd>{show(value, dayText)}</dd>
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
                  {has('price') && <td class="figure">{show(line.price, decimalText)}</td>}
                  {has('taxRate') && <td class="figure">{show(line.taxRate)}</td>}
                  <td class="figure">{show(line[amount], decimalText)}</td>
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
                    <td class="figure">{show(tax.base, decimalText)}</td>
                    <td class="figure">{show(tax.amount, decimalText)}</td>
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
                    <td>{show(payment.date, dayText)}</td>
                    <td>{show(payment.method)}</td>
                    <td>{show(payment.reference)}</td>
                    <td class="figure">{show(payment.amount, decimalText)}</td>
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
                {isStrong && <span class="currency">{paper.currency}</span>} {show(value, decimalText)}
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
  party: PrintedParty
  show: (value: PrintedValue | undefined) => ComponentChildren
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

/** What can be fixed of an invoice, by the names of `set` and `add`; all else follows. */
const fields: readonly (readonly [name: string, label: string, type: FieldSchema['type'], format?: string])[] = [
  ['status', 'Status', 'string'],
  ['total', 'Total', 'number'],
  ['currency', 'Currency', 'string'],
  ['issueDate', 'Issued', 'string', 'date'],
  ['dueDate', 'Due', 'string', 'date'],
  ['purchaseOrder', 'Purchase order', 'string'],
  ['note', 'Note', 'string'],
  ['isDisputed', 'Disputed', 'boolean'],
]

/** Changes an invoice, or adds one, as it is wanted; says which law forbids it. */
export function InvoiceForm({ id }: { id?: string }): JSX.Element {
  const [values, setValues] = useState<Readonly<Record<string, string>>>({})
  const [refused, setRefused] = useState('')
  const stated = Object.fromEntries(
    fields.flatMap(([name, , type]) => {
      const value = values[name] ?? ''
      return value === '' ? [] : [[name, type === 'boolean' ? value === 'true' : value] as const]
    }),
  )
  const submit = async (): Promise<void> => {
    try {
      setRefused('')
      const body = { ...stated, ...(id !== undefined && { id }) }
      const { number, status } = await callControl<{ number: string; status: string }>('/invoices', 'POST', body)
      setValues({})
      await runAction(`${number} is ${status}.`, async () => undefined)
    } catch (error) {
      setRefused(error instanceof ControlError ? error.message : 'The server does not answer.')
      announcement.value = ''
    }
  }
  return (
    <details class="as-wanted">
      <summary>{id === undefined ? 'Add an invoice as you want it' : 'Change it to what you want'}</summary>
      <form
        class="card"
        aria-label={id === undefined ? 'Add an invoice' : 'Change the invoice'}
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <div class="filters">
          {fields.map(([name, label, type, format]) => (
            <FormField
              key={name}
              id={`want-${name}`}
              name={label}
              field={{
                type,
                words: name === 'status' ? (servedApis.value?.statuses ?? []) : [],
                description: '',
                isRequired: false,
                ...(format !== undefined && { format }),
              }}
              value={values[name] ?? ''}
              onChange={(value) => setValues({ ...values, [name]: value })}
            />
          ))}
        </div>
        {refused !== '' && (
          <p class="alarm" role="alert">
            {refused}
          </p>
        )}
        <div class="row">
          <button type="submit" class="primary" disabled={id !== undefined && Object.keys(stated).length === 0}>
            {id === undefined ? 'Add' : 'Change'}
          </button>
          <span class="quiet">What is left empty follows from the rest, so that every law holds.</span>
        </div>
      </form>
    </details>
  )
}
