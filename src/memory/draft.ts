import type {
  By,
  Draft,
  Fact,
  Forget,
  Json,
  Key,
  Message,
  Ms,
  Selector,
  Stamp,
  Uuid,
} from '../facts/entry.js';
import { isAlwaysDiscreet } from '../facts/key.js';
import { purposeOf } from '../facts/purpose.js';
import { untilOf } from '../facts/retention.js';
import { defined } from '../facts/shape.js';
import { nextStamp } from '../facts/stamp.js';
import { uuidv7 } from '../facts/uuid.js';
import type { Settings } from './settings.js';

/** Makes entries: an id, a stamp greater than any met before, and what the site's declarations add. */
export interface Drafter {
  fact(key: Key, value: Json, options: FactOptions): Draft<Fact>;
  message(
    key: (id: Uuid) => Key,
    value: Message['value'],
    options: { by: By; discreet: boolean },
  ): Draft<Message>;
  forget(of: Selector): Draft<Forget>;
  /** Learns of a stamp met, so that a clock set back does not lose to what was said before. */
  meet(stamp: Stamp | undefined): void;
  id(): Uuid;
}

export interface FactOptions {
  readonly authority?: Fact['authority'];
  readonly by?: By;
  readonly why?: string;
  readonly until?: Ms;
  readonly discreet?: boolean;
}

/** @param now endpoint time: the own clock and the skew. */
export function createDrafter(settings: Settings, now: () => Ms): Drafter {
  const { platform } = settings;
  let greatest: Stamp | undefined;

  const id = () => uuidv7(now(), platform.random);
  const common = () => ({ id: id(), at: (greatest = nextStamp(now(), greatest)) });
  const kept = (key: Key, until: Ms | undefined, discreet: boolean | undefined) => {
    const { purposes, keep } = settings;
    const purpose = purposeOf(key, purposes);
    return {
      purpose,
      until: untilOf(now(), [purposes[purpose]?.keep, keep], until),
      discreet: discreet || isAlwaysDiscreet(key) ? (true as const) : undefined,
    };
  };

  return {
    id,
    fact(key, value, { authority = 'stated', by, why, until, discreet }) {
      const who = authority === 'stated' ? 'visitor' : 'site';
      const said = by ?? defined({ who, page: platform.page.name || undefined } as const);
      return defined({
        kind: 'fact',
        ...common(),
        by: said,
        key,
        value,
        authority,
        ...kept(key, until, discreet),
        why,
      } as const);
    },
    message(keyOf, value, { by, discreet }) {
      const head = common();
      const key = keyOf(head.id);
      return defined({
        kind: 'message',
        ...head,
        by,
        key,
        value,
        ...kept(key, undefined, discreet),
      } as const);
    },
    forget: (of) => ({ kind: 'forget', ...common(), by: { who: 'visitor' }, of }),
    meet(stamp) {
      if (stamp && (!greatest || stamp > greatest)) greatest = stamp;
    },
  };
}
