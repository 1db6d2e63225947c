// Takes pictures of what runs in a terminal: a program in a real pseudo-terminal, its output drawn by xterm.js in a
// headless browser. `node terminal.mjs <chromium> <nvim> <folder for screenshots>`, in the project.

import { spawn } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import puppeteer from "puppeteer-core";

const LIMIT_MS = 60_000;
const [chromium, nvim, screenshots] = process.argv.slice(2);
const library = createRequire(import.meta.url).resolve("@xterm/xterm");

/** A terminal in the page, and a program in it. */
async function open(browser, rows, columns, command) {
  const page = await browser.newPage();
  await page.setViewport({ width: columns * 10, height: rows * 20 });
  await page.setContent(`<body style="margin: 0"><div id="it" style="width: max-content; padding: 8px; background: #1e1e1e"></div></body>`);
  await page.addScriptTag({ path: library });
  await page.addStyleTag({ path: join(library, "../../css/xterm.css") });
  await page.evaluate(
    (rows, cols) => {
      const theme = { background: "#1e1e1e", foreground: "#d4d4d4" };
      globalThis.terminal = new Terminal({ rows, cols, theme, fontSize: 13, fontFamily: "DejaVu Sans Mono", scrollback: 0 });
      terminal.open(document.getElementById("it"));
    },
    rows,
    columns,
  );
  const line = `stty rows ${rows} cols ${columns}; exec ${command}`;
  const env = { ...process.env, TERM: "xterm-256color", COLORTERM: "truecolor", SHELL: "/bin/sh" };
  const child = spawn("script", ["-qfc", line, "/dev/null"], { env, stdio: ["pipe", "pipe", "inherit"], detached: true });
  let drawn = Promise.resolve();
  child.stdout.on("data", (chunk) => {
    const bytes = chunk.toString("base64");
    drawn = drawn.then(() =>
      page.evaluate((bytes) => new Promise((done) => terminal.write(Uint8Array.from(atob(bytes), (it) => it.charCodeAt(0)), done)), bytes),
    );
  });
  const text = async () => {
    await drawn;
    return await page.evaluate(() => {
      const { active } = terminal.buffer;
      return Array.from({ length: active.length }, (_, row) => active.getLine(row)?.translateToString(true)).join("\n");
    });
  };
  const until = async (wanted) => {
    const end = Date.now() + LIMIT_MS;
    while (!wanted.every((it) => it.test(seen))) {
      if (Date.now() > end) throw new Error(`there is no ${wanted} in\n${seen}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
      seen = await text();
    }
  };
  let seen = "";
  const shoot = async (name) => {
    await (await page.$("#it")).screenshot({ path: join(screenshots, name) });
    console.log(`  ${name}`);
  };
  return { child, until, shoot, close: () => process.kill(-child.pid, "SIGKILL") };
}

async function pictureOfNeovim(browser) {
  const marks = "-c 'lua if vim.lsp.inlay_hint then vim.lsp.inlay_hint.enable(true) end'";
  const lines = "-c 'lua vim.diagnostic.config({ virtual_lines = true })'";
  const it = await open(browser, 24, 115, `${nvim} -n -c "set number noruler laststatus=0" ${marks} ${lines} main.ts`);
  await it.until([/leads to a call that may block/, /⏸/]);
  await it.shoot("neovim.png");
  it.close();
}

/** Watched: an error is shown while the old program goes on, and mended. */
async function pictureOfWatch(browser) {
  const serve = (answer) => `import { serve } from "corona:http";\n\nserve({ port: 0 }, () => new Response(${answer}));\n`;
  writeFileSync("service.ts", serve('"one"'));
  const command = "sh -c 'echo \"$ corona check main.ts\"; corona check main.ts; echo; echo \"$ corona run --watch service.ts\"; exec corona run --watch --no-clear-screen service.ts'";
  const it = await open(browser, 42, 150, command);
  await it.until([/started in/]);
  writeFileSync("service.ts", serve('"two'));
  await it.until([/the old program goes on/]);
  writeFileSync("service.ts", serve('"two"'));
  await it.until([/restarted in/]);
  await it.shoot("terminal.png");
  it.close();
  rmSync("service.ts");
}

const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox", "--force-color-profile=srgb"] });
try {
  await pictureOfNeovim(browser);
  await pictureOfWatch(browser);
} finally {
  await browser.close();
}
process.exit(0);
