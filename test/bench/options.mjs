/** What the command line asks for; a mistake in it is told with what could have been meant. */
import { parseArgs } from 'node:util';
import { BASELINE, contestants } from './contestants.mjs';
import { measures } from './measures.mjs';

/**
 * `again`: for how many milliseconds what misses a bar is measured again, and judged by all its samples: other work only ever
 * adds to a time.
 */
const SHARES = {
  all: { contestants: contestants.map(({ name }) => name), again: 0 },
  ci: { contestants: [BASELINE, 'floor', 'ours', 'no-boot-record', 'dexie', 'pouchdb'], again: 120_000 },
};

const USAGE = `npm run bench -- [--only <measure>,…] [--contestants <name>,…] [--samples <number>] [--share all|ci] [--known "<bar>"]…`;

/** Throws an `Error` that says what to write instead. */
export function optionsOf(args) {
  const { values } = parse(args);
  const share = oneOf('share', values.share, Object.keys(SHARES));
  const chosen = listOf('contestants', values.contestants, contestants);
  const named = chosen.length > 0 ? chosen : SHARES[share].contestants;
  const here = listOf('only', values.only, measures);
  const taken = measures.filter((one) => (here.length === 0 ? share in one.shares : here.includes(one.name)));
  const without = taken.find((one) => !(share in one.shares));
  if (without) throw new Error(`--share ${share} does not measure ${without.name}: leave --share out.`);
  return {
    share,
    again: SHARES[share].again,
    known: values.known,
    measures: taken.map((one) => ({ ...one, ...one.shares[share], ...samplesOf(values.samples) })),
    // Nothing can be compared without it.
    contestants: contestants.filter(({ name }) => name === BASELINE || named.includes(name)),
    /** Only what has measured everything says so in RESULTS.md. */
    whole:
      share === 'all' && ![chosen, here].some(({ length }) => length > 0) && values.samples === undefined,
  };
}

function parse(args) {
  try {
    return parseArgs({
      args,
      options: {
        share: { type: 'string', default: 'all' },
        only: { type: 'string', multiple: true, default: [] },
        contestants: { type: 'string', multiple: true, default: [] },
        samples: { type: 'string' },
        known: { type: 'string', multiple: true, default: [] },
      },
    });
  } catch (error) {
    throw new Error(`${error.message}\n${USAGE}`, { cause: error });
  }
}

function listOf(option, given, all) {
  const names = given.flatMap((text) => text.split(',')).map((name) => name.trim());
  return names.map((name) =>
    oneOf(
      option,
      name,
      all.map((one) => one.name),
    ),
  );
}

function oneOf(option, name, names) {
  if (names.includes(name)) return name;
  throw new Error(`--${option} takes no "${name}": choose among ${names.join(', ')}.`);
}

function samplesOf(text) {
  if (text === undefined) return {};
  const samples = Number(text);
  if (Number.isInteger(samples) && samples > 0) return { samples };
  throw new Error(`--samples ${text}: it is how often each is measured, such as --samples 3.`);
}
