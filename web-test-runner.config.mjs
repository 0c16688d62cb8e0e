import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { bundledDependencies } from './test/helpers/bundled-dependencies.mjs';
import { chromiumArgs, findChromium } from './test/helpers/find-browser.mjs';
import { totalsReporter } from './test/helpers/totals.mjs';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** Tests in a real browser; `npm run test:browser -- --files test/facts/key.test.ts` for one file. */
export default {
  files: [
    'test/**/*.test.ts',
    '!test/**/*.node.test.ts',
    '!test/{bench,engines,frameworks}/**',
    '!**/node_modules/**',
  ],
  nodeResolve: { browser: true, exportConditions: ['browser', 'production'] },
  concurrency: 2,
  testsFinishTimeout: 120_000,
  testFramework: { config: { timeout: 20_000 } },
  plugins: [
    bundledDependencies(),
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      tsconfig: fileURLToPath(new URL('tsconfig.json', import.meta.url)),
      define: {
        'process.env.NODE_ENV': '"development"',
        __VERSION__: JSON.stringify(version),
        __CHUNKS__: '{}',
      },
    }),
  ],
  browsers: [
    chromeLauncher({
      launchOptions: { executablePath: findChromium(), args: chromiumArgs },
      // Files that run at the same time share no storage, and none is in the background.
      createPage: async ({ browser }) => (await browser.createBrowserContext()).newPage(),
    }),
  ],
  reporters: [defaultReporter({ reportTestProgress: false }), totalsReporter()],
};
