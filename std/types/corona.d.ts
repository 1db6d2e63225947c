// Module "corona": coroutines and what joins them. "Blocks" means: suspends the coroutine that calls, and no other;
// inside an atomic section such a call throws WouldBlockError (CORONA1002) even if it would not have waited this time.
// Wrong arguments throw a TypeError with code CORONA1001. Any wait throws CancelledError (CORONA1003) when its task is
// cancelled.

declare module "corona" {
  // ------------------------------------------------------------------------------------------ tasks and futures

  /**
   * A promise that can also be waited for. `await`, `then` and everything else of promises work on it.
   */
  export class Future<T> extends Promise<T> {
    /** The value; blocks until there is one. Throws the error of a future that failed. A settled one never blocks. */
    get(): T;
    /** Whether it has a value or has failed. */
    readonly settled: boolean;
    /** The value, or undefined while there is none; throws the error of a future that failed. Never blocks. */
    peek(): T | undefined;
    then<A = T, B = never>(
      onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
      onRejected?: ((reason: any) => B | PromiseLike<B>) | null,
    ): Future<A | B>;
    catch<B = never>(onRejected?: ((reason: any) => B | PromiseLike<B>) | null): Future<T | B>;
    finally(onFinally?: (() => void) | null): Future<T>;
    readonly [Symbol.toStringTag]: string;
    static resolve(): Future<void>;
    static resolve<T>(value: T): Future<Awaited<T>>;
    static reject<T = never>(reason?: any): Future<T>;
    static withResolvers<T>(): {
      promise: Future<T>;
      resolve: (value: T | PromiseLike<T>) => void;
      reject: (reason?: any) => void;
    };
  }

  /** A coroutine, and the future of its result. Made by `spawn`, `future` and `Scope.spawn`. */
  export class Task<T> extends Future<T> {
    private constructor();
    /**
     * Makes the current or next wait of the task throw CancelledError; its `finally` blocks run, and what it was waiting
     * for is given up. A task that has not begun never does. A second call does nothing. Never blocks: to wait for the
     * end use `get()`.
     * @param reason becomes `reason` and `cause` of the error.
     * @returns whether the task was still alive.
     */
    cancel(reason?: unknown): boolean;
    /** Whether `cancel` was called while it was alive. */
    readonly cancelled: boolean;
    /** Where it was spawned: `file:line:column`. */
    readonly site: string | undefined;
  }

  /**
   * Starts a coroutine that runs `fn(...args)`. It begins when the caller waits or ends. An exception that nobody catches,
   * in a task whose result nobody asked for, is reported with the stack of the task and the place that spawned it, and
   * ends the process with exit code 1. Never blocks.
   * @throws RangeError with code CORONA1004 when no more coroutines can be made.
   */
  export function spawn<A extends unknown[], T>(fn: (...args: A) => T, ...args: A): Task<Awaited<T>>;

  /**
   * As `spawn`, for a result that will be asked for: a failure is reported only when the caller's task ends without having
   * asked. Never blocks.
   */
  export function future<A extends unknown[], T>(fn: (...args: A) => T, ...args: A): Task<Awaited<T>>;

  /**
   * Blocks until the promise is settled, and returns its value or throws its error. What is no promise is returned as it is.
   * Does not block on a promise that is settled.
   */
  export function wait<T>(promise: T): Awaited<T>;

  /** Blocks for `ms` milliseconds; for 0 it lets others run first. */
  export function sleep(ms: number): void;
  export namespace sleep {
    function future(ms: number): Future<void>;
  }

  /** Lets every coroutine that is ready run first. Blocks. */
  export function yieldNow(): void;
  export namespace yieldNow {
    function future(): Future<void>;
  }

