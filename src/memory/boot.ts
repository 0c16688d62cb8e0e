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
    const { session, device } = core;
    const { subject, consent, user, view } = session;
    const { kept } = shelf;
    if (
      !subject ||
      // Under the generation of now, which this page may have begun itself, nothing is written that was read before.
      !kept?.gen ||
      !consent?.device ||
      session.closed ||
      // Taken away already, and still there for a moment, or for as long as there is no room to say so.
      shelf.intents.texts().size
    )
      return undefined;
    return bootRecordOf({
      ...kept,
      gen: kept.gen,
      local: subject.local,
      ...(user !== undefined && { user }),
      facts: deciding(view, core.now()),
      heads: view.recent(),
      device: deciding(device, core.now()),
      consent,
    });
  }
}
