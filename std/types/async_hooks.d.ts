// Module "node:async_hooks": async context with Node's names. The same thing as `CoroutineLocal` of "corona".

declare module "node:async_hooks" {
  /** A store for each coroutine and what it starts. */
  export class AsyncLocalStorage<T> {
    /** @param options `defaultValue` is the store where none was set; `name` is for people. */
    constructor(options?: { defaultValue?: T; name?: string });
    readonly name: string;
    /** A function that calls `fn` with the context of here and now. Never blocks. */
    static bind<F extends (...args: any[]) => unknown>(fn: F): F;
    /** A function `(fn, ...args) => fn(...args)` that runs it with the context of here and now. Never blocks. */
    static snapshot(): <A extends unknown[], R>(fn: (...args: A) => R, ...args: A) => R;
    /** The store here, or undefined. Never blocks. */
    getStore(): T | undefined;
    /** Sets the store for the rest of this coroutine and what it starts from now on. Never blocks. */
    enterWith(store: T): void;
    /** Calls `fn(...args)` with another store. Blocks if `fn` does. */
    run<A extends unknown[], R>(store: T, fn: (...args: A) => R, ...args: A): R;
    /** Calls `fn(...args)` without a store. Blocks if `fn` does. */
    exit<A extends unknown[], R>(fn: (...args: A) => R, ...args: A): R;
    /** Takes the store away, here and in what is started from now on. Never blocks. */
    disable(): void;
  }

  /** Keeps the context of its making for callbacks that are called later. */
  export class AsyncResource {
    constructor(type: string, options?: object | number);
    readonly type: string;
    /** A function that calls `fn` with the context of here and now. Never blocks. */
    static bind<F extends (...args: any[]) => unknown>(fn: F, type?: string, receiver?: unknown): F;
    bind<F extends (...args: any[]) => unknown>(fn: F, receiver?: unknown): F;
    /** Calls `fn` with the context in which this resource was made. Blocks if `fn` does. */
    runInAsyncScope<A extends unknown[], R>(fn: (this: any, ...args: A) => R, receiver?: unknown, ...args: A): R;
    emitDestroy(): this;
    /** A number of its own. */
    asyncId(): number;
    /** Always 0: Corona keeps no account of what triggered what. */
    triggerAsyncId(): number;
  }

  const hooks: { AsyncLocalStorage: typeof AsyncLocalStorage; AsyncResource: typeof AsyncResource };
  export default hooks;
}
