import { PARTS, type Part } from './conversation.js';
import type { Json, Key } from './entry.js';
import { conversationIdOf, conversationKey } from './key.js';
import { misfit, type ShapeProblem } from './shape.js';

const TAKES: Readonly<Record<Part, string>> = {
  // What it is begun with: when it started is not said by anybody.
  '': '{ channel, topic?, with?, discreet?, messages? }',
  topic: 'a text',
  with: '{ kind: "person" | "assistant", name? }',
  state: '"open" or "ended"',
  outcome: '{ outcome, summary?, tried?: [] }',
  readTo: 'the id of a message',
};

/** What is wrong with a fact about a conversation, its key or its value, or undefined. Messages are not facts and are refused. */
export function conversationProblem(key: Key, value: Json): ShapeProblem | undefined {
  const cid = conversationIdOf(key);
  const part = cid && key.slice(conversationKey(cid).length + 1);
  if (part === undefined || !Object.hasOwn(TAKES, part))
    return {
      path: '',
      reason: `conversations.<a UUID> has ${Object.keys(TAKES).filter(Boolean).join(', ')}`,
    };
  const path = misfit(value, PARTS[part as Part]);
  return path === undefined ? undefined : { path, reason: `it takes ${TAKES[part as Part]}` };
}
