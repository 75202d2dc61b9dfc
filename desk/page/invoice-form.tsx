// Changes an invoice, or adds one.

import { useState } from 'preact/hooks'
import type { JSX } from 'preact'
import { callControl, refusalOf } from './client.ts'
import { FormField } from './form.tsx'
import type { FieldSchema } from './form.tsx'
import { AlertNote } from './parts.tsx'
import { announcement, runAction, servedApis } from './state.ts'

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
  const { values, change, stated, refused, submit } = useWantedInvoice(id)
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
              onChange={(value) => change(name, value)}
            />
          ))}
        </div>
        <AlertNote says={refused} />
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

/** What is wanted of an invoice: the texts of the form, what they state, and how to ask the server for it. */
function useWantedInvoice(id: string | undefined) {
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
      setRefused(refusalOf(error))
      announcement.value = ''
    }
  }
  const change = (name: string, value: string): void => setValues({ ...values, [name]: value })
  return { values, change, stated, refused, submit }
}
