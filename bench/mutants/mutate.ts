/** A file with one change. */
export interface Mutant {
  readonly file: string
  readonly line: number
  readonly before: string
  readonly after: string
  readonly text: string
}

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [key: string]: unknown
}

const operators: Readonly<Record<string, string>> = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '===': '!==',
  '!==': '===',
  '&&': '||',
  '||': '&&',
}

/** Returns every mutant of a file: boundaries moved, signs and junctions turned round, numbers one off, conditions always met or never. */
export function mutantsIn(file: string, text: string, program: unknown): readonly Mutant[] {
  const found: Mutant[] = []
  const replace = (start: number, end: number, after: string): void => {
    const line = text.slice(0, start).split('\n').length
    const before = text.slice(start, end).replace(/\s+/g, ' ').slice(0, 60)
    found.push({ file, line, before, after, text: text.slice(0, start) + after + text.slice(end) })
  }
  visit(program as Node, (node) => {
    const { type, start, end } = node
    if (type === 'BinaryExpression' || type === 'LogicalExpression') {
      const [left, right] = [node.left as Node, node.right as Node]
      const other = operators[node.operator as string]
      // Texts are joined with a plus sign too.
      const isText = [left, right].some(
        ({ type: kind, value }) => kind === 'TemplateLiteral' || typeof value === 'string',
      )
      if (other !== undefined && !(isText && other === '-')) {
        const at = text.indexOf(node.operator as string, left.end)
        replace(at, at + (node.operator as string).length, other)
      }
    } else if (type === 'Literal' && typeof node.value === 'number')
      replace(start, end, `(${text.slice(start, end)} + 1)`)
    else if (type === 'Literal' && typeof node.bigint === 'string')
      replace(start, end, `(${text.slice(start, end)} + 1n)`)
    else if (type === 'IfStatement' || type === 'ConditionalExpression') {
      const test = node.test as Node
      replace(test.start, test.end, 'true')
      replace(test.start, test.end, 'false')
    }
  })
  return found
}

function visit(node: Node, see: (node: Node) => void): void {
  if (node.type.startsWith('TS') && node.type !== 'TSAsExpression' && node.type !== 'TSSatisfiesExpression') return
  if (node.type === 'ImportDeclaration') return
  see(node)
  for (const value of Object.values(node))
    for (const inner of Array.isArray(value) ? value : [value])
      if (typeof inner === 'object' && inner !== null && typeof (inner as Node).type === 'string')
        visit(inner as Node, see)
}
