/** New browser processes on profiles of their own, and the pages of the bench in them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';
import { chromiumArgs, findChromium } from '../helpers/find-browser.mjs';

/** A call of the slowest contestant may take minutes. */
const PATIENCE = 600_000;

export async function openBench(port) {
  const folder = await mkdtemp(join(tmpdir(), 'customer-memory-bench-'));
  let version = '';

  return {
    /** Names of the profiles that have been filled. */
    filled: new Set(),
    /** What the browser calls itself, once one was launched. */
    get browser() {
      return version;
    },
    visit,
    forget: (profile) => rm(join(folder, profile), { recursive: true, force: true, maxRetries: 5 }),
    close: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };

  /**
   * Launches a browser on that profile, opens a page of the bench, and waits until the browser has ended.
   *
   * @param before is given the tab before it opens the page.
   */
  async function visit(profile, address, use, before = async () => undefined) {
    const browser = await puppeteer.launch({
      executablePath: findChromium(),
      args: chromiumArgs,
      headless: true,
      userDataDir: join(folder, profile),
      protocolTimeout: PATIENCE,
    });
    const ended = new Promise((resolve) => browser.process().once('exit', resolve));
    try {
      version = await browser.version();
      const [tab] = await browser.pages();
      tab.setDefaultTimeout(PATIENCE);
      // Another origin's page, as whoever opens a browser sees one first: what follows waits for no part of the browser that is still to be started.
      await tab.goto(`http://127.0.0.1:${port}/`);
      await before(tab);
      await tab.goto(`http://localhost:${port}/${address}`);
      return await use(tab);
    } finally {
      await browser.close();
      await ended;
    }
  }
}
