// Converts Swagger 2.0 to OpenAPI 3.0.

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
  return new SwaggerConverter(document).convertDocument()
}

class SwaggerConverter {
  private readonly document: Document

  private readonly moves = new Map<Pointer, Pointer>([
    ['/components/schemas', '/definitions'],
    ['/components/parameters', '/parameters'],
    ['/components/responses', '/responses'],
    ['/components/securitySchemes', '/securityDefinitions'],
  ])

  private readonly produced: readonly string[] | undefined
  private readonly consumed: readonly string[] | undefined

  constructor(document: Document) {
    this.document = document
    this.produced = mediaTypes(document.produces)
    this.consumed = mediaTypes(document.consumes)
  }

  private tableAt(pointer: Pointer): Table {
    const value = atPointer(this.document, pointer)
    return isObject(value) ? value : {}
  }

  private moved(to: Pointer, from: Pointer): void {
    this.moves.set(to, from)
  }

  /** Returns a parameter with its reference followed one step, and where it stands. */
  private parameterAt(pointer: Pointer): { readonly value: unknown; readonly pointer: Pointer } {
    const value = atPointer(this.document, pointer)
    const named = isObject(value) ? /^#(\/parameters\/[^/]+)$/.exec(String(value.$ref))?.[1] : undefined
    return named === undefined ? { value, pointer } : { value: atPointer(this.document, named), pointer: named }
  }

