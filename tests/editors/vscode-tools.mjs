// What the extension brings beside the language server: tasks with their problems, running, the colour of `atomic`, and the
// schema of `corona.json`.

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { command, goTo, openFile, problems, runTask, texts, wait } from "./vscode-page.mjs";

const HELLO = 'import { sleep } from "corona";\n\nsleep(1);\nconsole.log("hello", 6 * 7);\n';
async function output(page) {
  return (await texts(page, ".xterm-rows > div")).join("\n");
}

async function lens(page) {
  await openFile(page, "hello.ts");
  await wait("offers to run the file", async () => {
    for (const link of await page.$$(".codelens-decoration a")) {
      const text = await link.evaluate((it) => it.textContent ?? "");
      if (text.replaceAll("\u00a0", " ").includes("Run with Corona")) {
        await link.click();
        return true;
      }
    }
    return false;
  });
  await wait("runs it in a terminal", async () => (await output(page)).includes("hello 42"));
}

/** In the settings of the workspace, which VS Code watches. */
export function enableServer(project, enabled) {
  mkdirSync(join(project, ".vscode"), { recursive: true });
  writeFileSync(join(project, ".vscode/settings.json"), JSON.stringify({ "corona.enable": enabled }));
}

/** Without the server, what is in the list of problems can only come from the task; with it nothing is there twice. */
export async function matcher(page, project) {
  const heads = /CORONA2001|blocking-in-atomic/;
  const found = async () => (await problems(page)).filter((it) => heads.test(it));
  // Of a task that ends at once VS Code may miss the last lines: then it is run once more.
  await wait("lists what the task has found", async () => {
    await runTask(page, "corona: check");
    for (let turns = 0; turns < 60; turns++) {
      if ((await found()).length === 2) return true;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return false;
  });
  for (const [index, row] of (await found()).entries()) {
    const place = ["[Ln 9, Col 5]", "[Ln 15, Col 5]"][index];
    if (!row.includes(place)) throw new Error(`not at ${place}: ${row}`);
  }
  enableServer(project, true);
  await wait("has it once, although the server finds it too and knows more", async () => {
    const isMore = (await problems(page)).some((it) => it.includes("`sleep` may block (corona)"));
    return isMore && (await found()).length === 2;
  });
}

async function watched(page, project) {
  await openFile(page, "hello.ts");
  await runTask(page, "corona: watch hello.ts");
  await wait("watches", async () => /\[watch\] started in/.test(await output(page)));
  const found = async () => (await problems(page)).some((it) => it.includes("CORONA1011"));
  writeFileSync(join(project, "hello.ts"), `${HELLO}let = ;\n`);
  await wait("lists what a change has broken", found);
  writeFileSync(join(project, "hello.ts"), HELLO);
  await wait("and nothing once it is mended", async () => !(await found()));
  await command(page, "Tasks: Terminate Task");
  await page.keyboard.press("Enter");
}

async function debug(page, project) {
  mkdirSync(join(project, ".vscode"), { recursive: true });
  const configurations = [{ type: "corona", request: "launch", name: "Hello", program: "hello.ts" }];
  writeFileSync(join(project, ".vscode/launch.json"), JSON.stringify({ version: "0.2.0", configurations }));
  await openFile(page, "hello.ts");
  await command(page, "Debug: Start Debugging");
  await wait("shows what a debugged program prints", async () =>
    (await texts(page, ".repl .monaco-list-row")).some((it) => it.includes("hello 42")),
  );
  rmSync(join(project, ".vscode"), { recursive: true });
}

async function colour(page) {
  await openFile(page, "main.ts");
  await goTo(page, "7:3");
  await command(page, "Developer: Inspect Editor Tokens and Scopes");
  await wait("colours atomic", async () =>
    (await texts(page, ".token-inspect-widget")).some((it) => it.includes("keyword.control.atomic.corona")),
  );
  await page.keyboard.press("Escape");
}

async function schema(page, project) {
  const file = join(project, "corona.json");
  writeFileSync(file, '{ "chekc": {} }\n');
  await openFile(page, "corona.json");
  await wait("knows what corona.json may say", async () =>
    (await problems(page)).some((it) => it.includes("Property chekc is not allowed")),
  );
  await command(page, "View: Close Editor");
  rmSync(file);
}

export async function tools(page, project) {
  writeFileSync(join(project, "hello.ts"), HELLO);
  await colour(page);
  await schema(page, project);
  await lens(page);
  await watched(page, project);
  await debug(page, project);
}
