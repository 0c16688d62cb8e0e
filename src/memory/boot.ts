/** Keeps the boot record as this page knows the person. Fetched when that has changed. */
import { bootRecordOf } from '../store/boot-fitting.js';
import type { BootRecord } from '../store/boot-record.js';
import { bootWriter, type BootWriter } from '../store/boot-writer.js';
import { deciding } from './deciding.js';
import type { Shelf } from './shelf.js';

export function createBoot(shelf: Shelf): BootWriter {
  const { core } = shelf;
  const { platform, site } = core.settings;
  const writer = bootWriter(platform, site, record);
  shelf.stops.push(() => writer.close());
  return writer;

  function record(): BootRecord | undefined {
    const { gen, session, device } = core;
    const { subject, consent, user, view } = session;
    if (
      !subject ||
      !shelf.kept ||
      !consent?.device ||
      session.closed ||
      // Taken away already, and still there for a moment, or for as long as there is no room to say so.
      shelf.intents.texts().size ||
      gen === undefined
    )
      return undefined;
    return bootRecordOf({
      gen,
      local: subject.local,
      ...(user !== undefined && { user }),
      ...shelf.kept,
      facts: deciding(view, core.now()),
      heads: view.recent(),
      device: deciding(device, core.now()),
      consent,
    });
  }
}
