// Renders a table of any length by drawing only the visible rows.

import { useEffect, useRef, useState } from 'preact/hooks'
import type { JSX, RefObject, TargetedKeyboardEvent } from 'preact'
import type { ColumnFacts } from '../calls.ts'
import { shortened, dayText, decimalText } from './format.ts'
import { Badge } from './parts.tsx'
import { navigate } from './state.ts'
import { valueIn } from './rows.ts'
import type { ListRow, ListRows } from './rows.ts'

/** Height of a row in pixels. */
const height = 33
/** No browser scrolls further than some ten million pixels; beyond, rows are passed over faster. */
const longest = 8_000_000
/** Rows drawn above and below what is seen. */
const margin = 6

interface GridProps {
  readonly rows: ListRows
  readonly columns: readonly ColumnFacts[]
  readonly label: string
  readonly hrefOf: (row: ListRow) => string | undefined
  readonly sorted: SortedBy | undefined
}

/** How a table is sorted, and how to sort it otherwise. */
export interface SortedBy {
  /** Roles of the columns that can be sorted by. */
  readonly roles: readonly string[]
  readonly role: string | undefined
  readonly isDown: boolean
  readonly onSort: (role: string) => void
}

/** A table of any length, of which only the rows are drawn that are seen (ARIA Authoring Practices, Grid). */
export function Grid({ rows, columns, label, hrefOf, sorted }: GridProps): JSX.Element {
  void rows.version.value
  const total = rows.total.value
  const view = useVisibleRows(rows)
  const { active, from, to } = view
  const id = `row-${label.replace(/\W/g, '-')}`
  const open = (index: number): void => {
    const row = rows.at(index)
    const href = row && hrefOf(row)
    if (href !== undefined) navigate(href)
  }
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>): void => {
    if (event.key === 'Enter') return open(active)
    const step = view.stepOf(event.key)
    if (step === undefined) return
    event.preventDefault()
    view.activate(active + step)
  }
  return (
    <div class="grid" ref={view.frame} onScroll={({ currentTarget }) => view.scrollTo(currentTarget.scrollTop)}>
      <table
        role="grid"
        aria-label={`${label}, ${total} rows`}
        aria-rowcount={total + 1}
        aria-activedescendant={total > 0 && active >= from && active < to ? `${id}-${active}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <thead>
          <tr>
            {columns.map((column) => (
              <ColumnHead key={column.path.join('.')} column={column} sorted={sorted} />
            ))}
          </tr>
        </thead>
        <tbody>
          <tr aria-hidden="true" class="space" style={{ height: `${view.above}px` }} />
          {Array.from({ length: to - from }, (_, at) => from + at).map((index) => (
            <GridRow
              key={index}
              id={`${id}-${index}`}
              index={index}
              row={rows.at(index)}
              columns={columns}
              hrefOf={hrefOf}
              isActive={index === active}
              onClick={() => (view.activate(index), open(index))}
            />
          ))}
          <tr aria-hidden="true" class="space" style={{ height: `${view.below}px` }} />
        </tbody>
      </table>
      {total === 0 && rows.version.value > 0 && rows.error.value === '' && <p class="quiet none">Nothing is there.</p>}
    </div>
  )
}

/** The rows of a table that are drawn, and the one that the keyboard is at. */
interface VisibleRows {
  readonly frame: RefObject<HTMLDivElement | null>
  readonly from: number
  readonly to: number
  /** Pixels left free above and below the rows drawn, so that the scroll bar tells of all. */
  readonly above: number
  readonly below: number
  readonly active: number
  /** Makes a row the active one, and scrolls to it where it is out of sight. */
  readonly activate: (index: number) => void
  readonly scrollTo: (top: number) => void
  /** Returns how many rows a key moves by. */
  readonly stepOf: (key: string) => number | undefined
}

/** Finds the rows to draw by how far the table is scrolled, and asks for those that have not come. */
function useVisibleRows(rows: ListRows): VisibleRows {
  const frame = useRef<HTMLDivElement>(null)
  const [top, setTop] = useState(0)
  const [active, setActive] = useState(0)
  const seen = useRowsThatFit(frame)
  const total = rows.total.value
  const full = total * height
  const shown = Math.min(full, longest)
  const room = Math.max(1, shown - seen * height)
  const isLong = full > longest
  const first = isLong ? Math.round((top / room) * Math.max(0, total - seen)) : Math.floor(top / height)
  const from = Math.max(0, Math.min(first, total - 1) - margin)
  // One row more than none: asking for it tells how many there are.
  const wanted = Math.min(Math.max(total, 1), first + seen + margin)
  const to = Math.max(from, Math.min(wanted, total))
  const above = isLong ? Math.max(0, top - (first - from) * height) : from * height
  useEffect(() => rows.want(from, wanted), [rows, from, wanted])
  useEffect(() => {
    frame.current?.scrollTo(0, 0)
    setActive(0)
  }, [rows])
  const activate = (index: number): void => {
    const next = Math.max(0, Math.min(total - 1, index))
    setActive(next)
    if (!frame.current || (next >= first && next < first + seen - 2)) return
    const target = next < first ? next : next - seen + 3
    frame.current.scrollTop = isLong ? (target / Math.max(1, total - seen)) * room : target * height
  }
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: seen - 2,
    PageUp: 2 - seen,
    Home: -total,
    End: total,
  }
  return {
    frame,
    from,
    to,
    above,
    active,
    activate,
    scrollTo: setTop,
    below: Math.max(0, shown - above - (to - from) * height),
    stepOf: (key) => steps[key],
  }
}

/** Measures how many rows a frame has room for, again whenever its size changes. */
function useRowsThatFit(frame: RefObject<HTMLDivElement | null>): number {
  const [count, setCount] = useState(20)
  useEffect(() => {
    const measure = (): void => setCount(Math.ceil((frame.current?.clientHeight ?? 600) / height))
    measure()
    const observer = new ResizeObserver(measure)
    if (frame.current) observer.observe(frame.current)
    return () => observer.disconnect()
  }, [])
  return count
}

interface GridRowProps extends Pick<GridProps, 'columns' | 'hrefOf'> {
  readonly id: string
  readonly index: number
  /** Missing where it has not come yet. */
  readonly row: ListRow | undefined
  readonly isActive: boolean
  readonly onClick: () => void
}

function GridRow({ id, index, row, columns, hrefOf, isActive, onClick }: GridRowProps): JSX.Element {
  const href = row && hrefOf(row)
  return (
    <tr
      id={id}
      aria-rowindex={index + 2}
      aria-selected={isActive}
      class={`${isActive ? 'active' : ''}${href === undefined ? '' : ' link'}`}
      onClick={onClick}
    >
      {columns.map((column, at) => (
        <td key={column.path.join('.')} class={classOf(column)}>
          {row === undefined ? (
            <span class="ghost">·</span>
          ) : at === 0 && href !== undefined ? (
            <a href={href} tabIndex={-1}>
              <Cell row={row} column={column} columns={columns} />
            </a>
          ) : (
            <Cell row={row} column={column} columns={columns} />
          )}
        </td>
      ))}
    </tr>
  )
}

function ColumnHead({ column, sorted }: { column: ColumnFacts } & Pick<GridProps, 'sorted'>): JSX.Element {
  const title = titleOf(column)
  const { role } = column
  if (!sorted || role === undefined || !sorted.roles.includes(role))
    return (
      <th scope="col" class={classOf(column)}>
        {title}
      </th>
    )
  const isBy = sorted.role === role
  return (
    <th scope="col" class={classOf(column)} aria-sort={isBy ? (sorted.isDown ? 'descending' : 'ascending') : 'none'}>
      <button type="button" onClick={() => sorted.onSort(role)}>
        {title} <span aria-hidden="true">{isBy ? (sorted.isDown ? '↓' : '↑') : '↕'}</span>
      </button>
    </th>
  )
}

/** `issue_date` and `buyer.name` in words. */
function titleOf({ path }: ColumnFacts): string {
  const words = path
    .join(' ')
    .replace(/_/g, ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const classOf = ({ kind }: ColumnFacts): string => (kind === 'amount' || kind === 'number' ? 'figure' : `of-${kind}`)

function Cell({
  row,
  column,
  columns,
}: {
  row: ListRow
  column: ColumnFacts
  columns: readonly ColumnFacts[]
}): JSX.Element {
  const value = valueIn(row, column.path)
  if (value === null || value === undefined || value === '') return <span class="quiet">–</span>
  if (typeof value === 'object') return <span class="quiet">{shortened(JSON.stringify(value), 60)}</span>
  const text = String(value)
  switch (column.kind) {
    case 'amount':
      return <>{amountText(text, column.unit, currencyIn(row, columns))}</>
    case 'date':
    case 'moment':
      return <>{typeof value === 'number' ? text : dayText(text)}</>
    case 'status':
      return <Badge word={shortened(text, 40)} />
    default:
      return <bdi>{shortened(text, 80)}</bdi>
  }
}

function currencyIn(row: ListRow, columns: readonly ColumnFacts[]): string {
  const column = columns.find(({ role }) => role === 'invoice.currency')
  const value = (column && valueIn(row, column.path)) ?? row.currency
  return typeof value === 'string' ? value : ''
}

/** An amount as people write it, with the decimals of its currency (ISO 4217) or more where it states more. */
function amountText(text: string, unit: ColumnFacts['unit'], currency: string): string {
  let places = 2
  try {
    places = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  } catch {
    // No currency that is known: two places, as nearly all have.
  }
  if (unit === 'minor') return decimalText((Number(text) / 10 ** places).toFixed(places))
  const [whole = '', decimals = ''] = text.split('.')
  return decimalText(places + decimals.length === 0 ? whole : `${whole}.${decimals.padEnd(places, '0')}`)
}
