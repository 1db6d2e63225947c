import { atomic, Future, sleep } from "corona";

interface Job { run(): void }
const slow: Job = { run() { sleep(0); } };
const quick: Job = { run() {} };

const made = await new Promise<Job>((resolve) => resolve(slow));
const light = await new Promise<Job>((resolve) => { setTimeout(() => resolve(quick), 0); });
let later: Job = quick;
later = new Future<Job>((resolve) => resolve(slow)).get();

class Deferred<T> {
  promise: Promise<T>;
  resolve!: (value: T) => void;
  constructor() { this.promise = new Promise<T>((resolve) => { this.resolve = resolve; }); }
}
const deferred = new Deferred<Job>();
deferred.resolve(slow);
const waited = await deferred.promise;

const { promise, resolve } = Promise.withResolvers<Job>();
resolve(Promise.resolve(slow));
let given: Job = quick;
given = await promise;

const pair = Future.withResolvers<Job>();
pair.resolve(quick);
const calm = pair.promise.get();

atomic(() => {
  made.run(); //~ blocks: what the promise was resolved with sleeps
  light.run(); //~ safe: resolved with a job that does nothing
  later.run(); //~ blocks: the future was resolved with the one that sleeps
  waited.run(); //~ blocks: resolved through a method that keeps the resolver
  given.run(); //~ blocks: resolved with a promise of the one that sleeps
  calm.run(); //~ safe: resolved with a job that does nothing
});
