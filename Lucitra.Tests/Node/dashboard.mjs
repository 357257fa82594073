// Drives the page /dashboard in headless Chromium, command by command: each line it reads is a JSON object with `do`, one of the steps
// below, and each line it prints is the step's answer. node dashboard.mjs URL [OPTIONS_JSON]; options: executablePath, milliseconds.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const [url, optionsJson = '{}'] = process.argv.slice(2);
const { executablePath = '/usr/bin/chromium', milliseconds = 45_000 } = JSON.parse(optionsJson);
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-US', timezoneId: 'UTC', reducedMotion: 'reduce' });
const page = await context.newPage();
page.setDefaultTimeout(milliseconds);

const faults = [];
page.on('pageerror', error => faults.push(error.message));
page.on('request', request => {
  const { protocol, host } = new URL(request.url());
  if (protocol.startsWith('http') && host !== new URL(url).host) faults.push(`asked another host: ${request.url()}`);
});
// The page learns that nobody is signed in by a 401, which the console shows as an error.
page.on('console', message => message.type() === 'error' && !message.text().includes('401') && faults.push(message.text()));
await context.exposeBinding('violated', (_, what) => faults.push(`Content-Security-Policy: ${what}`));
await context.addInitScript(() => document.addEventListener('securitypolicyviolation', event => window.violated(`${event.violatedDirective} ${event.blockedURI}`)));

const figures = () => page.locator('.tile').evaluateAll(tiles => Object.fromEntries(tiles.map(tile => {
  const section = tile.closest('section').querySelector('h2').textContent;
  const currency = tile.closest('.currency')?.querySelector('h3').textContent;
  const text = name => tile.querySelector(name).firstChild.textContent;
  return [[section, currency, text('dt')].filter(Boolean).join('/'), { now: text('strong'), before: tile.querySelector('.before').innerText }];
})));

const steps = {
  open: async () => {
    await page.goto(url);
    await page.getByLabel('E-mail address').waitFor();
  },
  // With the keyboard alone: the first field has the focus.
  signIn: async ({ email, password }) => {
    await page.keyboard.type(email);
    await page.keyboard.press('Tab');
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await page.locator('section').first().or(page.getByRole('alert')).first().waitFor();
    return { problem: await page.getByRole('alert').allInnerTexts(), stored: await page.evaluate(() => document.cookie.length + localStorage.length + sessionStorage.length) };
  },
  live: () => page.getByText('Live', { exact: true }).waitFor(),
  figures,
  // Waits until a figure is as given.
  until: async ({ label, now }) => {
    const limit = performance.now() + milliseconds;
    for (;;) {
      const seen = (await figures())[label]?.now;
      if (seen === now) return;
      if (performance.now() > limit) throw new Error(`${label} is ${seen} and not ${now}.`);
      await page.waitForTimeout(100);
    }
  },
  replay: async () => {
    await page.getByRole('button', { name: /^Replay company/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Replay' }).click();
    await page.getByText('1 event put back into the queue.').waitFor();
    await page.getByText('No dead letters').waitFor();
  },
  openDialog: () => page.getByRole('button', { name: /^Discard company/ }).click(),
  closeDialog: () => page.keyboard.press('Escape'),
  choose: async ({ name, value }) => {
    await page.locator(`select[name=${name}]`).selectOption(value);
    await page.locator('#figures:not([aria-busy=true])').waitFor();
    return { search: new URL(page.url()).search };
  },
  back: async () => {
    await page.goBack();
    return { search: new URL(page.url()).search };
  },
  signOut: async () => {
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('E-mail address').waitFor();
  },
  // What axe finds wrong, and how many pixels the page is too wide.
  judge: async ({ colorScheme, width, picture }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 900 });
    await page.waitForTimeout(100);
    if (picture) await page.screenshot({ path: picture, fullPage: true });
    if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run(document));
    return {
      violations: violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => `${node.html} ${node.failureSummary}`).join(' | ')}`),
      excess: await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
    };
  },
  faults: () => faults,
};

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  try {
    console.log(JSON.stringify({ ok: true, answer: await steps[command.do](command) ?? null }));
  } catch (error) {
    console.log(JSON.stringify({ ok: false, answer: `${command.do}: ${error.message}`, faults, text: await page.locator('body').innerText().catch(() => '') }));
  }
}
await browser.close();
