import type { Core } from './core.js';
import type { Status } from './types.js';

type DeviceState = { readonly state: Status['storage']['device']; readonly reason?: string };

export function statusOf(core: Core, device: DeviceState | undefined, failure: string | undefined): Status {
  const { session, settings } = core;
  const { visit } = session;
  const reason = failure ?? device?.reason;
  return Object.freeze({
    state: core.closed
      ? 'closed'
      : session.ready
        ? 'ready'
        : session.provisional
          ? 'provisional'
          : 'starting',
    kept: session.subject ? 'device' : visit.kept ? 'visit' : 'page',
    storage: Object.freeze({
      session: visit.overflow ? 'full' : visit.kept ? 'ok' : 'blocked',
      device: failure ? 'failed' : (device?.state ?? (settings.platform.indexedDB ? 'unused' : 'blocked')),
      ...(reason !== undefined && { reason }),
    }),
    gate: session.gate,
    sync: 'off',
    unfit: session.view.unfit + core.device.unfit,
    corrected: core.corrected,
    ...(core.elements !== undefined && { elements: core.elements }),
  });
}
