// Tasks: `corona run`, `check` and `build` with their problems in the Problems view.

import * as vscode from "vscode";
import { program } from "./extension.js";

/** An entry of type "corona" in tasks.json. */
export interface CoronaTask extends vscode.TaskDefinition {
  command: "run" | "watch" | "check" | "build";
  file?: string;
  args?: string[];
}

const PROGRAM = /\.[cm]?[jt]sx?$/;

export const provider: vscode.TaskProvider = {
  provideTasks: () => {
    const checks = (vscode.workspace.workspaceFolders ?? []).map((folder) => task({ type: "corona", command: "check" }, folder));
    const open = vscode.window.activeTextEditor?.document.uri;
    if (open?.scheme !== "file" || !PROGRAM.test(open.fsPath)) return checks;
    const folder = vscode.workspace.getWorkspaceFolder(open);
    const file = vscode.workspace.asRelativePath(open, false);
    const programs = (["run", "watch"] as const).map((command) => task({ type: "corona", command, file }, folder));
    return [...checks, ...programs];
  },
  resolveTask: (given) => {
    const folder = typeof given.scope === "object" ? given.scope : undefined;
    return task(given.definition as CoronaTask, folder);
  },
};

/** The task that a definition means. */
export function task(definition: CoronaTask, folder: vscode.WorkspaceFolder | undefined): vscode.Task {
  const words = definition.command === "watch" ? ["run", "--watch", "--no-clear-screen"] : [definition.command];
  const file = definition.file === undefined ? [] : [definition.file];
  const options = folder === undefined ? {} : { cwd: folder.uri.fsPath };
  const execution = new vscode.ProcessExecution(program(), [...words, ...file, ...(definition.args ?? [])], options);
  const name = [definition.command, ...file.map((path) => vscode.workspace.asRelativePath(path))].join(" ");
  const matcher = definition.command === "watch" ? "$corona-watch" : "$corona";
  const made = new vscode.Task(definition, folder ?? vscode.TaskScope.Workspace, name, "corona", execution, matcher);
  if (definition.command === "check") made.group = vscode.TaskGroup.Test;
  if (definition.command === "build") made.group = vscode.TaskGroup.Build;
  made.isBackground = definition.command === "watch";
  return made;
}
