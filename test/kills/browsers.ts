/** Browsers on profiles that outlive them, and how one is killed: all of its processes, at once, without a word. */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';
import { launch, type Browser, type LaunchOptions } from 'puppeteer-core';
import { chromiumArgs, findChromium, findFirefox } from '../helpers/find-browser.mjs';
import { ended } from '../helpers/engines.js';

export interface Running {
  /** Opens another tab; nobody waits for it. */
  open(url: string): void;
  /** Asks it to close as a person does, and does not wait. */
  ask(): void;
  /** Resolves when it has closed by itself. */
  closed(): Promise<void>;
  /** SIGKILL to all of it; resolves when none of it runs any more. */
  kill(): Promise<void>;
}

export type BrowserName = 'chromium' | 'firefox';

const OPTIONS: Readonly<Record<BrowserName, () => LaunchOptions>> = {
  chromium: () => ({ executablePath: findChromium(), args: chromiumArgs }),
  firefox: () => ({ browser: 'firefox', executablePath: findFirefox() }),
};

/** @param temporary where it may leave what it does not come to remove. */
export async function start(
  name: BrowserName,
  profile: string,
  temporary: string,
  url: string,
): Promise<Running> {
  const launched = () =>
    launch({
      ...OPTIONS[name](),
      headless: true,
      userDataDir: profile,
      env: { ...process.env, TMPDIR: temporary },
    });
  // Once more: when a Firefox has ended, Puppeteer puts its preferences back, and does not say when it has.
  const browser = await launched().catch(launched);
  const child = browser.process();
  const pid = child?.pid;
  if (!child || pid === undefined) throw new Error(`${name} has no process of its own.`);
  const closed = () => ended(child);
  void browser.pages().then(
    ([first]) => go(browser, url, first),
    () => undefined,
  );
  return {
    open: (other) => void go(browser, other),
    ask: () => void browser.close().catch(() => undefined),
    closed,
    async kill() {
      try {
        // Puppeteer makes it the leader of a process group, so that none of it is left.
        process.kill(-pid, 'SIGKILL');
      } catch {
        // ESRCH: it has ended already.
      }
      await closed();
      // A part that is still dying holds the databases of the next.
      while (isRunning(pid)) await after(5);
    },
  };
}

type Tab = Awaited<ReturnType<Browser['pages']>>[number];

/** The browser may be gone at any moment. */
async function go(browser: Browser, url: string, tab?: Tab): Promise<void> {
  try {
    await (tab ?? (await browser.newPage())).goto(url);
  } catch {
    // Killed while it was opening.
  }
}

/** Whether any process of a group still runs; where there is no /proc it is believed to have ended. */
function isRunning(group: number): boolean {
  try {
    return readdirSync('/proc').some((pid) => /^\d+$/.test(pid) && isOf(pid, group));
  } catch {
    return false;
  }
}

function isOf(pid: string, group: number): boolean {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, , of] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return Number(of) === group && state !== 'Z';
  } catch {
    return false; // it has ended meanwhile
  }
}
