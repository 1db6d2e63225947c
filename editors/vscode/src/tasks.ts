// Tasks: `corona run`, `check` and `build` with their problems in the Problems view.

import * as vscode from "vscode";
import { program } from "./extension.js";

/** An entry of type "corona" in tasks.json. */
export interface CoronaTask extends vscode.TaskDefinition {
  command: "run" | "watch" | "check" | "build";
  file?: string;
  args?: string[];
}

export const provider: vscode.TaskProvider = {
  provideTasks: () =>
    (vscode.workspace.workspaceFolders ?? []).map((folder) => task({ type: "corona", command: "check" }, folder)),
  resolveTask: (given) => {
    const folder = typeof given.scope === "object" ? given.scope : undefined;
    return task(given.definition as CoronaTask, folder);
  },
};

/** The task that a definition means. */
export function task(definition: CoronaTask, folder: vscode.WorkspaceFolder | undefined): vscode.Task {
  const words = definition.command === "watch" ? ["run", "--watch"] : [definition.command];
  const file = definition.file === undefined ? [] : [definition.file];
  const options = folder === undefined ? {} : { cwd: folder.uri.fsPath };
  const execution = new vscode.ProcessExecution(program(), [...words, ...file, ...(definition.args ?? [])], options);
  const name = [definition.command, ...file.map((path) => vscode.workspace.asRelativePath(path))].join(" ");
  const made = new vscode.Task(definition, folder ?? vscode.TaskScope.Workspace, name, "corona", execution, "$corona");
  if (definition.command === "check") made.group = vscode.TaskGroup.Test;
  if (definition.command === "build") made.group = vscode.TaskGroup.Build;
  made.isBackground = definition.command === "watch";
  return made;
}
