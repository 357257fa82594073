// Opens the explorer (Banana Cake Pop) in headless Chromium, runs a query in it, and takes a picture.
// node explorer.mjs URL QUERY OUT_PNG EXPECTED [OPTIONS_JSON]; an empty QUERY keeps what the page has. It prints {ok, step, text, consoleErrors, failedRequests, foreignRequests}.
// ok says that EXPECTED appeared in the response pane; step is the last one begun; text is what the pane shows (its visible lines);
// foreignRequests are the addresses on other hosts that the page asked for. Options: executablePath, headers, milliseconds, and
// choose: [SHOWN, WANTED], to run another operation of the document than the one the page shows.
import { chromium } from 'playwright-core';

const [url, query, picture, expected, optionsJson = '{}'] = process.argv.slice(2);
const { executablePath = '/usr/bin/chromium', headers, milliseconds = 30_000, choose } = JSON.parse(optionsJson);
const settled = text => text.replaceAll('\u00a0', ' ');

const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, extraHTTPHeaders: headers });
page.setDefaultTimeout(milliseconds);

const result = { ok: false, step: '', text: '', consoleErrors: [], failedRequests: [], foreignRequests: [] };
page.on('console', message => message.type() === 'error' && result.consoleErrors.push(message.text()));
page.on('pageerror', error => result.consoleErrors.push(error.message));
page.on('response', response => response.status() >= 400 && result.failedRequests.push(`${response.status()} ${response.url()}`));
page.on('request', request => {
  const address = new URL(request.url());
  if (address.protocol.startsWith('http') && address.host !== new URL(url).host) result.foreignRequests.push(request.url());
});

const run = page.getByRole('button', { name: 'Run Operation' });
const editors = page.locator('.monaco-editor');
const operations = page.getByRole('checkbox');
const builder = async () => (await page.getByText(/:\s*(Query|Mutation|Subscription)$/).allInnerTexts()).join() + await operations.count();

async function until(condition, wait = milliseconds) {
  const limit = performance.now() + wait;
  while (!await condition()) {
    if (performance.now() > limit) throw new Error(`Waited ${wait} ms.`);
    await page.waitForTimeout(100);
  }
}

const dense = text => settled(text).replace(/\s/g, '');
const holds = async () => dense(await editors.first().locator('.view-lines').innerText()).startsWith(dense(query).slice(0, 40));

// Pasted: in typed text the editor would close the braces by itself.
async function enter() {
  const before = await builder();
  // The builder lists the operation once the page has parsed it; a run before that sends nothing.
  // An editor that the page is still making anew loses what is pasted.
  await until(async () => {
    await editors.first().click();
    await page.keyboard.press('ControlOrMeta+A');
    await editors.first().locator('textarea').evaluate((area, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      area.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, query);
    return until(async () => await holds() && await builder() !== before, 3_000).then(() => true, () => false);
  });
  await operations.first().waitFor();
}

const steps = {
  async 'open the page'() {
    await page.goto(url);
  },
  // A fresh profile shows a start page; a remembered one goes straight to its document.
  async 'create a document'() {
    const create = page.getByRole('button', { name: 'Create Document' });
    await create.or(run).first().waitFor();
    if (!await run.isVisible()) await create.click();
    await run.waitFor();
  },
  // Shown when the page cannot tell the endpoint from its own address.
  async 'accept the connection settings'() {
    const dialog = page.getByRole('dialog');
    if (await dialog.isVisible()) await dialog.getByRole('button', { name: /apply|connect|save/i }).click();
  },
  async 'wait for the schema'() {
    await page.getByText('Schema available').waitFor();
    // The request editor is the last to be there: a query entered before that is lost.
    await editors.nth(2).waitFor();
    await editors.first().locator('.view-line').first().waitFor({ state: 'attached' });
  },
  async 'wait for the first document'() {
    // Lines that are empty hold a space that does not break.
    if (settled(await editors.first().locator('.view-lines').innerText()).trim()) await operations.first().waitFor();
  },
  async 'enter the query'() {
    if (query) await enter();
  },
  async 'choose the operation'() {
    if (!choose) return;
    const [shown, wanted] = choose;
    const chosen = page.locator('button').getByText(wanted, { exact: true });
    // A page still at work on the document closes the menu, or forgets what was chosen in it.
    await until(async () => {
      if (await chosen.isVisible()) return true;
      await page.keyboard.press('Escape');
      await page.locator('button').getByText(shown, { exact: true }).click({ timeout: 3_000 }).catch(() => {});
      await page.getByText(wanted, { exact: true }).last().click({ timeout: 3_000 }).catch(() => {});
      return chosen.waitFor({ timeout: 3_000 }).then(() => true, () => false);
    });
    // While the menu closes it lies over the page and takes the clicks.
    await page.getByRole('menu').waitFor({ state: 'hidden' });
  },
  async 'run it and wait for the response'() {
    const pane = editors.last().locator('.view-lines');
    const answered = async () => {
      result.text = settled(await pane.innerText());
      return result.ok = result.text.includes(expected);
    };
    // A page still at work on the document swallows a click; the button says Run as long as nothing is running.
    await until(async () => {
      // The document that the page opens with may come late and take the place of what was entered.
      if (query && !await holds()) await enter();
      if (await run.isVisible()) await run.click();
      return until(answered, 5_000).then(() => true, () => false);
    });
  },
};

try {
  for (const [name, step] of Object.entries(steps)) {
    result.step = name;
    await step();
  }
} catch (error) {
  result.text ||= error.message;
}
await page.screenshot({ path: picture }).catch(error => result.text ||= error.message);
await browser.close();
console.log(JSON.stringify(result));
