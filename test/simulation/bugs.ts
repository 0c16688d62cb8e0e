/**
 * Bugs that others have had, put into the code as it is loaded: a simulator that does not find them would not find ours.
 * Never in src. One that fits no more is an error, and is to be written anew for the code as it has become.
 */
import type { Patch } from './bundle.js';

export interface Bug {
  readonly name: string;
  readonly patches: readonly Patch[];
}

const one = (name: string, file: string, text: string, by: string): Bug => ({
  name,
  patches: [{ file: `src/${file}`, text, by }],
});

export const BUGS: readonly Bug[] = [
  one(
    'an aborted transaction is not noticed',
    'store/transaction.ts',
    'tx.onabort = () => reject(tx.error as DOMException);',
    '',
  ),
  one(
    'accepted when the requests succeed, not at the commit',
    'store/transaction.ts',
    "if (mode !== 'readonly') await ended;",
    '',
  ),
  one(
    'relaxed instead of strict durability',
    'store/transaction.ts',
    "{ durability: 'strict' }",
    "{ durability: 'relaxed' }",
  ),
  one(
    'no room, and nobody is told',
    'memory/writing.ts',
    'return refuse(session, error, operation);',
    'return;',
  ),
  one(
    'the boot record is shown whatever its generation',
    'memory/first-look.ts',
    'if (!boot || boot.gen !== gen || !boot.consent.device || ',
    'if (!boot || !boot.consent.device || ',
  ),
  one(
    'the boot record is shown without the gate',
    'memory/first-look.ts',
    'const passage: Passage = gate(boot, says);',
    "const passage = 'show' as Passage;",
  ),
  {
    name: 'the boot record is written without comparing the generation',
    patches: [
      {
        file: 'src/store/boot-writer.ts',
        text: 'if (!now || readGeneration(local, site) !== now.gen) return;',
        by: 'if (!now) return;',
      },
      // As one would who writes what is there now beside what one knows.
      {
        file: 'src/store/boot-writer.ts',
        text: 'JSON.stringify(now)',
        by: 'JSON.stringify({ ...now, gen: readGeneration(local, site) ?? now.gen })',
      },
    ],
  },
  one(
    'the anonymous person is the same one after leaving',
    'store/device-changes.ts',
    "        await mark(tx, local, 'aside', now);\n        const active = await activeIn(tx);\n        setActive(tx, active === local ? undefined : active, gen);",
    "        await mark(tx, local, 'aside', now);\n        setActive(tx, await activeIn(tx), gen);",
  ),
  one(
    'a verified person is shown to whoever comes next',
    'memory/gate.ts',
    "return says === null ? 'signed-out' : 'closed';",
    "return says === null ? 'signed-out' : 'show';",
  ),
  one(
    'the visit is not dropped when somebody else is named',
    'store/visit-record.ts',
    '(isOwn || record.user === null) &&\n      (!record.local || record.local === local || (!local && isOwn))',
    'true',
  ),
  one(
    'what one clock calls expired is deleted at once',
    'store/another-day.ts',
    'if (days.length < 2) return found;\n    const limit = Math.min(...days);',
    'const limit = now;',
  ),
  one(
    'forgetting one person forgets everybody',
    'memory/clearing.ts',
    'if (theirs.length === subjects.length && ',
    'if (',
  ),
  one(
    'a wipe only asks for the database to be deleted',
    'store/wipe.ts',
    'for (const store of tx.objectStoreNames) tx.objectStore(store).clear();',
    '',
  ),
  one(
    'what is stored twice is there twice',
    'store/write.ts',
    'if (there) return { held: there };\n  const held: Held<Message>',
    'const held: Held<Message>',
  ),
  one(
    'order by wall time alone, without the counter',
    'facts/order.ts',
    'timeOf(a) - timeOf(b) || compareText(a.entry.at, b.entry.at) || compareText(a.entry.id, b.entry.id)',
    'timeOf(a) - timeOf(b) || compareText(a.entry.id, b.entry.id)',
  ),
  one(
    'a stamp that was met does not count',
    'memory/draft.ts',
    'if (stamp && (!greatest || stamp > greatest)) greatest = stamp;',
    'void stamp;',
  ),
  one(
    'the oldest of equally strong words wins',
    'facts/value.ts',
    'if (!held || compareWorth(row, held) > 0) held = row;',
    'if (!held || compareWorth(row, held) < 0) held = row;',
  ),
  one(
    'compaction does not look how long a word lasts',
    'facts/history.ts',
    'if (until <= longest) return false;\n      longest = until;\n      return true;',
    'if (longest > -Infinity) return false;\n      longest = until;\n      return true;',
  ),
  one(
    'a forget is not noted for the next page',
    'memory/taking.ts',
    "intents.add({ id, local: local ?? visit.local ?? '', user, what }, known);",
    "intents.add({ id, local: local ?? visit.local ?? '', user, what }, false);",
  ),
  one(
    'a forget leaves the messages where they are',
    'store/forget.ts',
    'return { facts, ...(await removeMessages(tx, ranges, within, (held) => covers(forget, held))) };',
    'return { facts, messages: 0, conversations: 0 };',
  ),
  one(
    'who writes again has not heard of the forget',
    'facts/writing.ts',
    '!(seq <= head) && matches',
    'seq !== Infinity && matches',
  ),
  one(
    'nothing observed is kept away from what was forgotten',
    'facts/cover.ts',
    'rankOf(entry.authority) < STATED;',
    'rankOf(entry.authority) < 0;',
  ),
  one(
    'a page out of the back/forward cache shows what it showed',
    'memory/following.ts',
    "if (state === 'restored' && !core.closed) opening.restart();",
    "if (state === 'restored') return;",
  ),
  one(
    'what was begun for one person ends with the next',
    'memory/saying.ts',
    "if (mine !== core.session) throw new MemoryError('put_aside', operation);\n    // An import",
    'mine = core.session;\n    // An import',
  ),
  one('closing leaves the channel open', 'memory/create-shelf.ts', '      channel?.close();\n', ''),
  one(
    'a person who comes back is a new one',
    'memory/clearing.ts',
    'user === undefined ? undefined : subjects.find((one) => one.user === user);',
    "user === undefined ? undefined : subjects.find((one) => one.user === user && one.state === 'aside');",
  ),
  one(
    'a message loses its page to the next writer',
    'store/write.ts',
    "throw new StoreError('stale', 'Another page has written since');",
    ';',
  ),
  one(
    'fields of a later version are dropped',
    'memory/importing.ts',
    '    return { ...entry, ...here };\n  }\n',
    "    const { id, at, by, seen, after, value: said } = entry;\n    return { kind: 'fact', id, at, by, seen, ...(after && { after }), key, value: said, authority, ...here } as Draft;\n  }\n",
  ),
  one(
    'a late answer of the database is shown to whoever has come since',
    'memory/opening.ts',
    'if (session !== core.session) return void subject?.close();\n    const may =',
    'session = core.session;\n    const may =',
  ),
  one(
    'the latest word wins, whoever said it',
    'facts/order.ts',
    'rankOf(a.entry.authority) - rankOf(b.entry.authority) || compareHeld(a, b)',
    'compareHeld(a, b)',
  ),
  one(
    'stamps go back with the clock',
    'facts/stamp.ts',
    'if (greatest === undefined || at > greatest) return at;',
    'return at;',
  ),
  one(
    'what waits is lost when the database answers',
    'memory/view.ts',
    'view.put(entries);\n      return entries.flatMap',
    'return entries.flatMap',
  ),
  one(
    'forgets are not kept',
    'store/write.ts',
    'rows.put(kept, rowKey(kept.entry));\n  writing.forgets',
    'writing.forgets',
  ),
  {
    name: 'two tabs that are granted at once make two people',
    patches: [
      {
        file: 'src/memory/writing.ts',
        text: "alone(settings.platform, nameOf(settings.site, 'grant'), () => house(session, consent)),",
        by: 'house(session, consent),',
      },
      // The store sees it too, where neither tab could wait for the other.
      {
        file: 'src/store/device-changes.ts',
        text: '(user !== undefined || (one.local === active && active !== before)),',
        by: 'false,',
      },
    ],
  },
  one('what another tab says is not heard', 'memory/following.ts', 'else look();\n  });', '});'),
  one('a lost connection is used again', 'store/connection.ts', 'if (lost) leave(mine);', ''),
  one(
    'a database that another tab wants to delete is held',
    'store/connection.ts',
    'database.onversionchange = database.onclose = leaveIt',
    'database.onclose = leaveIt',
  ),
  one('leaving begins no new generation', 'memory/taking.ts', 'if (known) core.newGeneration();', ''),
  one(
    'deleting what has expired takes what will',
    'store/another-day.ts',
    'const limit = Math.min(...days);',
    'const limit = Math.max(...days) + DAY;',
  ),
  one(
    'of all that is stored of a key only the first is read',
    'memory/view.ts',
    'facts.forEach(add);',
    'for (const row of facts) if (!view.facts.has(row.entry.key)) add(row);',
  ),
  one(
    'a grant does not take what was said before it',
    'memory/writing.ts',
    'const all = [...said, ...forgets];',
    'const all = forgets;',
  ),
  one(
    'a forget takes what was said after it too',
    'facts/cover.ts',
    '!((seq as number) <= entry.seen) && !entry.after?.includes(forget.id)',
    '!((seq as number) <= entry.seen)',
  ),
  one(
    'an open conversation goes to make room',
    'store/evicting.ts',
    'if (busy.has(cid) || !(await hasEnded(tx, ranges, cid))) continue;',
    'if (busy.has(cid)) continue;',
  ),
  one(
    'the newest conversation goes first to make room',
    'store/evicting.ts',
    "pages.index('last').openCursor()",
    "pages.index('last').openCursor(null, 'prev')",
  ),
  one(
    'the conversation that is being written to goes to make room',
    'store/evicting.ts',
    'if (busy.has(cid) || !(await',
    'if (!(await',
  ),
  one('room is made of everything that has ended', 'store/evicting.ts', 'cursor && room > 0;', 'cursor;'),
  one(
    'facts go to make room',
    'store/evicting.ts',
    'rowsUnder(ranges, conversationKey(cid))',
    'ranges.lowerBound([conversationKey(cid)])',
  ),
  one(
    'room is made whatever has failed',
    'store/subject-changes.ts',
    "if (made || !isFor('quota', error)) throw error;",
    'if (made) throw error;',
  ),
  one(
    'nobody counts what went to make room',
    'store/evicting.ts',
    'lost: { ...lost, evicted: (lost?.evicted ?? 0) + evicted },',
    'lost,',
  ),
  one(
    'what cannot be read is deleted',
    'store/mending.ts',
    "if (person) recordsOf(tx, 'quarantine').put(record);",
    'if (person) void record;',
  ),
  one(
    'with what cannot be read goes all that lies beside it',
    'store/mending.ts',
    'else records.delete(place);',
    'else records.clear();',
  ),
  one(
    'a message that cannot be read takes the others of its page along',
    'store/mending.ts',
    'if (isList(Object(found.value) as Fields)) continue;',
    "if (sound['pages']?.(Object(found.value) as Fields, place)) continue;",
  ),
  one(
    'one record that cannot be read, and nothing can',
    'store/connection.ts',
    "failure.reason === 'failed' && (await mended())",
    'false',
  ),
  one(
    'what could not be read is not carried away',
    'memory/exporting.ts',
    '...(unreadable.length && { unreadable }),',
    '',
  ),
];
