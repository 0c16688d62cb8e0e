import { launch, type Browser, type LaunchOptions } from 'puppeteer-core';
import { chromiumArgs, findChromium } from './find-browser.mjs';

/** The Chromium of this machine, as the tests run it. */
export function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  return launch({ executablePath: findChromium(), args: [...chromiumArgs], headless: true, ...options });
}
