/** A test in the engines that ENGINES names, such as `ENGINES=firefox,webkit`; the everyday tests name none. */
import { it } from 'node:test';
import { chromium, firefox, type Engine } from './engines.js';
import { webkit } from './engines-webkit.js';

const ENGINES: Readonly<Record<string, Engine>> = { chromium, firefox, webkit };
const named = (process.env['ENGINES'] ?? '').split(',').filter(Boolean);

/** Whether any engine is named: what the tests need besides has to be there only then. */
export const anyEngine = named.length > 0;

export function inEngines(what: string, run: (engine: Engine) => Promise<void>): void {
  // Whoever names engines sees only these; the others are not skipped, they are somebody else's turn.
  for (const name of anyEngine ? named : Object.keys(ENGINES)) {
    const engine = ENGINES[name];
    if (!engine) throw new Error(`ENGINES names "${name}": choose among ${Object.keys(ENGINES).join(', ')}.`);
    const skip = !anyEngine && `ENGINES=${name} runs it`;
    it(`${what} in ${engine.name}`, { skip }, () => run(engine));
  }
}
