// Shows JSON as a collapsible tree.

import { useState } from 'preact/hooks'
import type { JSX } from 'preact'
import { shortened } from './format.ts'

/** How JSON is shown. */
interface JsonOptions {
  /** Roles by the pointers of the values that have them. */
  readonly roles?: Readonly<Record<string, string>>
  /** Pointers of what does not hold. */
  readonly marked?: ReadonlySet<string>
  /** Pointer of what is looked at elsewhere. */
  readonly active?: string | undefined
  /** Told what is looked at here. */
  readonly onLook?: (pointer: string | undefined) => void
}

/** Members of one object or list that are shown at first. */
const mostMembers = 100
/** Characters of a text that are shown at first. */
const mostText = 400

/** JSON as a tree that opens and closes. Whatever it holds is shown as text. */
export const JsonView = ({ value, ...options }: JsonOptions & { value: unknown }): JSX.Element => (
  <div class="json">
    <Node value={value} pointer="" depth={0} {...options} />
  </div>
)

interface NodeProps extends JsonOptions {
  readonly value: unknown
  readonly pointer: string
  readonly depth: number
  readonly name?: string
}

function Node({ value, name, pointer, depth, ...options }: NodeProps): JSX.Element {
  const label = name === undefined ? null : <span class="name">{shortened(name, 100)}: </span>
  if (typeof value !== 'object' || value === null)
    return (
      <div
        class={`leaf${options.active === pointer && pointer !== '' ? ' active' : ''}${options.marked?.has(pointer) ? ' marked' : ''}`}
        onMouseEnter={() => options.onLook?.(pointer)}
        onMouseLeave={() => options.onLook?.(undefined)}
      >
        {label}
        <Leaf value={value} />
        {options.roles?.[pointer] !== undefined && <span class="role">{options.roles[pointer]}</span>}
      </div>
    )
  return <Branch value={value} name={name} pointer={pointer} depth={depth} {...options} />
}

function Branch({ value, name, pointer, depth, ...options }: NodeProps & { value: object }): JSX.Element {
  const isList = Array.isArray(value)
  const members = Object.entries(value)
  const holdsMark = [...(options.marked ?? [])].some((mark) => mark.startsWith(`${pointer}/`))
  const [isOpen, setOpen] = useState(depth < 2 || holdsMark || (options.active?.startsWith(`${pointer}/`) ?? false))
  const [most, setMost] = useState(mostMembers)
  const summary = isList ? `[${members.length}]` : `{${members.length}}`
  if (members.length === 0)
    return (
      <div class="leaf">
        {name !== undefined && <span class="name">{shortened(name, 100)}: </span>}
        <span class="quiet">{isList ? '[]' : '{}'}</span>
      </div>
    )
  return (
    <div class={`branch${options.marked?.has(pointer) ? ' marked' : ''}`}>
      <button type="button" class="fold" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span aria-hidden="true">{isOpen ? '▾' : '▸'}</span>
        <span class="name">{name === undefined ? '' : `${shortened(name, 100)}: `}</span>
        <span class="quiet">{summary}</span>
      </button>
      {isOpen && (
        <div class="members">
          {members.slice(0, most).map(([key, member]) => (
            <Node
              key={key}
              name={key}
              value={member}
              pointer={`${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`}
              depth={depth + 1}
              {...options}
            />
          ))}
          {members.length > most && (
            <button type="button" class="small" onClick={() => setMost(most + 1000)}>
              {members.length - most} more
            </button>
          )}
        </div>
      )}
    </div>
  )
}

function Leaf({ value }: { value: unknown }): JSX.Element {
  const [isWhole, setWhole] = useState(false)
  if (typeof value !== 'string') return <span class={value === null ? 'null' : typeof value}>{String(value)}</span>
  return (
    <span class="string">
      <bdi>"{leadsHere(value) ? <OwnLink href={value} /> : isWhole ? value : shortened(value, mostText)}"</bdi>
      {value.length > mostText && !isWhole && (
        <button type="button" class="small" onClick={() => setWhole(true)}>
          all {value.length} characters
        </button>
      )}
    </span>
  )
}

/** Tells whether a text is a link to this server: links to elsewhere are shown, and not followed. */
const leadsHere = (text: string): boolean => text.startsWith(`${location.origin}/`) && text.length <= mostText

const OwnLink = ({ href }: { href: string }): JSX.Element => (
  <a href={href} target="_blank" rel="noreferrer">
    {href}
  </a>
)
