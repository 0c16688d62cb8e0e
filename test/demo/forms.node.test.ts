import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { app, get, ORDER, post } from './shop.js';

/** What stands beside a field as its error. */
const errorOf = (html: string, field: string): string | undefined =>
  html.match(new RegExp(`id="${field}-error"[^>]*>([^<]+)<`))?.[1];

describe('the checkout', () => {
  it('leads to a thank-you page that says by when', async () => {
    const { status, location } = await post('/de/checkout', ORDER);
    assert.equal(status, 303);
    const { html } = await get(location ?? '');
    assert.match(location ?? '', /^\/de\/thanks\?/);
    assert.match(html, /Samstag,? 28\. November/);
  });

  it('puts no person and no card into the address', async () => {
    const { location } = await post('/checkout', ORDER);
    assert.deepEqual([...new URL(location ?? '', 'http://shop').searchParams.keys()].sort(), [
      'colour',
      'delivery',
      'frameSize',
      'item',
      'number',
    ]);
  });

  it('says beside each field what is missing, and keeps what was written', async () => {
    const { status, html } = await post('/checkout', {
      ...ORDER,
      email: 'ana',
      postcode: ' ',
      cardExpiry: '2029',
    });
    assert.equal(status, 422);
    assert.match(errorOf(html, 'email') ?? '', /@/);
    assert.match(errorOf(html, 'postcode') ?? '', /postcode/);
    assert.match(errorOf(html, 'cardExpiry') ?? '', /09\/29/);
    assert.equal(errorOf(html, 'name'), undefined);
    assert.match(
      html,
      /<input id="email"[^>]* aria-describedby="email-error" aria-invalid="true"[^>]* value="ana"/,
    );
    assert.match(html, /id="street"[^>]* value="Rua das Flores 21"/);
    assert.match(html, /role="alert"/);
  });

  it('never sends a card back', async () => {
    const { html } = await post('/checkout', { ...ORDER, email: '' });
    assert.doesNotMatch(html, /4111|value="123"|09\/29"/);
  });

  it('says beside each field of a card that it is asked for once more', async () => {
    const { html } = await post('/checkout', { ...ORDER, cardCode: '' });
    assert.equal(errorOf(html, 'cardNumber'), 'Once more, please: we keep no card.');
    assert.equal(errorOf(html, 'cardExpiry'), 'Once more, please: we keep no card.');
    assert.match(errorOf(html, 'cardCode') ?? '', /Three or four digits/);
  });

  it('asks for no address when the bicycle is picked up', async () => {
    const { status } = await post('/checkout', {
      ...ORDER,
      delivery: 'pickup',
      street: '',
      postcode: '',
      city: '',
      country: '',
    });
    assert.equal(status, 303);
  });

  it('shows markup that somebody typed as what they typed', async () => {
    const { html } = await post('/checkout', { ...ORDER, name: '"><script>alert(1)</script>', email: '' });
    assert.match(html, /&quot;&gt;&lt;script&gt;/);
    assert.doesNotMatch(html, /<script>alert/);
  });

  it('is no checkout without a bicycle', async () => {
    assert.equal((await post('/checkout', { ...ORDER, item: 'tandem' })).status, 422);
  });
});

describe('the workshop', () => {
  const REPAIR = {
    service: 'wheel',
    bicycle: 'Furt',
    day: '2026-11-28',
    name: 'Ana',
    email: 'ana@example.com',
    note: '',
  };

  it('answers a booking with a promise: who does what by when, in the shop’s time', async () => {
    const { status, location } = await post('/workshop', REPAIR);
    assert.equal(status, 303);
    const { html } = await get(location ?? '');
    assert.match(
      html,
      /Mike will true your wheel by <time datetime="2026-11-28T12:00:00\.000Z">Saturday 28 November at 13:00<\/time>/,
    );
  });

  it('admits when the time has passed', async () => {
    assert.match((await get('/workshop/promise?service=wheel&day=2026-11-20')).html, /We said .*has passed/s);
  });

  it('knows summer time', async () => {
    assert.match(
      (await get('/workshop/promise?service=gears&day=2027-07-01')).html,
      /datetime="2027-07-01T15:00:00\.000Z">Thursday 1 July at 17:00/,
    );
  });

  it('offers only days on which it is open', async () => {
    const { html } = await get('/workshop');
    const days = [...html.matchAll(/<option value="(\d{4}-\d{2}-\d{2})"/g)].map(([, day]) =>
      new Date(`${day}T12:00:00Z`).getUTCDay(),
    );
    assert.equal(days.length, 8);
    assert.ok(days.every((day) => day >= 2 && day <= 6));
  });

  it('says beside each field what is missing', async () => {
    const { status, html } = await post('/de/workshop', { ...REPAIR, service: '', day: '2026-11-23' });
    assert.equal(status, 422);
    assert.ok(errorOf(html, 'service'));
    assert.ok(errorOf(html, 'day'));
    assert.match(html, /id="bicycle"[^>]* value="Furt"/);
  });
});

describe('the support chat without a script', () => {
  it('comes back with the answer, and carries what was said', async () => {
    const first = await post('/support', { text: 'My gears rattle', send: '1' });
    assert.equal(first.status, 200);
    assert.match(first.html, /spoken-mike.*barrel adjuster/s);
    const second = await post('/support', {
      said: ['My gears rattle'],
      text: 'Which size fits me?',
      send: '1',
    });
    assert.equal(second.html.match(/spoken-you/g)?.length, 2);
    assert.match(second.html, /barrel adjuster.*165 cm/s);
  });

  it('takes a beginning that is offered', async () => {
    const { html } = await post('/ar/support', { text: '', starter: 'متى تفتحون؟' });
    assert.match(html, /من الثلاثاء إلى الجمعة من العاشرة/);
  });

  it('says the same to the same words, and sends a topic that comes twice to the workshop', async () => {
    const ask = async (said: readonly string[]): Promise<string> =>
      (await post('/support', { said, text: 'the brakes squeal', send: '1' })).html;
    assert.equal(await ask([]), await ask([]));
    assert.match(await ask(['my brakes']), /more than I can tell from here/);
  });

  it('ends when the visitor says so, and can begin again', async () => {
    const { html } = await post('/support', { said: ['My gears rattle'], text: '', end: '1' });
    assert.match(html, /data-ended>/);
    assert.match(html, /data-compose hidden/);
  });

  it('asks for a word when there is none', async () => {
    const { status, html } = await post('/support', { text: '  ', send: '1' });
    assert.equal(status, 422);
    assert.match(html, /aria-describedby="text-error"/);
  });

  it('answers its script the same, whatever origin the frame has', async () => {
    const answer = await app.request('/de/support/answer', {
      method: 'POST',
      body: new URLSearchParams({ said: 'Meine Bremsen quietschen' }),
    });
    assert.equal(answer.headers.get('Access-Control-Allow-Origin'), '*');
    assert.equal(((await answer.json()) as { title: string }).title, 'Bremsen');
  });

  it('survives what no visitor would send', async () => {
    for (const body of ['', 'said', 'said=', 'text=x']) {
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
      assert.equal((await app.request('/support/answer', { method: 'POST', body, headers })).status, 400);
    }
    assert.equal((await app.request('/checkout', { method: 'POST', body: 'x' })).status, 422);
    assert.equal(
      (
        await app.request('/support', {
          method: 'POST',
          body: 'x'.repeat(300_000),
          headers: { 'Content-Type': 'text/plain' },
        })
      ).status,
      413,
    );
  });
});
