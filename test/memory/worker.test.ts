import { expect } from '@open-wc/testing';
import { deleted } from '../store/support.js';
import { databasesLeft, testBrowser, type TestBrowser } from './support.js';

describe('in a worker', () => {
  const workers: Worker[] = [];
  after(() => workers.forEach((worker) => worker.terminate()));

  it('a memory keeps and recalls; there is no visit, and a grant makes a database, which closing lets go of', async () => {
    const browser = testBrowser();
    expect(await answerOf(browser)).to.deep.equal({ names: [], kept: ['page', 'device'] });
    expect(await answerOf(browser)).to.deep.include({ before: { given: 'Ana' }, kept: ['device', 'device'] });
    // While the workers are still there. WebKit 2.50 never closes a database that it is closing, behind a transaction that
    // is just ending, when the worker is terminated: nobody can delete it then until the page is gone.
    for (const name of await databasesLeft(browser)) await deleted(`customer-memory:${browser.site}${name}`);
  });

  function answerOf(browser: TestBrowser): Promise<object> {
    const worker = new Worker(new URL(`./worker.ts?site=${browser.site}`, import.meta.url), {
      type: 'module',
    });
    workers.push(worker);
    return new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<object>) =>
        resolve(JSON.parse(JSON.stringify(data)) as object);
      worker.onerror = ({ message }) => reject(new Error(message));
    });
  }
});
