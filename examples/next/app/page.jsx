'use client'

import { useEffect, useState } from 'react'
import { listInvoices } from './list-invoices.js'

export default function Page() {
  const [status, setStatus] = useState('')
  const [invoices, setInvoices] = useState([])
  useEffect(() => {
    let isCurrent = true
    listInvoices(status).then((found) => isCurrent && setInvoices(found), console.error)
    return () => {
      isCurrent = false
    }
  }, [status])
  return (
    <>
      <label>
        Status{' '}
        <select value={status} onChange={(event) => setStatus(event.target.value)}>
          <option value="">all</option>
          <option>open</option>
          <option>paid</option>
        </select>
      </label>
      <ul>
        {invoices.map(({ id, number, status, due_date }) => (
          <li key={id}>
            {number} {status} {due_date}
          </li>
        ))}
      </ul>
    </>
  )
}
