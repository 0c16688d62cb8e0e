/** What was accepted on one profile, round after round, and the judgement of what a page finds there. */
import { ofBoot, ofRaw, ofRecall, ofStatus, type Fault } from './differences.js';
import { after, happened, reaches, type Happened } from './possible.js';
import type { Lanes, Look, Told } from './talk.js';
import { Words, wordsIn } from './words.js';
import { nobody, type World } from './world.js';

export interface Verdict {
  readonly faults: readonly Fault[];
  /** What had been taken away, and stood in the first view all the same: the browser had lost that its boot record was removed. */
  readonly early: 'nothing' | 'forgotten' | 'somebody who had left';
}

export class Ledger {
  readonly words = new Words();
  world: World = nobody();
  #met = false;
  #lanes: Lanes = { a: [], b: [] };
  #told: readonly Told[] = [];

  /** What was to be done in a round, and what was told of it before the end. */
  note(lanes: Lanes, told: readonly Told[]): void {
    this.#lanes = lanes;
    this.#told = told;
  }

  /** Judges what a page found, and goes on from there. */
  judge(look: Look): Verdict {
    const granted = this.world.granted.includes(true);
    const shown = new Set(wordsIn(JSON.stringify([look.facts, look.chats])));
    let steps: readonly Happened[] = [];
    let least = Infinity;
    for (const reach of reaches(this.#lanes, this.#told)) {
      const one = happened(this.#lanes, this.#told, reach, granted);
      const differs = ofRecall(after(this.world, one), look, this.words).length;
      if (differs < least) [steps, least] = [one, differs];
      if (differs === 0) break;
    }
    // Once more, now that it is known what was forgotten: it decides how a difference is called.
    this.words.follow(steps, shown);
    const recall = ofRecall(after(this.world, steps), look, this.words);
    const thrownAway = this.#met && !look.witness.there;
    this.#met = true;
    const all = [...recall, ...ofRaw(look, this.words), ...ofBoot(look), ...ofStatus(look)];
    // Nothing can be said of what the browser itself has removed, but that it did.
    const what = `all databases of the site are gone, the witness too (${look.witness.why || 'no reason'})`;
    const faults: Fault[] = thrownAway ? [{ kind: 'thrown away', what }] : all;
    const early = this.#earlyOf(look, shown);
    for (const text of Object.values(look.raw))
      for (const word of wordsIn(text)) if (this.words.fateOf(word) !== 'aside') this.words.admit(word);
    this.world = worldOf(look);
    this.note({ a: [], b: [] }, []);
    return { faults, early };
  }

  #earlyOf({ early }: Look, shown: ReadonlySet<string>): Verdict['early'] {
    const words = wordsIn(JSON.stringify(early)).filter((word) => !shown.has(word));
    const fates = words.map((word) => this.words.fateOf(word));
    if (fates.includes('left') || fates.includes('aside')) return 'somebody who had left';
    return fates.includes('forgotten') ? 'forgotten' : 'nothing';
  }
}

/** From now on this is certain. */
function worldOf({ consent, facts, chats }: Look): World {
  return {
    granted: [consent === 'granted'],
    facts: new Map(facts.map(({ key, value }) => [key, new Set([JSON.stringify(value)])])),
    chats: new Map(
      chats.map(({ topic, texts, outcome }) => [
        topic,
        {
          sure: true,
          first: [],
          then: texts.map((text) => ({ text, sure: true })),
          ended: new Set([outcome]),
        },
      ]),
    ),
  };
}