  /** What the scheduler has done so far, and what is suspended now: for metrics. */
  export interface Stats {
    /** Tasks that are alive, those that have not started included. */
    readonly tasks: number;
    /** Coroutines that were ever made; their stacks are reused. */
    readonly coroutines: number;
    /** Coroutines that wait for something, and those that wait for their turn. */
    readonly waiting: number;
    readonly ready: number;
    /** Times a coroutine was resumed. */
    readonly switches: number;
    /** Times V8 changed hands: a coroutine that resumes after itself costs none. */
    readonly identitySwaps: number;
  }

  /** Counts of the scheduler. Never blocks. */
  export function stats(): Stats;

  /**
   * Sets what is called instead of the report and exit code 1 when an exception is caught by nobody; undefined restores
   * that. It may not throw: then its own error is reported.
   */
  export function onUncaught(handler: ((error: unknown, context: { task: Task<unknown> | undefined }) => void) | undefined): void;

  // ------------------------------------------------------------------------------------------ critical sections

  /**
   * Runs `fn` and returns its value; inside, any call that may block throws WouldBlockError, in whatever function it is
   * made. Since coroutines switch only at such calls, no other coroutine runs in between. The labelled block
   * `atomic: { … }` is the same thing. Never blocks.
   * @throws TypeError with code CORONA1001 when `fn` is async or a generator, or returns a promise that is no Future.
   */
  export function atomic<T>(fn: () => T extends Future<unknown> ? T : T extends PromiseLike<unknown> ? never : T): T;

  /**
   * Begins a critical section that lasts until the result is disposed of: `using _ = nonblocking();`. They nest, and
   * disposing twice or in another order is harmless. A section ends with its coroutine at the latest; do not hold one
   * across `await`. Never blocks.
   */
  export function nonblocking(): Disposable;

  /** Tells about this coroutine. */
  export const blocking: {
    /** False inside a critical section. */
    readonly allowed: boolean;
  };

  // ------------------------------------------------------------------------------------------ structured concurrency

  /** What `scope` hands to its function. */
  export interface Scope {
    /**
     * Starts a task that ends before the scope does. Beyond the scope's limit it waits its turn, and holds no coroutine
     * while it does. Never blocks.
     * @throws Error with code CORONA1007 after the scope has ended.
     */
    spawn<A extends unknown[], T>(fn: (...args: A) => T, ...args: A): Task<Awaited<T>>;
    /**
     * Cancels every task of the scope, and those that are spawned later; called by one of them, the body's wait as well.
     * It is no failure: the scope returns the body's value if there is one. Never blocks.
     */
    cancel(reason?: unknown): void;
    /** Whether the scope was cancelled, by `cancel`, by a failure, or with the task that opened it. */
    readonly cancelled: boolean;
    /** Aborts when the scope is cancelled, for functions that take a signal. */
    readonly signal: AbortSignal;
  }

  export interface ScopeOptions {
    /** How many tasks of the scope may run at once; no limit unless given. */
    limit?: number;
  }

  /**
   * Runs `fn(scope)`, waits for every task that was spawned in the scope, and returns what `fn` returned. Blocks.
   *
   * When a task fails, the others are cancelled (and the wait of `fn`, if it waits); when all have ended the scope throws
   * that failure, or an AggregateError of several. The same when `fn` throws. If the task that opened the scope is
   * cancelled, so are those in it; the scope waits for them, then throws CancelledError.
   */
  export function scope<T>(fn: (scope: Scope) => T): ScopeResult<T>;
  export function scope<T>(options: ScopeOptions, fn: (scope: Scope) => T): ScopeResult<T>;
  export namespace scope {
    function future<T>(fn: (scope: Scope) => T): Future<Awaited<T>>;
    function future<T>(options: ScopeOptions, fn: (scope: Scope) => T): Future<Awaited<T>>;
  }

  /** The promise of an async function is waited for; a Future is handed out as it is. */
  export type ScopeResult<T> = T extends Future<unknown> ? T : Awaited<T>;

  /** What a function, promise or plain value comes to. */
  export type Outcome<T> = T extends (...args: never[]) => infer R ? Awaited<R> : Awaited<T>;

