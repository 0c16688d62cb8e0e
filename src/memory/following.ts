/** Follows what happens elsewhere: in other tabs, while the page was in the back/forward cache, in the site's consent manager. */
import { readGeneration } from '../store/generation.js';
import { attempt } from '../store/visit.js';
import type { Session } from './session.js';
import type { Shelf } from './shelf.js';

/** Returns what stops it. */
export function follow(shelf: Shelf): () => void {
  const { core, opening } = shelf;
  const { consent, platform, site } = core.settings;

  shelf.hear((message) => {
    if (core.closed) return;
    const { left } = Object(message) as { left?: Partial<Session> };
    // What somebody else has said stays theirs.
    if (left && left.user === core.session.user) opening.restart(true);
    else look();
  });
  const stops = [
    platform.visibility.onChange((state) => {
      // Out of the back/forward cache: a later page of this tab may have said more since, or forgotten.
      if (state === 'restored' && !core.closed) opening.restart();
      // What another tab has said may not have come through.
      else if (state === 'shown') look();
    }),
  ];
  // A blocker may have kept it from working.
  attempt(() => {
    if (typeof consent === 'object') stops.push(consent.subscribe(followConsent));
  });
  return () => stops.forEach((stop) => stop?.());

  /** Where another tab has taken something away since this one looked, nothing of the device stays in view until it has been asked. */
  function look(): void {
    const gen = readGeneration(platform.local, site);
    if (core.closed) return;
    if (gen !== core.gen && core.session.local) hide();
    core.gen = gen;
    opening.again();
  }

  function followConsent(): void {
    const grant = core.granted();
    const { session } = core;
    if (core.closed || !grant) return;
    if (!grant.device && session.local) hide();
    if (session.gate === 'waiting-for-consent') session.gate = 'open';
    opening.again();
  }

  function hide(): void {
    core.session.closed = true;
    core.session.ready = false;
    core.changed();
  }
}
