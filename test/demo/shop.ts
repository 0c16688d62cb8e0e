import { shop } from '../../demo/app.js';

/** A Sunday, on which the shop is closed. */
export const SUNDAY = new Date('2026-11-22T09:00:00Z');

/** The shop without a network, without a built tag, on a day that does not pass. */
export const app = shop({ dist: 'nowhere', scripts: new Map(), now: () => SUNDAY });

/** The address of a page in each language. */
export const LANGUAGES = { en: '', de: '/de', ar: '/ar' } as const;

export const PAGES = [
  '/',
  '/bicycles/furt',
  '/bicycles/lade',
  '/bicycles/sattel',
  '/checkout',
  '/checkout?item=furt&frameSize=M&colour=bottle',
  '/thanks?item=furt&frameSize=M&colour=bottle&delivery=pickup&number=K-123456',
  '/workshop',
  '/workshop/promise?service=gears&day=2026-11-26',
  '/support',
  '/account',
] as const;

export async function get(path: string): Promise<{ status: number; html: string; headers: Headers }> {
  const answer = await app.request(path);
  return { status: answer.status, html: await answer.text(), headers: answer.headers };
}

/** Posts a form as a browser without script does; a name may come several times. */
export async function post(
  path: string,
  fields: Readonly<Record<string, string | readonly string[]>>,
): Promise<{ status: number; html: string; location: string | null }> {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields))
    for (const one of [value].flat()) body.append(name, String(one));
  const answer = await app.request(path, {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  });
  return { status: answer.status, html: await answer.text(), location: answer.headers.get('Location') };
}

export const ORDER = {
  item: 'furt',
  frameSize: 'M',
  colour: 'bottle',
  delivery: 'home',
  name: 'Ana Silva',
  email: 'ana@example.com',
  phone: '',
  street: 'Rua das Flores 21',
  postcode: '4050-262',
  city: 'Porto',
  country: 'PT',
  cardNumber: '4111 1111 1111 1111',
  cardExpiry: '09/29',
  cardCode: '123',
} as const;