  /**
   * Starts the functions among `items`, waits for them and for the promises, and returns all results in order. Blocks.
   * The first failure cancels the functions that still run; when they have ended it is thrown, or an AggregateError of
   * several.
   */
  export function all<T extends readonly unknown[] | []>(items: T): { -readonly [K in keyof T]: Outcome<T[K]> };
  export function all<T>(items: Iterable<T>): Outcome<T>[];
  export namespace all {
    function future<T extends readonly unknown[] | []>(items: T): Future<{ -readonly [K in keyof T]: Outcome<T[K]> }>;
    function future<T>(items: Iterable<T>): Future<Outcome<T>[]>;
  }

  /**
   * Starts the functions among `items` and returns the value, or throws the error, of whichever item settles first. Blocks.
   * The other functions are cancelled and waited for, other tasks are cancelled; what they come to is ignored.
   * @throws TypeError with code CORONA1001 when there are no items.
   */
  export function race<T>(items: Iterable<T>): Outcome<T>;
  export namespace race {
    function future<T>(items: Iterable<T>): Future<Outcome<T>>;
  }

  /**
   * Runs `fn` in a task of its own and returns its value. Blocks. If it has not ended after `ms` milliseconds it is
   * cancelled, and when it has ended TimeoutError is thrown (with its own error as `cause`, if it failed meanwhile).
   * @param ms 0 or more; Infinity is no limit.
   * @throws TimeoutError with code CORONA1006.
   */
  export function timeout<T>(ms: number, fn: () => T): Awaited<T>;
  export namespace timeout {
    function future<T>(ms: number, fn: () => T): Future<Awaited<T>>;
  }

  /**
   * Runs `fn` and returns its value; meanwhile this coroutine is not cancelled. A cancellation that came in between is
   * delivered at the next wait after it. Tasks that `fn` spawns are not shielded. Blocks if `fn` does.
   */
  export function shield<T>(fn: () => T): T;

  // ------------------------------------------------------------------------------------------ channels

  /**
   * Hands values from coroutine to coroutine, first in, first out; those who wait are served in the order in which they
   * came. `for (const value of channel)` receives until the channel is closed and empty; several coroutines may do that,
   * each value goes to one.
   */
  export class Channel<T> implements Iterable<T>, Disposable {
    /**
     * @param capacity how many values may wait for a receiver: an integer, or Infinity. 0, the default, makes each `send`
     *   wait until its value is received.
     */
    constructor(capacity?: number);
    /** Sends; blocks while the channel is full. @throws ChannelClosedError (CORONA1007) when it is, or is then, closed. */
    send(value: T): void;
    /** Sends if that needs no waiting; tells whether it did. Never blocks. @throws ChannelClosedError (CORONA1007). */
    trySend(value: T): boolean;
    /**
     * The oldest value; blocks while there is none. What was sent before the channel was closed is still received.
     * @throws ChannelClosedError (CORONA1007) when it is closed and empty.
     */
    receive(): T;
    /** The oldest value in an object, or undefined when there is none now. Never blocks. */
    tryReceive(): { value: T } | undefined;
    /**
     * Ends the channel: nothing can be sent any more. Senders that wait throw ChannelClosedError, their values are not
     * received. A second call does nothing. Never blocks.
     */
    close(): void;
    /** A case of `select`: receive. */
    receiving(): Case<T>;
    /** A case of `select`: send `value`. */
    sending(value: T): Case<undefined>;
    readonly capacity: number;
    /** How many values are in the buffer. */
    readonly size: number;
    readonly closed: boolean;
    /** `send` and `receive`, started and not waited for. */
    readonly future: { send(value: T): Future<void>; receive(): Future<T> };
    /** Receives until the channel is closed and empty. Blocks. */
    [Symbol.iterator](): IterableIterator<T>;
    /** Closes it. */
    [Symbol.dispose](): void;
    readonly [Symbol.toStringTag]: string;
  }

