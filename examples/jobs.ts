// A job queue: takes jobs over HTTP, works on a few at a time, and tells how they are doing.
//
//     corona run examples/jobs.ts [port] [workers]
//     curl -d '{"task":"primes","below":100000}' http://localhost:8080/jobs      {"id":1}
//     curl http://localhost:8080/jobs/1                                          {"id":1,"state":"done","result":9592}
//
// The queue is a bounded Channel. When it is full the client hears so at once (503) instead of filling the memory.
// SIGTERM ends it in order: no new jobs, those in the queue are finished, then the process ends.

import { Channel, scope, timeout, yieldNow } from "corona";
import { serve } from "corona:http";
import { args, onSignal } from "corona:process";
import { sleep } from "corona:time";

const QUEUE_JOBS_MAX = 100;
const JOB_MS_MAX = 30_000;

interface Job {
  id: number;
  state: "waiting" | "running" | "done" | "failed";
  result?: unknown;
  error?: string;
}

type Order = { task?: string; [option: string]: unknown };

const jobs = new Map<number, Job>();
const queue = new Channel<{ job: Job; order: Order }>(QUEUE_JOBS_MAX);
const [port = "8080", workers = "4"] = args;

/** What can be done. */
const tasks: Record<string, (order: Order) => unknown> = {
  /** Counts primes. Long computations let others run now and then. */
  primes({ below }) {
    const end = Number(below);
    if (!(end >= 0 && end <= 10_000_000)) throw new RangeError("below must be from 0 to 10000000");
    const composite = new Uint8Array(end);
    let count = 0;
    for (let n = 2; n < end; n++) {
      if (n % 65_536 === 0) yieldNow();
      if (composite[n]) continue;
      count++;
      for (let multiple = n * n; multiple < end; multiple += n) composite[multiple] = 1;
    }
    return count;
  },
  /** Takes its time. */
  wait({ ms }) {
    sleep(Number(ms));
    return `waited ${ms} ms`;
  },
};

const server = serve({ port: Number(port) }, (request) => {
  const { pathname } = new URL(request.url);
  if (request.method === "POST" && pathname === "/jobs") return accept(request);
  const id = /^\/jobs\/(\d+)$/.exec(pathname)?.[1];
  const job = id === undefined ? undefined : jobs.get(Number(id));
  return job ? Response.json(job) : Response.json({ error: "no such job" }, { status: 404 });
});
console.log(`Jobs on ${server.url}`);

for (const signal of ["SIGTERM", "SIGINT"]) onSignal(signal, () => queue.close());

// The scope ends when the queue is closed and the workers have emptied it.
scope((s) => {
  for (let i = 0; i < Number(workers); i++) {
    s.spawn(() => {
      for (const { job, order } of queue) work(job, order);
    });
  }
});
server.shutdown({ timeout: 5_000 });
const failed = [...jobs.values()].filter((job) => job.state === "failed").length;
console.log(`${jobs.size} jobs, ${failed} failed.`);

function accept(request: Request): Response {
  let order: Order;
  try {
    order = request.json().get();
    if (typeof order !== "object" || order === null || !Object.hasOwn(tasks, order.task ?? "")) throw new Error();
  } catch {
    const error = `send {"task": …} with one of ${Object.keys(tasks).join(", ")}`;
    return Response.json({ error }, { status: 400 });
  }
  if (queue.closed) return Response.json({ error: "shutting down" }, { status: 503 });
  const job: Job = { id: jobs.size + 1, state: "waiting" };
  if (!queue.trySend({ job, order })) {
    return Response.json({ error: "the queue is full" }, { status: 503, headers: { "retry-after": "1" } });
  }
  jobs.set(job.id, job);
  return Response.json({ id: job.id }, { status: 202 });
}

/** Runs a job to its end; a failure is the job's, not the worker's. */
function work(job: Job, order: Order) {
  job.state = "running";
  try {
    job.result = timeout(JOB_MS_MAX, () => tasks[order.task!](order));
    job.state = "done";
  } catch (error) {
    job.state = "failed";
    job.error = (error as Error).message;
  }
}
