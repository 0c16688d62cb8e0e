/**
 * What the simulator has found and src does not have yet, as the change that repairs it: hunts look for what is not known.
 * `npm run hunt -- --as-is` goes without. One that fits no more is an error: it is repaired, and to be taken out here.
 */
import type { Patch } from './bundle.js';

export const KNOWN: readonly Patch[] = [
  {
    // A page that carries out a forget for one that was closed tells nobody, and boot records written meanwhile stand; and it leaves the database open where there is no room. A registry read before is read again.
    file: 'src/memory/clearing.ts',
    text: `  async function finish(device: Device): Promise<boolean> {
`,
    by: `  async function finish(device: Device): Promise<boolean> {
    // What is read of the registry from here on is as they leave it.
    await device.changes();
`,
  },
  {
    file: 'src/memory/clearing.ts',
    text: `    if (subject && typeof what === 'object') {
      const { deleted } = await (await subject.writes()).write([what], core.now());
      taken.set(what === noted ? id : earlyId(what.of), deleted);
`,
    by: `    try {
      if (subject && typeof what === 'object') {
        const { deleted } = await (await subject.writes()).write([what], core.now());
        taken.set(what === noted ? id : earlyId(what.of), deleted);
        // Other pages may have read it meanwhile, and written it for the next start.
        core.newGeneration();
        shelf.tell();
      }
      if (subject && what === 'wipe')
        taken.set(isEarly(id) ? earlyId('wipe') : id, {
          ...(await (await subject.reads()).count(core.now())),
          ...factsIn(await subject.load(core.now())),
        });
    } finally {
      subject?.close();
`,
  },
  {
    file: 'src/memory/clearing.ts',
    text: `    if (subject && what === 'wipe')
      taken.set(isEarly(id) ? earlyId('wipe') : id, {
        ...(await (await subject.reads()).count(core.now())),
        ...factsIn(await subject.load(core.now())),
      });
    subject?.close();
`,
    by: ``,
  },
  {
    // "Not me" pressed twice takes the first back: the page follows whoever it names again.
    file: 'src/memory/taking.ts',
    text: `      core.denied = core.session.user !== undefined;
`,
    by: `      core.denied = !!core.settings.says;
`,
  },
  {
    // What is said after a forget of another tab that has not been heard of is covered, on this page, by the earlier forget which that one replaced.
    file: 'src/memory/view-changes.ts',
    text: `  view.drop(stored.map(({ entry }) => entry.id));
`,
    by: `  // The device may have put a forget of another tab in the place of one that is still known here, and that was heard of.
  const heard = new Map(stored.map(({ entry }) => [entry.id, view.pending.get(entry.id)?.entry.after]));
  view.drop(heard.keys());
`,
  },
  {
    file: 'src/memory/view-changes.ts',
    text: `    const { known, said } = rowsOf(view, entry.key);
`,
    by: `    const { known, said } = rowsOf(view, entry.key);
    const after = [...(entry.after ?? []), ...(heard.get(entry.id) ?? [])];
`,
  },
  {
    file: 'src/memory/view-changes.ts',
    text: `      view.facts.set(entry.key, [...compact([...known, { entry }]), ...said]);
`,
    by: `      view.facts.set(entry.key, [...compact([...known, { entry: { ...entry, after } }]), ...said]);
`,
  },
  {
    // A boot record that another tab wrote while a forget was on its way still has what is gone. And who leaves while their grant is under way is made a database that nobody takes away.
    file: 'src/memory/writing.ts',
    text: `      shelf.taken.set(last.id, sumOf(deleted, shelf.taken.get(last.id) ?? nothing));
`,
    by: `      shelf.taken.set(last.id, sumOf(deleted, shelf.taken.get(last.id) ?? nothing));
      // What another tab has written for the next start while this one was at it still has what is gone.
      core.newGeneration();
`,
  },
  {
    file: 'src/memory/writing.ts',
    text: `  async function house(session: Session, consent: ConsentRecord): Promise<void> {
    if (session !== core.session) return;
`,
    by: `  async function house(session: Session, consent: ConsentRecord): Promise<void> {
    if (session !== core.session) return;
    // Who leaves from here on may leave a database, and it has to go with them.
    if (shelf.state.state === 'unused') shelf.state = { state: 'ok' };
`,
  },
  {
    file: 'src/memory/writing.ts',
    text: `    if (!device) throw new StoreError('unavailable', 'this browser keeps no databases');
`,
    by: `    if (!device) throw new StoreError('unavailable', 'this browser keeps no databases');
    // Who has left meanwhile was not there yet to be taken away.
    if (session !== core.session) return;
`,
  },
  {
    // A page that was closed to somebody keeps the gate `closed` after they have signed out elsewhere: what is forgotten
    // on it then is neither noted nor wiped.
    file: 'src/memory/opening.ts',
    text: '        session.ready = true;\n',
    by: "        session.ready = true;\n        if (session.gate === 'closed' && !session.closed) session.gate = 'open';\n",
  },
  {
    // A page that begins while another carries out "not me" has read the registry as it was before, finds nothing left to
    // be done, and shows who has left.
    file: 'src/memory/opening.ts',
    text: '    const device = await shelf.device(false);\n    if (!device) intents.drop();',
    by: '    const due = intents.texts().size;\n    const device = await shelf.device(false);\n    if (!device) intents.drop();',
  },
  {
    file: 'src/memory/opening.ts',
    text: 'else if (!intents.texts().size || (',
    by: 'else if (!(due || intents.texts().size) || (',
  },
  {
    // Whom another tab has signed out meanwhile has a database that is not the active one: a grant makes a second, and
    // whichever is listed first is opened when they come back.
    file: 'src/memory/writing.ts',
    text: '    const one = subjects.find(({ local }) => local === active);\n',
    by: `    const { user } = core.session;
    const named = user === undefined ? undefined : subjects.find((other) => other.user === user);
    if (named && named.local !== active)
      await (await device.changes()).activate(named.local, core.gen ?? core.newGeneration(), clock.now());
    const one = named ?? subjects.find(({ local }) => local === active);
    if (named) return device.openSubject(named.local);
`,
  },
];
