import { frozenCopy } from '../facts/frozen.js';
import type { Core } from './core.js';
import type { DeviceState } from './parts.js';
import type { Status } from './types.js';

export function statusOf(core: Core, device: DeviceState | undefined): Status {
  const { session, settings } = core;
  const { lost, overflow } = session.visit;
  const kept = !lost && settings.platform.session;
  // What is undefined is not in the copy.
  return frozenCopy({
    // First: nothing that lies on the device stands for what this page knows.
    ...session.lost,
    state: core.closed
      ? 'closed'
      : session.ready
        ? 'ready'
        : session.provisional
          ? 'provisional'
          : 'starting',
    kept: session.subject ? 'device' : kept ? 'visit' : 'page',
    storage: {
      session: overflow ? 'full' : kept ? 'ok' : 'blocked',
      device: device?.state ?? (settings.platform.indexedDB ? 'unused' : 'blocked'),
      reason: device?.error?.message,
    },
    gate: session.gate,
    sync: 'off',
    unfit: session.view.unfit + core.device.unfit,
    corrected: core.corrected,
    elements: core.elements,
  }) as Status;
}
