// Small components that several pages share.

import { useEffect, useState } from 'preact/hooks'
import type { ComponentChildren, JSX, TargetedKeyboardEvent } from 'preact'
import type { ViolationFacts } from '../calls.ts'
import { announcement } from './state.ts'

/** Waits for a promise, asked for anew whenever one of the keys changes. */
export function useLoaded<T>(load: () => Promise<T>, keys: readonly unknown[]): { value?: T; error?: string } {
  const [loaded, setLoaded] = useState<{ value?: T; error?: string }>({})
  useEffect(() => {
    let isCurrent = true
    load().then(
      (value) => isCurrent && setLoaded({ value }),
      (error: unknown) => isCurrent && setLoaded({ error: error instanceof Error ? error.message : String(error) }),
    )
    return () => {
      isCurrent = false
    }
  }, keys)
  return loaded
}

/** The heading of what is shown; it takes the focus, so that a screen reader says where one is. */
export function Heading({
  title,
  children,
  kicker,
}: {
  title: string
  kicker?: ComponentChildren
  children?: ComponentChildren
}): JSX.Element {
  useEffect(() => {
    document.title = `${title} · proforma`
  }, [title])
  return (
    <header class="heading">
      {kicker !== undefined && <p class="kicker">{kicker}</p>}
      <h1 tabIndex={-1}>{title}</h1>
      {children}
    </header>
  )
}

/** Says why something is not there, or that it is being asked for. */
export function LoadState({ error }: { error?: string | undefined }): JSX.Element {
  return error === undefined ? (
    <p class="quiet" role="status">
      Asking…
    </p>
  ) : (
    <AlertNote says={error} />
  )
}

/** What the server refused, read at once to those who do not see it; nothing where it refused nothing. */
export function AlertNote({ says }: { says: string }): JSX.Element | null {
  if (says === '') return null
  return (
    <p class="alarm" role="alert">
      {says}
    </p>
  )
}

/** Header fields of a message, folded away. */
export function HeaderFields({ fields }: { fields: readonly (readonly [name: string, value: string])[] }): JSX.Element {
  return (
    <details>
      <summary>{fields.length} header fields</summary>
      <dl class="headers">
        {fields.map(([name, value], index) => (
          <div key={index}>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

/** The method of a request. */
export const MethodName = ({ name }: { name: string }): JSX.Element => (
  <span class={`method ${name.toLowerCase()}`}>{name}</span>
)

/** The status of an answer. */
export function StatusCode({ code }: { code: number | undefined }): JSX.Element {
  const sort = code === undefined ? 'bad' : code < 300 ? 'good' : code < 400 ? 'plain' : code < 500 ? 'warn' : 'bad'
  return <span class={`status ${sort}`}>{code ?? 'cut'}</span>
}

const tones: Readonly<Record<string, string>> = {
  paid: 'good',
  open: 'plain',
  draft: 'dim',
  processing: 'warn',
  overdue: 'bad',
  void: 'dim',
  uncollectible: 'bad',
}

/** A word for the state of something. */
export function Badge({ word, state }: { word: string; state?: string | undefined }): JSX.Element {
  const key = (state ?? word).toLowerCase()
  const tone =
    tones[key] ??
    (/fail|error|overdue|reject|cancel/.test(key)
      ? 'bad'
      : /^(?:paid|active|success|complete|synced)/.test(key)
        ? 'good'
        : 'plain')
  return <span class={`badge ${tone}`}>{word}</span>
}

/** Copies a text. */
export function CopyButton({ text, what }: { text: string; what: string }): JSX.Element {
  const [isDone, setDone] = useState(false)
  const copy = (): void => {
    const tell = async (): Promise<void> => {
      try {
        await navigator.clipboard.writeText(text)
        setDone(true)
        announcement.value = `${what} copied.`
        setTimeout(() => setDone(false), 1500)
      } catch {
        announcement.value = 'The browser does not let this page copy.'
      }
    }
    void tell()
  }
  return (
    <button type="button" class="small" onClick={copy} aria-label={`Copy ${what}`}>
      {isDone ? 'Copied' : 'Copy'}
    </button>
  )
}

/** Hands the user a file. */
export function saveFile(name: string, text: string, type: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

/** What does not hold of a request or an answer. */
export function ViolationList({ list, none }: { list: readonly ViolationFacts[]; none: string }): JSX.Element {
  if (list.length === 0)
    return (
      <p class="fine">
        <span aria-hidden="true">✓</span> {none}
      </p>
    )
  return (
    <ul class="breaches">
      {list.map((breach, index) => (
        <li key={index}>
          <p>
            <code>{breach.code}</code> {breach.says}
            {breach.side && <span class="quiet"> · {breach.side}</span>}
          </p>
          <p class="quiet">
            {breach.pointer !== '' && <code>{breach.pointer}</code>} expected <b>{breach.expected}</b> but received{' '}
            <b>{breach.received === '' ? 'nothing' : breach.received}</b>
          </p>
        </li>
      ))}
    </ul>
  )
}

/** Tabs over panels, moved through with the arrow keys (ARIA Authoring Practices, Tabs). */
export function Tabs({
  label,
  tabs,
}: {
  label: string
  tabs: readonly { readonly name: string; readonly panel: () => ComponentChildren }[]
}): JSX.Element {
  const [chosen, setChosen] = useState(0)
  const index = Math.min(chosen, tabs.length - 1)
  const id = `tab-${label.replace(/\W+/g, '-').toLowerCase()}`
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLDivElement>): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    const next = (index + step + tabs.length) % tabs.length
    setChosen(next)
    event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus()
  }
  return (
    <div class="tabs">
      <div role="tablist" aria-label={label} onKeyDown={onKeyDown}>
        {tabs.map(({ name }, at) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-${at}`}
            aria-selected={at === index}
            aria-controls={`${id}-panel`}
            tabIndex={at === index ? 0 : -1}
            onClick={() => setChosen(at)}
          >
            {name}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${index}`} tabIndex={0}>
        {tabs[index]?.panel()}
      </div>
    </div>
  )
}
