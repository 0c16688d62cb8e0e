/**
 * Who may be shown. A verified person's memory opens only when this page view says that person is
 * signed in; otherwise a sign-out on the server, followed by another visitor, greets the wrong person.
 * It decides what this page shows of this browser's own store and needs no signature for that.
 */

/** This browser's active person: nobody yet, or one whom the site knows as `user`, or who is anonymous. */
export type Active = { readonly user?: string } | undefined;

/** What the page says: nothing, that nobody is signed in, or who is. */
export type Says = string | null | undefined;

export type Passage =
  /** The active person is shown at once. */
  | 'show'
  /** Nobody is known; a new anonymous person begins. */
  | 'new'
  /** The named person begins, or comes back when this browser has their memory; whoever was active is put aside. */
  | 'switch'
  /** Verified, but the page does not say who is here: nothing is shown, nothing is changed. */
  | 'closed'
  /** The site says that nobody is signed in any more. */
  | 'signed-out';

export function gate(active: Active, says: Says): Passage {
  const user = active?.user;
  if (typeof says === 'string') return user === says ? 'show' : 'switch';
  if (!active) return 'new';
  if (user === undefined) return 'show';
  return says === null ? 'signed-out' : 'closed';
}
