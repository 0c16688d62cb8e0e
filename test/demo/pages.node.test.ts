import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { shop } from '../../demo/app.js';
import { app, get, LANGUAGES, PAGES } from './shop.js';

describe('a page of the shop', () => {
  for (const [lang, prefix] of Object.entries(LANGUAGES)) {
    for (const page of PAGES) {
      it(`answers without a script: ${prefix}${page}`, async () => {
        const { status, html } = await get(prefix + page);
        assert.equal(status, 200);
        assert.match(html, new RegExp(`<html lang="${lang}" dir="${lang === 'ar' ? 'rtl' : 'ltr'}"`));
        assert.equal(html.match(/<h1/g)?.length, 1);
        assert.doesNotMatch(
          html.replace(/<script[^>]*>.*?<\/script>/gs, ''),
          /\{\w+\}(?![^<]*>)/,
          'a hole was left in a sentence',
        );
        assert.doesNotMatch(html, /undefined|\[object/);
      });

      it(`has no script or style inline: ${prefix}${page}`, async () => {
        const { html } = await get(prefix + page);
        for (const [tag] of html.matchAll(/<script\b[^>]*>/g))
          assert.match(tag, / src="|type="application\/json"/);
        assert.doesNotMatch(html, /<style\b/);
        for (const [tag] of html.matchAll(/<\w[^>]*>/g)) assert.doesNotMatch(tag, /\s(?:style|on\w+)=/);
      });
    }
  }

  it('links only to pages that are there', async () => {
    const met = new Set<string>(['/', '/de', '/ar']);
    for (const path of met) {
      const { status, html } = await get(path);
      assert.equal(status, 200, path);
      for (const [, address = ''] of html.matchAll(/<a\b[^>]*? href="(\/[^"]*)"/g)) {
        const url = address.replaceAll('&amp;', '&');
        if (!url.includes('theme=')) met.add(url);
      }
    }
    assert.ok(met.size > 30, `only ${met.size} pages were met`);
  });

  it('brings one policy that allows no inline script and no other origin', async () => {
    for (const page of ['/', '/nothing-here', '/shop/style.css']) {
      const policy = (await get(page)).headers.get('Content-Security-Policy') ?? '';
      for (const part of [
        "script-src 'self'",
        "style-src 'self'",
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
        "require-trusted-types-for 'script'",
        'trusted-types customer-memory',
      ]) {
        assert.ok(policy.split('; ').includes(part), `${page}: ${part}`);
      }
    }
  });

  it('keeps nothing about anybody: no cookie on any page', async () => {
    for (const page of PAGES) assert.equal((await get(page)).headers.get('Set-Cookie'), null);
  });

  it('says so where nothing is', async () => {
    for (const path of [
      '/nothing-here',
      '/de/nothing-here',
      '/bicycles/tandem',
      '/workshop/promise?service=gears&day=soon',
      '/thanks',
    ]) {
      const { status, html } = await get(path);
      assert.equal(status, 404, path);
      assert.match(html, /<h1/);
    }
  });

  it('lives at one address: ?lang and /en lead there', async () => {
    for (const [from, to] of [
      ['/checkout?lang=de&item=furt', '/de/checkout?item=furt'],
      ['/de/support?lang=en', '/support'],
      ['/en/workshop', '/workshop'],
      ['/?lang=ar', '/ar'],
    ] as const) {
      const answer = await app.request(from);
      assert.equal(answer.status, 302);
      assert.equal(answer.headers.get('Location'), to);
    }
  });

  it('carries the light in its links, so that it needs no storage', async () => {
    const { html } = await get('/de?theme=dark');
    assert.match(html, /data-theme="dark"/);
    assert.match(html, /href="\/de\/workshop\?theme=dark"/);
    assert.match(html, /href="\/\?theme=dark" lang="en"/);
  });

  it('promises after an order the next morning on which the workshop is open, by name where that is not tomorrow', async () => {
    const thanks = (way: string) =>
      `/thanks?item=furt&frameSize=M&colour=bottle&delivery=${way}&number=K-123456`;
    for (const way of ['home', 'pickup']) {
      for (const [prefix, promised] of [
        ['', 'Mike builds it on the morning of <bdi>Tuesday 24 November</bdi>.'],
        ['/de', 'Mike baut es am <bdi>Dienstag, 24. November</bdi>, morgens auf.'],
        ['/ar', 'يركّبها مايك صباح <bdi>الثلاثاء، 24 نوفمبر</bdi>،'],
      ] as const)
        assert.ok((await get(prefix + thanks(way))).html.includes(promised), prefix + way);
      const midweek = shop({
        dist: 'nowhere',
        scripts: new Map(),
        now: () => new Date('2026-11-25T09:00:00Z'),
      });
      assert.match(await (await midweek.request(thanks(way))).text(), /Mike builds it tomorrow morning\./);
    }
  });

  it('preselects what the address says, and the first of what the shop has otherwise', async () => {
    const { html } = await get('/bicycles/furt?frameSize=XL&colour=plaid&delivery=pickup');
    assert.match(html, /value="XL"[^>]* checked/);
    assert.match(html, /value="cobalt"[^>]* checked/);
    assert.match(html, /value="pickup"[^>]* checked/);
  });
});
