import { isObject } from '../facts/shape.js';
import { isStoredEntry } from '../store/stored-entry.js';
import type { Intent } from './intent.js';
import type { Intents } from './intents.js';

/** What is to be taken away; what another script has written there instead is removed. */
export function readIntents(intents: Intents): Intent[] {
  return [...intents.texts()].flatMap(([id, text]) => {
    const intent = intentIn(text);
    if (intent) return { ...intent, id };
    intents.done(id);
    return [];
  });
}

function intentIn(text: string): Intent | undefined {
  try {
    const intent: unknown = JSON.parse(text);
    return isObject(intent) && typeof intent['local'] === 'string' && isKnown(intent['what'])
      ? (intent as unknown as Intent)
      : undefined;
  } catch {
    return undefined; // SyntaxError
  }
}

function isKnown(what: unknown): boolean {
  return (
    what === 'wipe' ||
    what === 'aside' ||
    (isObject(what) &&
      (typeof what['device'] === 'string' ||
        'selector' in what ||
        (what['kind'] === 'forget' && isStoredEntry({ seen: 0, ...what }))))
  );
}
