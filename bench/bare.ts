import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The least that a server can do: serves the bytes that come on standard input after a line with the headers, as a JSON list. */
const chunks: Buffer[] = []
for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
const input = Buffer.concat(chunks)
const end = input.indexOf('\n')
const headers = JSON.parse(input.subarray(0, end).toString()) as string[]
const body = input.subarray(end + 1)

const server = createServer((_incoming, outgoing) => void outgoing.writeHead(200, headers).end(body))
server.listen(0, '127.0.0.1', () => console.log(`127.0.0.1:${(server.address() as AddressInfo).port}`))