  private pathItem(from: Pointer, to: Pointer): unknown {
    const value = atPointer(this.document, from)
    if (!isObject(value)) return value
    const shared = this.parameterPlaces(join(from, 'parameters'))
    const rest = shared.filter((place) => !isBody(this.parameterAt(place).value))
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => {
        if (key === 'parameters' && Array.isArray(inner)) return [key, this.parameters(rest, join(to, key))]
        if (holderAt('pathItems', key)?.part !== 'operation') return [key, inner]
        return [
          key,
          isObject(inner)
            ? this.operation(
                join(from, key),
                join(to, key),
                shared.filter((place) => !rest.includes(place)),
              )
            : inner,
        ]
      }),
    )
  }

  private parameterPlaces(list: Pointer): Pointer[] {
    const value = atPointer(this.document, list)
    return Array.isArray(value) ? value.map((_, index) => join(list, index)) : []
  }

  private parameters(places: readonly Pointer[], to: Pointer): unknown[] {
    return places.map((place, index) => {
      this.moved(join(to, index), place)
      return this.parameter(atPointer(this.document, place), join(to, index), place)
    })
  }

  private operation(from: Pointer, to: Pointer, inherited: readonly Pointer[]): Table {
    const { consumes, produces, schemes: _, ...stated } = this.tableAt(from)
    const own = this.parameterPlaces(join(from, 'parameters'))
    const bodies = [...own, ...inherited].filter((place) => isBody(this.parameterAt(place).value))
    const body =
      bodies.length > 0 && this.requestBody(bodies, join(to, 'requestBody'), mediaTypes(consumes) ?? this.consumed)
    const answers = mediaTypes(produces) ?? this.produced ?? ['application/json']
    const responses = stated.responses
    return {
      ...stated,
      ...(Array.isArray(stated.parameters) && {
        parameters: this.parameters(
          own.filter((place) => !bodies.includes(place)),
          join(to, 'parameters'),
        ),
      }),
      ...(body && { requestBody: body }),
      ...(isObject(responses) && {
        responses: Object.fromEntries(
          Object.entries(responses).map(([status, value]) => [
            status,
            this.response(value, join(to, 'responses', status), join(from, 'responses', status), answers),
          ]),
        ),
      }),
    }
  }

  private requestBody(places: readonly Pointer[], to: Pointer, consumes: readonly string[] | undefined): Table {
    const body = places.find((place) => isIn(this.parameterAt(place).value, 'body'))
    if (body === undefined) return this.formOf(places, to, consumes)
    const { value, pointer } = this.parameterAt(body)
    this.moved(to, pointer)
    return this.bodyOf(value as Table, to, pointer, consumes ?? ['application/json'])
  }

  private bodyOf(
    { schema: stated, description, required, in: _in, name: _name, ...rest }: Table,
    to: Pointer,
    from: Pointer,
    types: readonly string[],
  ): Table {
    const content = types.map((type) => {
      const place = join(to, 'content', type, 'schema')
      this.moved(place, join(from, 'schema'))
      return [type, { schema: this.schema(stated ?? {}, place, join(from, 'schema')) }] as const
    })
    return {
      ...picked(rest, isExtension),
      ...(description !== undefined && { description }),
      ...(required !== undefined && { required }),
      content: Object.fromEntries(content),
    }
  }

  /** Fields of a form are the properties of one object. */
  private formOf(places: readonly Pointer[], to: Pointer, consumes: readonly string[] | undefined): Table {
    const fields = places
      .map((one) => this.parameterAt(one))
      .filter((one): one is { value: Table; pointer: Pointer } => isObject(one.value))
    const hasFile = fields.some(({ value }) => value.type === 'file')
    const stated = (consumes ?? []).filter((type) => /^multipart\/|form-urlencoded/.test(type))
    const types = hasFile ? ['multipart/form-data'] : stated.length > 0 ? stated : ['application/x-www-form-urlencoded']
    const required = fields.filter(({ value }) => value.required === true).map(({ value }) => value.name)
    const content = types.map((type) => {
      const place = join(to, 'content', type, 'schema')
      const properties = fields.map(({ value, pointer }) => {
        this.moved(join(place, 'properties', String(value.name)), pointer)
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

  private response(value: unknown, to: Pointer, from: Pointer, types: readonly string[]): unknown {
    if (!isObject(value)) return value
    if (typeof value.$ref === 'string') return { ...value, $ref: this.renamed(value.$ref) }
    const { schema: stated, examples, headers, ...rest } = value
    const shown = isObject(examples) ? examples : {}
    const named = stated === undefined ? Object.keys(shown) : [...new Set([...types, ...Object.keys(shown)])]
    const content = named.map((type) => {
      const place = join(to, 'content', type, 'schema')
      this.moved(place, join(from, 'schema'))
      return [
        type,
        {
          ...(stated !== undefined && { schema: this.schema(stated, place, join(from, 'schema')) }),
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
            this.moved(join(to, 'headers', name, 'schema'), join(from, 'headers', name))
            return [name, isObject(header) ? withSchema(header) : header]
          }),
        ),
      }),
    }
  }

  private parameter(value: unknown, to: Pointer, from: Pointer): unknown {
    if (!isObject(value)) return value
    if (typeof value.$ref === 'string') return { ...value, $ref: this.renamed(value.$ref) }
    this.moved(join(to, 'schema'), from)
    return { ...withSchema(value), ...styleOf(value) }
  }

  private schema(value: unknown, to: Pointer, from: Pointer): unknown {
    return this.convert(value, 'schemas', to, from)
  }

  /** Schemas are those of OpenAPI 3.0 but for three words. */
  private convert(value: unknown, part: DocumentPart, to: Pointer, from: Pointer): unknown {
    if (!isObject(value)) return value
    const entries = Object.entries(value).map(([key, inner]): [string, unknown] => {
      if (key === '$ref' && typeof inner === 'string') return [key, this.renamed(inner)]
      if (key === 'discriminator' && typeof inner === 'string') return [key, { propertyName: inner }]
      if (key === 'x-nullable') return ['nullable', inner]
      const holder = holderAt(part, key)
      if (!holder) return [key, inner]
      const each = (name: string | number, one: unknown): unknown =>
        this.convert(one, holder.part, join(to, key, name), join(from, key, name))
      if (holder.holding === 'list')
        return [key, Array.isArray(inner) ? inner.map((one, index) => each(index, one)) : inner]
      if (holder.holding === 'map' && isObject(inner))
        return [key, Object.fromEntries(Object.entries(inner).map(([name, one]) => [name, each(name, one)]))]
      return [key, this.convert(inner, holder.part, join(to, key), join(from, key))]
    })
    const converted = Object.fromEntries(entries)
    return value.type === 'file' ? { ...converted, type: 'string', format: 'binary' } : converted
  }

  /** What a reference in the Swagger document leads to here. */
  private renamed(reference: string): string {
    const [, table, rest = ''] = /^#\/(definitions|parameters|responses)(\/.*)$/s.exec(reference) ?? []
    if (table === undefined) return reference
    if (table === 'definitions') return `#/components/schemas${rest}`
    return `#/components/${table}${rest}`
  }

  private each(table: Pointer, change: (name: string, from: Pointer) => unknown): Table {
    return Object.fromEntries(Object.keys(this.tableAt(table)).map((name) => [name, change(name, join(table, name))]))
  }

  convertDocument(): Modern {
    const named = picked(
      this.tableAt('/parameters'),
      (name) => !isBody(atPointer(this.document, join('/parameters', name))),
    )

    const components = {
      schemas: this.each('/definitions', (name, from) =>
        this.schema(atPointer(this.document, from), join('/components/schemas', name), from),
      ),
      parameters: Object.fromEntries(
        Object.keys(named).map((name) => {
          const from = join('/parameters', name)
          return [name, this.parameter(atPointer(this.document, from), join('/components/parameters', name), from)]
        }),
      ),
      responses: this.each('/responses', (name, from) =>
        this.response(
          atPointer(this.document, from),
          join('/components/responses', name),
          from,
          this.produced ?? ['application/json'],
        ),
      ),
      securitySchemes: this.each('/securityDefinitions', (_, from) => schemeOf(atPointer(this.document, from))),
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
    } = this.document
    return {
      document: {
        openapi: '3.0.3',
        ...rest,
        ...swaggerServers(this.document),
        paths: isObject(paths)
          ? Object.fromEntries(
              Object.keys(paths).map((path) => [path, this.pathItem(join('', 'paths', path), join('', 'paths', path))]),
            )
          : paths,
        components: Object.fromEntries(Object.entries(components).filter(([, table]) => Object.keys(table).length > 0)),
      },
      origin: (pointer) => {
        for (let above = pointer; above !== ''; above = above.slice(0, above.lastIndexOf('/'))) {
          const from = this.moves.get(above)
          if (from !== undefined) return from + pointer.slice(above.length)
        }
        return pointer
      },
    }
  }
}

const mediaTypes = (stated: unknown): readonly string[] | undefined =>
  Array.isArray(stated) && stated.length > 0 ? stated.map(String) : undefined
