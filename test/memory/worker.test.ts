import { expect } from '@open-wc/testing';
import { deleted } from '../store/support.js';
import { databasesLeft, testBrowser, type TestBrowser } from './support.js';

describe('in a worker', () => {
  it('a memory keeps and recalls; there is no visit, and a grant makes a database', async () => {
    const browser = testBrowser();
    expect(await answerOf(browser)).to.deep.equal({ names: [], kept: ['page', 'device'] });
    expect(await answerOf(browser)).to.deep.include({ before: { given: 'Ana' }, kept: ['device', 'device'] });
    for (const name of await databasesLeft(browser)) await deleted(`customer-memory:${browser.site}${name}`);
  });
});

function answerOf(browser: TestBrowser): Promise<object> {
  const worker = new Worker(new URL(`./worker.ts?site=${browser.site}`, import.meta.url), { type: 'module' });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<object>) => {
      worker.terminate();
      resolve(JSON.parse(JSON.stringify(data)) as object);
    };
    worker.onerror = ({ message }) => reject(new Error(message));
  });
}
