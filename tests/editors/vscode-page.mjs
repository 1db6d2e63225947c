// What a person does in VS Code, and sees there: keys, commands, texts. Driven through a headless browser.

const LIMIT_MS = 60_000;

export function say(what) {
  console.log(`  ${what}`);
}

/** Waits until a condition holds: nothing else here takes the place of that. */
export async function wait(what, condition) {
  const end = Date.now() + LIMIT_MS;
  for (;;) {
    const found = await condition();
    if (found) {
      say(what);
      return found;
    }
    if (Date.now() > end) throw new Error(`it never ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export async function keys(page, chord) {
  const names = chord.split("+");
  for (const name of names.slice(0, -1)) await page.keyboard.down(name);
  await page.keyboard.press(names.at(-1));
  for (const name of names.slice(0, -1).reverse()) await page.keyboard.up(name);
}

/** The text of the elements; VS Code writes spaces that do not break. */
export function texts(page, selector) {
  return page.$$eval(selector, (all) => all.map((it) => (it.textContent ?? "").replaceAll("\u00a0", " ")));
}

export async function goTo(page, place) {
  await keys(page, "Control+KeyG");
  await page.waitForSelector(".quick-input-widget input", { visible: true });
  await page.keyboard.type(place);
  await page.keyboard.press("Enter");
}

/** Takes the entry of the list that is open, or opens soon, with that label. */
async function take(page, title) {
  for (let turns = 0; turns < 60; turns++) {
    for (const row of await page.$$(".quick-input-widget .monaco-list-row")) {
      const label = await row.evaluate((it) => it.querySelector(".label-name")?.textContent ?? "");
      if (label.replaceAll("\u00a0", " ").trim() === title) {
        await row.click();
        return true;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

async function choose(page, title) {
  await page.keyboard.press("Escape");
  await keys(page, "F1");
  await page.waitForSelector(".quick-input-widget input", { visible: true });
  await page.keyboard.type(title);
  return await take(page, title);
}

export async function command(page, title) {
  await wait(`has the command ${title}`, () => choose(page, title));
}

/** The list of tasks has a folder for each type. */
export async function runTask(page, title) {
  await wait(`runs the task ${title}`, async () => {
    return (await choose(page, "Tasks: Run Task")) && (await take(page, "corona")) && (await take(page, title));
  });
}

/** Opens a file of the workspace's top folder from the explorer. */
export async function openFile(page, name) {
  await wait(`opens ${name}`, async () => {
    for (const row of await page.$$(".explorer-folders-view .monaco-list-row")) {
      if ((await row.evaluate((it) => it.textContent ?? "")).trim() !== name) continue;
      await row.click({ count: 2 });
      return (await texts(page, ".tab.active")).some((it) => it.includes(name));
    }
    return false;
  });
}

/** What the list of problems says, a line each. Tasks put their terminal before it. */
export async function problems(page) {
  const isShown = await page.$$eval(".markers-panel", (all) => all.some((it) => it.offsetParent !== null));
  if (!isShown) await keys(page, "Control+Shift+KeyM");
  return await texts(page, ".markers-panel .monaco-list-row");
}
