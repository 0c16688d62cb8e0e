import process from 'node:process';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import puppeteer from 'puppeteer-core';
import { findFirefox } from '../helpers/find-browser.mjs';
import { totalsReporter } from '../helpers/totals.mjs';
import base from '../../web-test-runner.config.mjs';

/** The browser tests in the engine named by ENGINE; run.mjs starts what it needs. */
const engines = {
  Chromium: () => base.browsers[0],
  Firefox: () =>
    chromeLauncher({
      puppeteer,
      launchOptions: { browser: 'firefox', executablePath: findFirefox(), headless: true },
      createBrowserContext: ({ browser }) => browser.defaultBrowserContext(),
    }),
  WebKitGTK: async () => {
    const { webdriverLauncher } = await import('@web/test-runner-webdriver');
    return webdriverLauncher({
      automationProtocol: 'webdriver',
      hostname: '127.0.0.1',
      port: Number(process.env.WEBKIT_PORT),
      path: '/',
      capabilities: {
        browserName: 'MiniBrowser',
        'wdio:enforceWebDriverClassic': true,
        'webkitgtk:browserOptions': { binary: process.env.WEBKIT_BINARY, args: ['--automation'] },
      },
    });
  },
};

const engine = process.env.ENGINE ?? 'Chromium';
const runs = process.env.PROPERTY_RUNS;

export default {
  ...base,
  rootDir: process.cwd(),
  browsers: [await engines[engine]()],
  // Where all pages share one profile, files run one after the other.
  concurrency: engine === 'Chromium' ? base.concurrency : 1,
  browserStartTimeout: 60_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 240_000,
  testFramework: { config: { timeout: 60_000 } },
  testRunnerHtml: (testFramework) => `<!doctype html><html><head></head><body>
    <script>${runs === undefined ? '' : `history.replaceState(null, '', location.href + '&runs=${Number(runs)}');`}</script>
    <script type="module" src="${testFramework}"></script>
  </body></html>`,
  reporters: [defaultReporter({ reportTestProgress: false }), totalsReporter(engine)],
};
