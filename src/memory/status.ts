import type { Core } from './core.js';
import type { DeviceState } from './parts.js';
import type { Status } from './types.js';

export function statusOf(core: Core, device: DeviceState | undefined): Status {
  const { session, settings } = core;
  const { lost, overflow } = session.visit;
  const kept = !lost && settings.platform.session;
  const reason = device?.reason;
  return Object.freeze({
    state: core.closed
      ? 'closed'
      : session.ready
        ? 'ready'
        : session.provisional
          ? 'provisional'
          : 'starting',
    kept: session.subject ? 'device' : kept ? 'visit' : 'page',
    storage: Object.freeze({
      session: overflow ? 'full' : kept ? 'ok' : 'blocked',
      device: device?.state ?? (settings.platform.indexedDB ? 'unused' : 'blocked'),
      ...(reason !== undefined && { reason }),
    }),
    gate: session.gate,
    sync: 'off',
    unfit: session.view.unfit + core.device.unfit,
    ...session.lost,
    corrected: core.corrected,
    ...(core.elements !== undefined && { elements: core.elements }),
  });
}
