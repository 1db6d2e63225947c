// "Run and Debug" for Corona: runs a program and shows its output. It is no debugger (the runtime has none yet), and
// says so at each breakpoint.

import { type ChildProcess, spawn } from "node:child_process";
import * as vscode from "vscode";

interface Launch {
  program: string;
  args?: string[];
  runtimeArgs?: string[];
  cwd?: string;
  env?: Record<string, string>;
}

interface Request {
  seq: number;
  type: string;
  command: string;
  arguments?: unknown;
}

/** The part of the Debug Adapter Protocol that running needs. */
export class RunAdapter implements vscode.DebugAdapter {
  readonly #messages = new vscode.EventEmitter<vscode.DebugProtocolMessage>();
  readonly onDidSendMessage = this.#messages.event;
  readonly #corona: string;
  #child: ChildProcess | undefined;
  #seq = 1;

  constructor(corona: string) {
    this.#corona = corona;
  }

  handleMessage(message: vscode.DebugProtocolMessage): void {
    const request = message as Request;
    if (request.type !== "request") return;
    switch (request.command) {
      case "initialize":
        this.#answer(request, { supportsTerminateRequest: true });
        this.#event("initialized");
        break;
      case "launch":
        this.#launch(request, request.arguments as Launch);
        break;
      case "setBreakpoints": {
        const { breakpoints = [] } = request.arguments as { breakpoints?: unknown[] };
        const why = "Corona runs programs here, and cannot stop them at breakpoints yet.";
        this.#answer(request, { breakpoints: breakpoints.map(() => ({ verified: false, message: why })) });
        break;
      }
      case "threads":
        this.#answer(request, { threads: [{ id: 1, name: "program" }] });
        break;
      case "terminate":
      case "disconnect":
        // The second time without mercy: the program may take its time over the first.
        this.#child?.kill(request.command === "terminate" ? "SIGTERM" : "SIGKILL");
        this.#answer(request);
        break;
      default:
        this.#answer(request);
    }
  }

  dispose(): void {
    this.#child?.kill("SIGKILL");
    this.#messages.dispose();
  }

  #launch(request: Request, launch: Launch): void {
    const args = ["run", ...(launch.runtimeArgs ?? []), launch.program, ...(launch.args ?? [])];
    const env = { ...process.env, FORCE_COLOR: "1", ...launch.env };
    const child = spawn(this.#corona, args, { cwd: launch.cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    this.#child = child;
    child.once("spawn", () => this.#answer(request));
    child.once("error", (error) => {
      this.#send({ type: "response", request_seq: request.seq, command: request.command, success: false, message: error.message });
      this.#event("terminated");
    });
    for (const category of ["stdout", "stderr"] as const) {
      child[category]?.setEncoding("utf8").on("data", (output: string) => this.#event("output", { category, output }));
    }
    child.once("close", (code, signal) => {
      if (signal !== null) this.#event("output", { category: "console", output: `ended by ${signal}\n` });
      this.#event("exited", { exitCode: code ?? 1 });
      this.#event("terminated");
    });
  }

  #answer(request: Request, body?: object): void {
    this.#send({ type: "response", request_seq: request.seq, command: request.command, success: true, body });
  }

  #event(event: string, body?: object): void {
    this.#send({ type: "event", event, body });
  }

  #send(message: object): void {
    this.#messages.fire({ seq: this.#seq++, ...message } as vscode.DebugProtocolMessage);
  }
}
