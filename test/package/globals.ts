/**
 * Finds what a source takes from its surroundings by name instead of from the platform. It asks the
 * compiler what a name means, so that a parameter called `location` is nobody's concern.
 */
import ts from 'typescript';

export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly name: string;
}

/** Pure: they read nothing of the device, the person or the time. */
const HARMLESS = new Set([
  'AbortController', 'AbortSignal', 'Blob', 'CustomEvent', 'DOMException', 'Event', 'EventTarget', 'FormData',
  'Headers', 'Request', 'Response', 'TextDecoder', 'TextEncoder', 'URL', 'URLSearchParams', 'atob', 'btoa',
  'queueMicrotask', 'structuredClone',
]); // prettier-ignore

/** What is on the screen belongs to elements and the tag; so do classes, for `instanceof`, less those that reach out. */
const ON_SCREEN = new Set([
  'document',
  'customElements',
  'window',
  'requestAnimationFrame',
  'cancelAnimationFrame',
]);
const REACHES_OUT =
  /^(IDB|Broadcast|XMLHttp|WebSocket|EventSource|Worker|SharedWorker|Storage|Cache|Notification|Crypto)/;

/** Where copies of the package, or the package and the page, meet: what each of these files may name. */
const PERMITTED: Readonly<Record<string, readonly string[]>> = {
  'src/memory/table.ts': ['globalThis'],
  'src/tag.ts': ['globalThis', 'reportError'],
  'src/tag/start.ts': ['globalThis'],
  'src/tag/policy.ts': ['globalThis.trustedTypes'],
};

/** Every use of a global in `files`, paths relative to `root`, above `src/platform/`. */
export function findGlobals(root: string, files: readonly string[]): Finding[] {
  const program = ts.createProgram(
    files.map((file) => `${root}/${file}`),
    {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
      types: [],
      experimentalDecorators: true,
      noEmit: true,
    },
  );
  const checker = program.getTypeChecker();
  return files.flatMap((file) => {
    const source = program.getSourceFile(`${root}/${file}`);
    if (source === undefined) throw new Error(`There is no ${file}.`);
    return inFile(source, file, checker);
  });
}

function inFile(source: ts.SourceFile, file: string, checker: ts.TypeChecker): Finding[] {
  const findings: Finding[] = [];
  const shows = /^src\/(elements|tag)[/.]/.test(file);
  visit(source);
  return findings;

  function visit(node: ts.Node): void {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    if (ts.isIdentifier(node) && isGlobal(node)) judge(node);
    ts.forEachChild(node, visit);
  }

  function isGlobal(node: ts.Identifier): boolean {
    const { parent } = node;
    if (ts.isPropertyAccessExpression(parent) && parent.name === node) return false;
    if (ts.isPropertyAssignment(parent) && parent.name === node) return false;
    const symbol = ts.isShorthandPropertyAssignment(parent)
      ? checker.getShorthandAssignmentValueSymbol(parent)
      : checker.getSymbolAtLocation(node);
    if (node.text === 'globalThis') return true; // it has no declaration
    const declarations = symbol?.declarations ?? [];
    return (
      declarations.length > 0 &&
      declarations.every((one) => /\/lib\.[\w.]+\.d\.ts$/.test(one.getSourceFile().fileName))
    );
  }

  function judge(node: ts.Identifier): void {
    const path = pathFrom(node);
    const [first = ''] = path;
    const name = path.join('.');
    if (first === 'Date') {
      if (path[1] === 'now' || isNow(node)) report(node, path[1] === 'now' ? 'Date.now' : 'new Date()');
    } else if (first === 'Math') {
      if (path[1] === 'random') report(node, 'Math.random');
    } else if (first === 'globalThis') {
      if (path[1] !== undefined || !isKeyedBySymbol(node)) report(node, name);
    } else if (first === 'eval' || first === 'Function') {
      if (first === 'eval' || ts.isNewExpression(node.parent)) report(node, first);
    } else if (fromDom(node) && !isAllowed(path)) report(node, name);
  }

  function isAllowed([first = '', second = '']: readonly string[]): boolean {
    if (HARMLESS.has(first)) return true;
    if (!shows || REACHES_OUT.test(first)) return false;
    if (first === 'window') return second === '' || isAllowed([second]) || isListening(second);
    return ON_SCREEN.has(first) || /^[A-Z]/.test(first);
  }

  function isListening(name: string): boolean {
    return ['addEventListener', 'removeEventListener', 'dispatchEvent', 'matchMedia'].includes(name);
  }

  function fromDom(node: ts.Identifier): boolean {
    const symbol = ts.isShorthandPropertyAssignment(node.parent)
      ? checker.getShorthandAssignmentValueSymbol(node.parent)
      : checker.getSymbolAtLocation(node);
    return (symbol?.declarations ?? []).some((one) =>
      /\/lib\.dom[\w.]*\.d\.ts$/.test(one.getSourceFile().fileName),
    );
  }

  function report(node: ts.Node, name: string): void {
    if (PERMITTED[file]?.includes(name)) return;
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    findings.push({ file, line: line + 1, name });
  }
}

/** `window`, `localStorage` of `(window as Any).localStorage.x`. */
function pathFrom(node: ts.Identifier): string[] {
  const outer = outermost(node);
  const { parent } = outer;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === outer)
    return [node.text, parent.name.text];
  if (ts.isElementAccessExpression(parent) && ts.isStringLiteralLike(parent.argumentExpression))
    return [node.text, parent.argumentExpression.text];
  return [node.text];
}

function isNow(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isNewExpression(parent) || ts.isCallExpression(parent)) &&
    parent.expression === node &&
    !parent.arguments?.length
  );
}

/** `globalThis[Symbol.for(…)]`, or a constant that holds such a symbol. */
function isKeyedBySymbol(node: ts.Identifier): boolean {
  const outer = outermost(node);
  const { parent } = outer;
  return (
    ts.isElementAccessExpression(parent) &&
    parent.expression === outer &&
    parent.argumentExpression.getText().startsWith('Symbol.for(')
  );
}

function outermost(node: ts.Node): ts.Node {
  let outer = node;
  while (
    ts.isParenthesizedExpression(outer.parent) ||
    ts.isAsExpression(outer.parent) ||
    ts.isNonNullExpression(outer.parent)
  )
    outer = outer.parent;
  return outer;
}
