/**
 * Prints a fixture of the present layout: node --import tsx test/store/make-fixture.ts > test/store/fixtures/v1.json
 * It is made once a layout and then kept as it is; a layout that has been released does not change.
 */
import 'fake-indexeddb/auto';
import { messageKey } from '../../src/facts/message-key.js';
import { fact, forget, message, newPerson, NOW, realDatabases, start, uuid } from './support.js';
import { writeDown } from './raw-databases.js';

const site = 'fixture';
const platform = realDatabases();
const { device, subject, name } = await newPerson(platform, site);
const cid = uuid();
const short = uuid();

await subject.load(NOW);
await subject.write([], { device: true, sync: false, at: NOW });
await subject.write([
  fact('preferences.size', 'S'),
  forget({ under: 'preferences' }),
  fact('preferences.size', 'M', { why: 'tried it on' }),
]);
await subject.write([
  fact('identity.name', { given: 'Ana', family: 'Ilić' }),
  fact('identity.addresses.home', { streetAddress: 'Savska 1', addressLevel2: 'Zagreb', country: 'HR' }),
  fact('preferences.delivery', 'pickup', { authority: 'observed', until: NOW + 400 * 86_400_000 }),
  fact('care.return.a1', { reason: 'too small' }, { discreet: true }),
]);
const messages = Array.from({ length: 250 }, (_, n) =>
  message(cid, `Message ${n} 🚲`, n === 7 ? { by: { who: 'agent', name: 'Mike' } } : {}),
);
await subject.write([start(cid), fact(`conversations.${cid}.topic`, 'Boiler'), ...messages]);
await subject.write([forget({ key: messageKey(cid, messages[120]?.id ?? '') })]);
await subject.write([
  start(short),
  message(short, 'Hello', { discreet: true, until: NOW + 400 * 86_400_000 }),
]);
await device.setDeviceFact({ entry: { ...fact('preferences.theme', 'dark'), seen: 0 } });
subject.close();
const aside = await device.createSubject({ user: 'u2', gen: 'fedcba9876543210', now: NOW });
aside.close();
await device.putAside(aside.local, 'fedcba9876543210', NOW);
await device.activate(subject.local, '0123456789abcdef', NOW);
device.close();

const databases = await Promise.all([`customer-memory:${site}`, name].map(writeDown));
console.log(JSON.stringify({ site, at: NOW, cid, short, databases }));
