import { BLOCKED } from './common.js';

/** What `memory-consent` says. */
export const consent = {
  'consent.device': 'Remember me on this device',
  'consent.device.hint':
    'Your name, your choices and our conversations, so you don’t have to say them twice. See or delete them any time.',
  'consent.purposes': 'For this only: {purposes}.',
  'consent.granted': 'Remembered from now on. Untick it and we forget.',
  'consent.refuse': 'No thanks',
  'consent.refused':
    'All right. This visit is forgotten when you close the tab. We won’t ask again for six months.',
  'consent.failed': 'That did not work. Nothing was changed.',
  'storage.blocked': BLOCKED,
};
