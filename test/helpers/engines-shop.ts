/** The demo shop on a free port of this machine, with a tag built for it, and what it was sent. */
import type { AddressInfo } from 'node:net';
import { Hono } from 'hono';
import { shop } from '../../demo/app.js';
import { buildClient } from '../../demo/build-client.js';
import { listen } from '../../demo/listen.js';
import { buildTag } from './built-tag.js';

export interface OpenShop {
  readonly url: string;
  /** Forms that were posted, with the path they were posted to. */
  readonly posted: { readonly path: string; readonly fields: Readonly<Record<string, string>> }[];
  /** Reports of browsers about the Content Security Policy, as they came. */
  readonly reports: string[];
  /** Cookies it set or was sent. */
  readonly cookies: string[];
  /** Pages besides the shop's own, by path. */
  readonly pages: Map<string, string>;
  /** Waited for before an answer is sent. */
  before: (path: string) => Promise<void> | undefined;
  close(): Promise<void>;
}

export async function openShop(): Promise<OpenShop> {
  const [built, scripts] = await Promise.all([buildTag(), buildClient()]);
  const inside = shop({ dist: built.dir, scripts });
  const posted: OpenShop['posted'] = [];
  const reports: string[] = [];
  const cookies: string[] = [];
  const pages = new Map<string, string>();

  const outside = new Hono();
  outside.post('/csp', async (context) => {
    reports.push(await context.req.text());
    return context.body(null, 204);
  });
  outside.all('*', async (context) => {
    const { path } = context.req;
    await open.before(path);
    const page = pages.get(path);
    if (page !== undefined) return context.html(page);
    if (context.req.method === 'POST') {
      const form = await context.req.raw.clone().formData();
      posted.push({
        path,
        fields: Object.fromEntries([...form].map(([name, value]) => [name, String(value)])),
      });
    }
    const answer = await inside.fetch(context.req.raw);
    cookies.push(...[context.req.header('Cookie') ?? []].flat(), ...answer.headers.getSetCookie());
    const policy = answer.headers.get('Content-Security-Policy');
    if (policy) answer.headers.set('Content-Security-Policy', `${policy}; report-uri /csp`);
    return answer;
  });

  const { server } = await listen(outside, 0);
  const open: OpenShop = {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    posted,
    reports,
    cookies,
    pages,
    before: () => undefined,
    async close() {
      if ('closeAllConnections' in server) server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await built.remove();
    },
  };
  return open;
}
