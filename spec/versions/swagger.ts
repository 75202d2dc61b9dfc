import { isObject } from '../document.ts'
import type { Document } from '../document.ts'
import { holderAt } from '../keywords.ts'
import type { DocumentPart } from '../keywords.ts'
import { atPointer, join } from '../pointer.ts'
import type { Pointer } from '../pointer.ts'
import {
  isBody,
  isExtension,
  isIn,
  picked,
  schemaOfValue,
  schemeOf,
  styleOf,
  swaggerServers,
  withSchema,
} from './swagger-values.ts'

type Table = Record<string, unknown>

/** A Swagger 2.0 document written as OpenAPI 3.0, and the way back. */
interface Modern {
  readonly document: Document
  /** Returns where in the Swagger document something stands that stands at a pointer of the other. */
  readonly origin: (pointer: Pointer) => Pointer
}

/** Tells whether a document is one of Swagger 2.0. */
export const isSwagger = (document: unknown): document is Document =>
  isObject(document) && /^2(?:\.0)?$/.test(String(document.swagger))

/**
 * Returns a Swagger 2.0 document written as OpenAPI 3.0 (https://learn.openapis.org/upgrading/v2.0-to-v3.0.html): definitions become components, body and form
 * parameters request bodies, `type` and its like of parameters and headers schemas, `consumes` and `produces` media types.
 */