  /** The channel is closed. */
  export class ChannelClosedError extends CoronaError {
    constructor(message?: string);
  }

  /** One of the things that `select` waits for, made by `Channel.receiving` and `Channel.sending`. */
  export interface Case<T> {
    /** Only for the type checker: what the case gives. */
    readonly " gives"?: T;
  }

  /** The case that was taken. `done` tells that a channel to receive from is closed and empty; then there is no value. */
  export type Selected<C> = {
    [K in keyof C]-?: C[K] extends Case<infer T>
      ? { name: K; done: false; value: T } | { name: K; done: true; value: undefined }
      : { name: K; done: false; value: Awaited<C[K]> };
  }[keyof C];

  /** For `select`: an object of cases. A future or any promise is one: its value is given, its error thrown. */
  export type Cases = { readonly [name: string]: Case<unknown> | PromiseLike<unknown> };

  /**
   * Waits for the first of several cases, takes exactly that one, and tells which. Blocks. When several are ready they
   * take turns.
   *
   *     const got = select({ job: jobs.receiving(), stop: stopped, done: results.sending(last) });
   *     if (got.name === "job" && !got.done) run(got.value);
   *
   * @returns `{ name, done, value }`; `name` is the key of the case, or its index in an array. With a `timeout` (in
   *   milliseconds) undefined when it passes first.
   * @throws ChannelClosedError when the case taken sends on a closed channel; the error of a promise that failed.
   */
  export function select<const C extends Cases>(cases: C): Selected<C>;
  export function select<const C extends Cases>(cases: C, options: { timeout?: number }): Selected<C> | undefined;
  export function select<T>(cases: readonly Case<T>[]): Picked<T>;
  export function select<T>(cases: readonly Case<T>[], options: { timeout?: number }): Picked<T> | undefined;
  export namespace select {
    function future<const C extends Cases>(cases: C): Future<Selected<C>>;
    function future<const C extends Cases>(cases: C, options: { timeout?: number }): Future<Selected<C> | undefined>;
    function future<T>(cases: readonly Case<T>[], options?: { timeout?: number }): Future<Picked<T> | undefined>;
  }

  /** The case of an array that was taken. */
  export type Picked<T> = { name: number; done: false; value: T } | { name: number; done: true; value: undefined };

  /** As `select`, but returns undefined when no case is ready now. Never blocks. */
  export function trySelect<const C extends Cases>(cases: C): Selected<C> | undefined;
  export function trySelect<T>(cases: readonly Case<T>[]): Picked<T> | undefined;

  // ------------------------------------------------------------------------------------------ locals

  /**
   * A variable with a value for each coroutine. Tasks, promise reactions and async functions begin with the value of the
   * place that started them; what they set is theirs alone.
   */
  export class CoroutineLocal<T> {
    /** @param initial the value where none was set. */
    constructor(initial: T);
    constructor();
    /** The value here. Never blocks. */
    get(): T;
    /** Sets the value for the rest of this coroutine and what it starts from now on. Never blocks. */
    set(value: T): void;
    /** Calls `fn(...args)` with another value. Blocks if `fn` does. */
    run<A extends unknown[], R>(value: T, fn: (...args: A) => R, ...args: A): R;
  }

  // ------------------------------------------------------------------------------------------ errors

  /** An error with a stable `code`, explained in `std/errors.md`. */
  export class CoronaError extends Error {
    constructor(code: string, message: string, options?: { cause?: unknown });
    readonly code: string;
  }

  /** A call that may block, where nothing may block. */
  export class WouldBlockError extends CoronaError {
    private constructor();
  }

  /** The task that made the call was cancelled. Catch it to clean up, then throw it on. */
  export class CancelledError extends CoronaError {
    constructor(reason?: unknown);
    /** What was given to `cancel`. */
    readonly reason: unknown;
  }

  /** A time limit was reached. */
  export class TimeoutError extends CoronaError {
    constructor(message?: string);
  }
}
