// Drives VS Code, served to a headless browser by code-server, with the packaged extension: opens a file, waits for the
// findings, takes quick fixes and saves.
// `node vscode.mjs <code-server> <chromium> <corona> <corona.vsix> <project> [folder for screenshots]`

import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import puppeteer from "puppeteer-core";
import { goTo, keys, problems, say, texts, wait } from "./vscode-page.mjs";
import { enableServer, matcher, tools } from "./vscode-tools.mjs";

const [server, chromium, corona, extension, project, screenshots] = process.argv.slice(2);
const home = process.env.HOME;
const folders = ["--user-data-dir", join(home, "vscode"), "--extensions-dir", join(home, "extensions")];

/** Starts code-server; resolves with its process and what it has printed once `until` matches that, or at its end. */
function start(args, until) {
  const child = spawn(server, [...folders, ...args], { detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  return new Promise((resolve, reject) => {
    const take = (chunk) => {
      printed += chunk;
      const match = until?.exec(printed);
      if (match) resolve({ child, match });
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.on("error", reject);
    child.on("exit", (code) => (code === 0 && !until ? resolve({ child }) : reject(new Error(`code-server ended with ${code}\n${printed}`))));
  });
}

/** Takes the quick fix at the cursor whose title begins so. */
async function fix(page, title) {
  const menu = ".action-widget .action";
  // The menu is empty until the server has answered: asked again, it is there.
  await wait(`offers to ${title}`, async () => {
    await page.keyboard.press("Escape");
    await keys(page, "Control+Period");
    try {
      await page.waitForSelector(menu, { visible: true, timeout: 2000 });
    } catch {
      return false;
    }
    return (await texts(page, menu)).some((it) => it.startsWith(title));
  });
  for (const action of await page.$$(menu)) {
    const text = await action.evaluate((it) => it.textContent ?? "");
    if (text.replaceAll("\u00a0", " ").startsWith(title)) return await action.click();
  }
}

async function save(page, what, isSaved) {
  await wait(what, async () => {
    await keys(page, "Control+KeyS");
    return isSaved(readFileSync(join(project, "main.ts"), "utf8"));
  });
}

async function drive(page, url) {
  const file = JSON.stringify([["openFile", `vscode-remote://${new URL(url).host}${project}/main.ts`]]);
  await page.goto(`${url}/?folder=${project}&payload=${encodeURIComponent(file)}`);
  await page.waitForSelector(".monaco-editor .view-line", { timeout: 90_000 });
  await matcher(page, project);
  await wait("shows what is found", async () => (await page.$$(".monaco-editor .squiggly-error")).length === 2);
  await wait("marks calls that may suspend", async () => (await texts(page, ".view-line")).some((it) => it.includes("⏸")));
  await wait("says what blocks", async () => (await texts(page, ".codelens-decoration")).some((it) => it.includes("blocks: yes")));
  await wait("lists the findings, and nothing that TypeScript does not know", async () => {
    const all = (await problems(page)).join("\n");
    return all.includes("blocking-in-atomic") && all.includes("`sleep` may block (corona)") && !all.includes("Cannot find");
  });
  await goTo(page, "9:5");
  await picture(page, "vscode.png");
  await fix(page, "Suppress blocking-in-atomic here");
  await save(page, "writes the comment", (text) => text.includes("// corona-ignore blocking-in-atomic"));
  await wait("has one finding less", async () => (await page.$$(".monaco-editor .squiggly-error")).length === 1);
  await goTo(page, "16:5");
  await fix(page, "Start sleep inside");
  await save(page, "starts it inside and waits after the section", (text) => /started = sleep\.future\(1\);[^]*\n {2}started\?\.get\(\);/.test(text));
  await wait("is content, and so is TypeScript", async () => (await problems(page)).length === 0);
  await tools(page, project);
}

async function picture(page, name) {
  if (screenshots) await page.screenshot({ path: join(screenshots, name) });
}

mkdirSync(join(home, "vscode/User"), { recursive: true });
writeFileSync(
  join(home, "vscode/User/settings.json"),
  JSON.stringify({
    "security.workspace.trust.enabled": false,
    "workbench.startupEditor": "none",
    "workbench.tips.enabled": false,
    "workbench.colorTheme": "Default Light Modern",
    "editor.minimap.enabled": false,
    "telemetry.telemetryLevel": "off",
    "window.menuBarVisibility": "hidden",
    "workbench.layoutControl.enabled": false,
    // Its text can be read from the page then.
    "terminal.integrated.gpuAcceleration": "off",
  }),
);
mkdirSync(join(home, "vscode/Machine"), { recursive: true });
// The server asks a login shell for the PATH, and that knows nothing of the program under test. Paths are a matter of the
// machine: the user's settings do not count where VS Code is served from another one.
writeFileSync(join(home, "vscode/Machine/settings.json"), JSON.stringify({ "corona.path": corona }));
enableServer(project, false);
await start(["--install-extension", extension]);
say("installs the extension");
const { child, match } = await start(
  ["--auth", "none", "--disable-telemetry", "--disable-update-check", "--bind-addr", "127.0.0.1:0"],
  /HTTP server listening on (http:\S+?)\/?\s/,
);
const browser = await puppeteer.launch({
  executablePath: chromium,
  args: ["--no-sandbox", "--force-color-profile=srgb"],
  defaultViewport: { width: 1100, height: 700 },
});
try {
  const page = await browser.newPage();
  try {
    await drive(page, match[1]);
  } catch (error) {
    const seen = join(home, "..", "corona-vscode.png");
    await page.screenshot({ path: seen });
    throw new Error(`${error.message}; what it looked like is in ${seen}`, { cause: error });
  }
} finally {
  await browser.close();
  process.kill(-child.pid, "SIGKILL");
}
process.exit(0);
