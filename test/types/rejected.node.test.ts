/**
 * Programs that must not compile. Above each mistake stands `// error: …` with how the compiler's
 * message begins, or what is in it: a program refused for another reason would prove nothing.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import test from 'node:test';
import ts from 'typescript';

const FOLDER = 'test/types/rejected';
const MARK = /^\s*\/\/ error: (.*)$/;

const files = readdirSync(FOLDER).map((name) => `${FOLDER}/${name}`);
const program = ts.createProgram(files, settings());

test('the programs are refused for what they are about only: what they build on compiles', () => {
  const shop = program.getSourceFiles().find(({ fileName }) => fileName.endsWith('test/types/shop.ts'));
  assert.ok(shop, 'no program imports the shop');
  assert.deepEqual(messagesOf(shop), []);
});

for (const file of files) {
  test(`is refused: ${basename(file)}`, () => {
    const source = program.getSourceFile(file);
    assert.ok(source);
    const expected = expectedOf(file);
    assert.notEqual(expected.length, 0, 'no mistake is marked');
    const found = messagesOf(source);
    for (const { line, text } of expected) {
      const here = found.filter((message) => message.line === line);
      assert.ok(here.length > 0, `line ${line} compiles; expected: ${text}`);
      assert.ok(
        here.some((message) => message.text.includes(text)),
        `line ${line} says: ${here.map(({ text: said }) => said).join('\n')}`,
      );
    }
    const lines = new Set(expected.map(({ line }) => line));
    assert.deepEqual(
      found.filter(({ line }) => !lines.has(line)),
      [],
    );
  });
}

interface Message {
  readonly line: number;
  readonly text: string;
}

/** What is marked, each at the line below its mark. */
function expectedOf(file: string): Message[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((text, at) => {
      const wanted = MARK.exec(text)?.[1];
      return wanted === undefined ? [] : [{ line: at + 2, text: wanted }];
    });
}

function messagesOf(source: ts.SourceFile): Message[] {
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
    (found) => ({
      line: source.getLineAndCharacterOfPosition(found.start ?? 0).line + 1,
      text: ts.flattenDiagnosticMessageText(found.messageText, '\n'),
    }),
  );
}

function settings(): ts.CompilerOptions {
  const { config, error } = ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path)) as {
    config?: { compilerOptions: object };
    error?: ts.Diagnostic;
  };
  assert.equal(error, undefined);
  return {
    ...ts.convertCompilerOptionsFromJson(config?.compilerOptions, '.').options,
    jsx: ts.JsxEmit.ReactJSX,
  };
}
