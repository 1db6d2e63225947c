// The extension: starts the language server and says what VS Code itself cannot know. Everything about programs is asked
// of `corona lsp`.

import { execFile } from "node:child_process";
import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from "vscode-languageclient/node";
import { RunAdapter } from "./run_adapter.js";
import { type CoronaTask, provider, task } from "./tasks.js";

const LANGUAGES = ["javascript", "javascriptreact", "typescript", "typescriptreact"];

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const command = (name: string, run: (...args: never[]) => unknown) =>
    context.subscriptions.push(vscode.commands.registerCommand(name, run));
  command("corona.restartServer", restart);
  command("corona.run", (file?: string) => execute({ type: "corona", command: "run", file: file ?? openFile() }));
  command("corona.watch", (file?: string) => execute({ type: "corona", command: "watch", file: file ?? openFile() }));
  command("corona.check", () => execute({ type: "corona", command: "check" }));
  context.subscriptions.push(
    vscode.tasks.registerTaskProvider("corona", provider),
    vscode.debug.registerDebugAdapterDescriptorFactory("corona", {
      createDebugAdapterDescriptor: () => new vscode.DebugAdapterInlineImplementation(new RunAdapter(program())),
    }),
    vscode.debug.registerDebugConfigurationProvider("corona", {
      // F5 without a launch.json: the file that is open.
      resolveDebugConfiguration: (folder, given: Partial<vscode.DebugConfiguration>) => ({
        ...{ type: "corona", request: "launch", name: "Run with Corona", program: "${file}" },
        cwd: folder === undefined ? "${fileDirname}" : folder.uri.fsPath,
        ...given,
      }),
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("corona.path") || change.affectsConfiguration("corona.enable")) void restart();
    }),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

export function program(): string {
  return vscode.workspace.getConfiguration("corona").get<string>("path") || "corona";
}

async function start(): Promise<void> {
  if (!vscode.workspace.getConfiguration("corona").get<boolean>("enable", true)) return;
  const server: ServerOptions = { command: program(), args: ["lsp"] };
  const options: LanguageClientOptions = {
    documentSelector: LANGUAGES.map((language) => ({ scheme: "file", language })),
    // VS Code brings TypeScript's server along, and the command is this extension's.
    initializationOptions: { besideTypeScript: true, runCommand: true },
    synchronize: {
      fileEvents: vscode.workspace.createFileSystemWatcher(
        "**/{*.{js,mjs,cjs,jsx,ts,mts,cts,tsx,json},package.json,tsconfig*.json,corona.json}",
      ),
    },
  };
  // Asked here, because the client would say the same in words that lead nowhere.
  const problem = await new Promise<Error | null>((resolve) => execFile(program(), ["--version"], resolve));
  if (problem) {
    void complain(problem);
    return;
  }
  client = new LanguageClient("corona", "Corona", server, options);
  await client.start();
}

async function complain(problem: Error): Promise<void> {
  const settings = "Open Settings";
  const message = `Corona cannot be started (${program()}): ${problem.message}`;
  const chosen = await vscode.window.showErrorMessage(message, settings);
  if (chosen === settings) await vscode.commands.executeCommand("workbench.action.openSettings", "corona.path");
}

async function restart(): Promise<void> {
  const old = client;
  client = undefined;
  await old?.stop();
  await start();
}

function openFile(): string | undefined {
  return vscode.window.activeTextEditor?.document.uri.fsPath;
}

async function execute(definition: CoronaTask): Promise<void> {
  if (definition.command !== "check" && definition.file === undefined) {
    void vscode.window.showInformationMessage("Open the file that is to be run.");
    return;
  }
  const file = definition.file === undefined ? vscode.window.activeTextEditor?.document.uri : vscode.Uri.file(definition.file);
  const folder = file && vscode.workspace.getWorkspaceFolder(file);
  await vscode.window.activeTextEditor?.document.save();
  await vscode.tasks.executeTask(task(definition, folder ?? vscode.workspace.workspaceFolders?.[0]));
}
