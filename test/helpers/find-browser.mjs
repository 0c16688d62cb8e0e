/**
 * Finds the browsers that the tests drive; on a bare Debian machine, as root, it installs them. It
 * knows nothing of how they are launched.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';

const CHROMIUM = {
  title: 'Chrome or Chromium',
  variable: 'CHROME_PATH',
  commands: ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'chrome'],
  places: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  ],
  packages: ['chromium', 'fonts-noto-core', 'fonts-dejavu-core'],
};

const FIREFOX = {
  title: 'Firefox',
  variable: 'FIREFOX_PATH',
  commands: ['firefox-esr', 'firefox'],
  places: [
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
  ],
  packages: ['firefox-esr'],
};

const WEBKIT_DRIVER = {
  title: "WebKitGTK's driver",
  variable: 'WEBKIT_DRIVER_PATH',
  commands: ['WebKitWebDriver'],
  places: [],
  packages: ['webkit2gtk-driver'],
};

const XVFB = { title: 'Xvfb', variable: 'XVFB_PATH', commands: ['Xvfb'], places: [], packages: ['xvfb'] };

/** The path of Chrome or Chromium. Throws a sentence that says what to install. */
export const findChromium = () => find(CHROMIUM);

/** The path of Firefox. */
export const findFirefox = () => find(FIREFOX);

/** The paths of WebKitGTK's driver, its small browser, and the X server that it needs. */
export function findWebKit() {
  const driver = find(WEBKIT_DRIVER);
  const browser = miniBrowser();
  if (browser === undefined)
    throw new Error(missing('WebKitGTK’s MiniBrowser', 'MINI_BROWSER_PATH', WEBKIT_DRIVER.packages));
  return { driver, browser, xvfb: find(XVFB) };
}

/** Chromium and Firefox refuse their sandbox to root. */
export const isRoot = process.getuid?.() === 0;

/** Arguments with which Chromium runs quietly, here and in a container. */
export const chromiumArgs = [
  ...(isRoot ? ['--no-sandbox'] : []),
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-dev-shm-usage',
];

function find(browser) {
  const found = look(browser);
  if (found !== undefined) return found;
  if (install(browser.packages)) {
    const installed = look(browser);
    if (installed !== undefined) return installed;
  }
  throw new Error(missing(browser.title, browser.variable, browser.packages));
}

function look({ title, variable, commands, places }) {
  const named = process.env[variable];
  if (named) {
    if (isExecutable(named)) return named;
    throw new Error(`${variable} is ${named}, which is not a program: set it to the path of ${title}.`);
  }
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return [...commands.flatMap((command) => folders.map((folder) => join(folder, command))), ...places].find(
    isExecutable,
  );
}

function miniBrowser() {
  const named = process.env.MINI_BROWSER_PATH;
  if (named) return isExecutable(named) ? named : undefined;
  const listed = spawnSync('dpkg', ['-L', 'webkit2gtk-driver', 'libwebkit2gtk-4.1-0'], { encoding: 'utf8' });
  return (listed.stdout ?? '')
    .split('\n')
    .find((path) => path.endsWith('/MiniBrowser') && isExecutable(path));
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false; // not there, or not ours to run
  }
}

/** As root on Debian and its kin: installs the packages and says whether that worked. */
function install(packages) {
  if (!isRoot || !existsSync('/usr/bin/apt-get')) return false;
  console.error(`Installing ${packages.join(', ')}, once …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) =>
    spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
  apt('update', '-qq');
  return apt('install', '-y', '-qq', '--no-install-recommends', ...packages);
}

function missing(title, variable, packages) {
  return `The tests need ${title}: install it (on Debian: apt-get install ${packages.join(' ')}) or set ${variable} to its path.`;
}