export function fromSwagger(document: Document): Modern {
  const moves = new Map<Pointer, Pointer>([
    ['/components/schemas', '/definitions'],
    ['/components/parameters', '/parameters'],
    ['/components/responses', '/responses'],
    ['/components/securitySchemes', '/securityDefinitions'],
  ])
  const produced = mediaTypes(document.produces)
  const consumed = mediaTypes(document.consumes)

  const tableAt = (pointer: Pointer): Table => {
    const value = atPointer(document, pointer)
    return isObject(value) ? value : {}
  }
  const moved = (to: Pointer, from: Pointer): void => void moves.set(to, from)

  /** Returns a parameter with its reference followed one step, and where it stands. */
  function parameterAt(pointer: Pointer): { readonly value: unknown; readonly pointer: Pointer } {
    const value = atPointer(document, pointer)
    const named = isObject(value) ? /^#(\/parameters\/[^/]+)$/.exec(String(value.$ref))?.[1] : undefined
    return named === undefined ? { value, pointer } : { value: atPointer(document, named), pointer: named }
  }

  function pathItem(from: Pointer, to: Pointer): unknown {
    const value = atPointer(document, from)
    if (!isObject(value)) return value
    const shared = parameterPlaces(join(from, 'parameters'))
    const rest = shared.filter((place) => !isBody(parameterAt(place).value))
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => {
        if (key === 'parameters' && Array.isArray(inner)) return [key, parameters(rest, join(to, key))]
        if (holderAt('pathItems', key)?.part !== 'operation') return [key, inner]
        return [
          key,
          isObject(inner)
            ? operation(
                join(from, key),
                join(to, key),
                shared.filter((place) => !rest.includes(place)),
              )
            : inner,
        ]
      }),
    )
  }

  const parameterPlaces = (list: Pointer): Pointer[] => {
    const value = atPointer(document, list)
    return Array.isArray(value) ? value.map((_, index) => join(list, index)) : []
  }

  const parameters = (places: readonly Pointer[], to: Pointer): unknown[] =>
    places.map((place, index) => {
      moved(join(to, index), place)
      return parameter(atPointer(document, place), join(to, index), place)
    })

  function operation(from: Pointer, to: Pointer, inherited: readonly Pointer[]): Table {
    const { consumes, produces, schemes: _, ...stated } = tableAt(from)
    const own = parameterPlaces(join(from, 'parameters'))
    const bodies = [...own, ...inherited].filter((place) => isBody(parameterAt(place).value))
    const body = bodies.length > 0 && requestBody(bodies, join(to, 'requestBody'), mediaTypes(consumes) ?? consumed)
    const answers = mediaTypes(produces) ?? produced ?? ['application/json']
    const responses = stated.responses
    return {
      ...stated,
      ...(Array.isArray(stated.parameters) && {
        parameters: parameters(
          own.filter((place) => !bodies.includes(place)),
          join(to, 'parameters'),
        ),
      }),
      ...(body && { requestBody: body }),
      ...(isObject(responses) && {
        responses: Object.fromEntries(
          Object.entries(responses).map(([status, value]) => [
            status,
            response(value, join(to, 'responses', status), join(from, 'responses', status), answers),
          ]),
        ),
      }),
    }
  }

  function requestBody(places: readonly Pointer[], to: Pointer, consumes: readonly string[] | undefined): Table {
    const body = places.find((place) => isIn(parameterAt(place).value, 'body'))
    if (body === undefined) return formOf(places, to, consumes)
    const { value, pointer } = parameterAt(body)
    moved(to, pointer)
    return bodyOf(value as Table, to, pointer, consumes ?? ['application/json'])
  }

  function bodyOf(
    { schema: stated, description, required, in: _in, name: _name, ...rest }: Table,
    to: Pointer,
    from: Pointer,
    types: readonly string[],
  ): Table {
    const content = types.map((type) => {
      const place = join(to, 'content', type, 'schema')
      moved(place, join(from, 'schema'))
      return [type, { schema: schema(stated ?? {}, place, join(from, 'schema')) }] as const
    })
    return {
      ...picked(rest, isExtension),
      ...(description !== undefined && { description }),
      ...(required !== undefined && { required }),
      content: Object.fromEntries(content),
    }
  }

  /** Fields of a form are the properties of one object. */
  function formOf(places: readonly Pointer[], to: Pointer, consumes: readonly string[] | undefined): Table {
    const fields = places
      .map(parameterAt)
      .filter((one): one is { value: Table; pointer: Pointer } => isObject(one.value))
    const hasFile = fields.some(({ value }) => value.type === 'file')
    const stated = (consumes ?? []).filter((type) => /^multipart\/|form-urlencoded/.test(type))
    const types = hasFile ? ['multipart/form-data'] : stated.length > 0 ? stated : ['application/x-www-form-urlencoded']
    const required = fields.filter(({ value }) => value.required === true).map(({ value }) => value.name)
    const content = types.map((type) => {
      const place = join(to, 'content', type, 'schema')
      const properties = fields.map(({ value, pointer }) => {
        moved(join(place, 'properties', String(value.name)), pointer)
        return [
          value.name,
          { ...schemaOfValue(value), ...picked(value, (key) => key === 'description' || isExtension(key)) },
        ]
      })
      return [
        type,
        {
          schema: {
            type: 'object',
            properties: Object.fromEntries(properties) as Table,
            ...(required.length > 0 && { required }),
          },
        },
      ] as const
    })
    return { ...(required.length > 0 && { required: true }), content: Object.fromEntries(content) }
  }

  function response(value: unknown, to: Pointer, from: Pointer, types: readonly string[]): unknown {
    if (!isObject(value)) return value
    if (typeof value.$ref === 'string') return { ...value, $ref: renamed(value.$ref) }
    const { schema: stated, examples, headers, ...rest } = value
    const shown = isObject(examples) ? examples : {}
    const named = stated === undefined ? Object.keys(shown) : [...new Set([...types, ...Object.keys(shown)])]
    const content = named.map((type) => {
      const place = join(to, 'content', type, 'schema')
      moved(place, join(from, 'schema'))
      return [
        type,
        {
          ...(stated !== undefined && { schema: schema(stated, place, join(from, 'schema')) }),
          ...(Object.hasOwn(shown, type) && { example: shown[type] }),
        },
      ] as const
    })
    return {
      ...rest,
      ...(content.length > 0 && { content: Object.fromEntries(content) }),
      ...(isObject(headers) && {
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, header]) => {
            moved(join(to, 'headers', name, 'schema'), join(from, 'headers', name))
            return [name, isObject(header) ? withSchema(header) : header]
          }),
        ),
      }),
    }
  }

  function parameter(value: unknown, to: Pointer, from: Pointer): unknown {
    if (!isObject(value)) return value
    if (typeof value.$ref === 'string') return { ...value, $ref: renamed(value.$ref) }
    moved(join(to, 'schema'), from)
    return { ...withSchema(value), ...styleOf(value) }
  }

  const schema = (value: unknown, to: Pointer, from: Pointer): unknown => convert(value, 'schemas', to, from)

  /** Schemas are those of OpenAPI 3.0 but for three words. */
  function convert(value: unknown, part: DocumentPart, to: Pointer, from: Pointer): unknown {
    if (!isObject(value)) return value
    const entries = Object.entries(value).map(([key, inner]): [string, unknown] => {
      if (key === '$ref' && typeof inner === 'string') return [key, renamed(inner)]
      if (key === 'discriminator' && typeof inner === 'string') return [key, { propertyName: inner }]
      if (key === 'x-nullable') return ['nullable', inner]
      const holder = holderAt(part, key)
      if (!holder) return [key, inner]
      const each = (name: string | number, one: unknown): unknown =>
        convert(one, holder.part, join(to, key, name), join(from, key, name))
      if (holder.holding === 'list')
        return [key, Array.isArray(inner) ? inner.map((one, index) => each(index, one)) : inner]
      if (holder.holding === 'map' && isObject(inner))
        return [key, Object.fromEntries(Object.entries(inner).map(([name, one]) => [name, each(name, one)]))]
      return [key, convert(inner, holder.part, join(to, key), join(from, key))]
    })
    const converted = Object.fromEntries(entries)
    return value.type === 'file' ? { ...converted, type: 'string', format: 'binary' } : converted
  }

  /** What a reference in the Swagger document leads to here. */
  function renamed(reference: string): string {
    const [, table, rest = ''] = /^#\/(definitions|parameters|responses)(\/.*)$/s.exec(reference) ?? []
    if (table === undefined) return reference
    if (table === 'definitions') return `#/components/schemas${rest}`
    return `#/components/${table}${rest}`
  }

  const each = (table: Pointer, change: (name: string, from: Pointer) => unknown): Table =>
    Object.fromEntries(Object.keys(tableAt(table)).map((name) => [name, change(name, join(table, name))]))
  const named = picked(tableAt('/parameters'), (name) => !isBody(atPointer(document, join('/parameters', name))))
  const components = {
    schemas: each('/definitions', (name, from) =>
      schema(atPointer(document, from), join('/components/schemas', name), from),
    ),
    parameters: Object.fromEntries(
      Object.keys(named).map((name) => {
        const from = join('/parameters', name)
        return [name, parameter(atPointer(document, from), join('/components/parameters', name), from)]
      }),
    ),
    responses: each('/responses', (name, from) =>
      response(atPointer(document, from), join('/components/responses', name), from, produced ?? ['application/json']),
    ),
    securitySchemes: each('/securityDefinitions', (_, from) => schemeOf(atPointer(document, from))),
  }
  const {
    swagger: _swagger,
    definitions: _definitions,
    parameters: _parameters,
    responses: _responses,
    securityDefinitions: _securityDefinitions,
    consumes: _consumes,
    produces: _produces,
    host: _host,
    basePath: _basePath,
    schemes: _schemes,
    paths,
    ...rest
  } = document
  return {
    document: {
      openapi: '3.0.3',
      ...rest,
      ...swaggerServers(document),
      paths: isObject(paths)
        ? Object.fromEntries(
            Object.keys(paths).map((path) => [path, pathItem(join('', 'paths', path), join('', 'paths', path))]),
          )
        : paths,
      components: Object.fromEntries(Object.entries(components).filter(([, table]) => Object.keys(table).length > 0)),
    },
    origin: (pointer) => {
      for (let above = pointer; above !== ''; above = above.slice(0, above.lastIndexOf('/'))) {
        const from = moves.get(above)
        if (from !== undefined) return from + pointer.slice(above.length)
      }
      return pointer
    },
  }
}

const mediaTypes = (stated: unknown): readonly string[] | undefined =>
  Array.isArray(stated) && stated.length > 0 ? stated.map(String) : undefined
