// The streams of the Streams standard; globals. Promises of streams are waited for with `wait()` or `await`.

interface QueuingStrategy<T = any> {
  /** How much may queue before the stream asks its source to stop. */
  highWaterMark?: number;
  size?: (chunk: T) => number;
}

type ReadableStreamReadResult<T> = { done: false; value: T } | { done: true; value: T | undefined };

interface UnderlyingSource<T = any> {
  type?: undefined;
  start?(controller: ReadableStreamDefaultController<T>): unknown;
  /** Called while there is room. It may block, or return a promise. */
  pull?(controller: ReadableStreamDefaultController<T>): unknown;
  cancel?(reason?: any): unknown;
}
interface UnderlyingByteSource {
  type: "bytes";
  autoAllocateChunkSize?: number;
  start?(controller: ReadableByteStreamController): unknown;
  pull?(controller: ReadableByteStreamController): unknown;
  cancel?(reason?: any): unknown;
}

interface StreamPipeOptions {
  preventAbort?: boolean;
  preventCancel?: boolean;
  preventClose?: boolean;
  signal?: AbortSignal;
}

/** Chunks to be read, by one reader at a time. */
interface ReadableStream<T = any> {
  readonly locked: boolean;
  cancel(reason?: any): Promise<void>;
  getReader(): ReadableStreamDefaultReader<T>;
  /** Reads into buffers that the caller brings; for streams of bytes. */
  getReader(options: { mode: "byob" }): ReadableStreamBYOBReader;
  pipeThrough<R>(
    transform: { readable: ReadableStream<R>; writable: WritableStream<T> },
    options?: StreamPipeOptions,
  ): ReadableStream<R>;
  pipeTo(destination: WritableStream<T>, options?: StreamPipeOptions): Promise<void>;
  /** Two streams that give the same chunks. */
  tee(): [ReadableStream<T>, ReadableStream<T>];
  values(options?: { preventCancel?: boolean }): AsyncIterableIterator<T>;
  [Symbol.asyncIterator](options?: { preventCancel?: boolean }): AsyncIterableIterator<T>;
  /** `for (const chunk of stream)`: every step may block. Leaving the loop early cancels the stream. */
  [Symbol.iterator](): IterableIterator<T>;
}
declare var ReadableStream: {
  prototype: ReadableStream;
  new (source: UnderlyingByteSource, strategy?: { highWaterMark?: number }): ReadableStream<Uint8Array<ArrayBuffer>>;
  new <T = any>(source?: UnderlyingSource<T>, strategy?: QueuingStrategy<T>): ReadableStream<T>;
  /** A stream of what an iterable gives, synchronous or not. */
  from<T>(iterable: Iterable<T | Promise<T>> | AsyncIterable<T>): ReadableStream<T>;
};

interface ReadableStreamDefaultReader<T = any> {
  readonly closed: Promise<void>;
  /** `wait(reader.read())` blocks for the next chunk. */
  read(): Promise<ReadableStreamReadResult<T>>;
  cancel(reason?: any): Promise<void>;
  releaseLock(): void;
}
declare var ReadableStreamDefaultReader: {
  prototype: ReadableStreamDefaultReader;
  new <T = any>(stream: ReadableStream<T>): ReadableStreamDefaultReader<T>;
};

interface ReadableStreamBYOBReader {
  readonly closed: Promise<void>;
  /** Fills the view, with at least `min` elements. Its buffer is given up; the result holds the memory. */
  read<V extends ArrayBufferView>(view: V, options?: { min?: number }): Promise<ReadableStreamReadResult<V>>;
  cancel(reason?: any): Promise<void>;
  releaseLock(): void;
}
declare var ReadableStreamBYOBReader: {
  prototype: ReadableStreamBYOBReader;
  new (stream: ReadableStream<Uint8Array>): ReadableStreamBYOBReader;
};

interface ReadableStreamDefaultController<T = any> {
  readonly desiredSize: number | null;
  close(): void;
  enqueue(chunk?: T): void;
  error(reason?: any): void;
}
declare var ReadableStreamDefaultController: { prototype: ReadableStreamDefaultController };

interface ReadableByteStreamController {
  readonly byobRequest: ReadableStreamBYOBRequest | null;
  readonly desiredSize: number | null;
  close(): void;
  /** The chunk's buffer is given up. */
  enqueue(chunk: ArrayBufferView): void;
  error(reason?: any): void;
}
declare var ReadableByteStreamController: { prototype: ReadableByteStreamController };

interface ReadableStreamBYOBRequest {
  readonly view: Uint8Array<ArrayBuffer> | null;
  respond(bytesWritten: number): void;
  respondWithNewView(view: ArrayBufferView): void;
}
declare var ReadableStreamBYOBRequest: { prototype: ReadableStreamBYOBRequest };

interface UnderlyingSink<T = any> {
  type?: undefined;
  start?(controller: WritableStreamDefaultController): unknown;
  write?(chunk: T, controller: WritableStreamDefaultController): unknown;
  close?(): unknown;
  abort?(reason?: any): unknown;
}

/** A place for chunks to be written to, by one writer at a time. */
interface WritableStream<T = any> {
  readonly locked: boolean;
  abort(reason?: any): Promise<void>;
  close(): Promise<void>;
  getWriter(): WritableStreamDefaultWriter<T>;
}
declare var WritableStream: {
  prototype: WritableStream;
  new <T = any>(sink?: UnderlyingSink<T>, strategy?: QueuingStrategy<T>): WritableStream<T>;
};

interface WritableStreamDefaultWriter<T = any> {
  readonly closed: Promise<void>;
  readonly desiredSize: number | null;
  /** Fulfilled while there is room. */
  readonly ready: Promise<void>;
  abort(reason?: any): Promise<void>;
  close(): Promise<void>;
  releaseLock(): void;
  write(chunk?: T): Promise<void>;
}
declare var WritableStreamDefaultWriter: {
  prototype: WritableStreamDefaultWriter;
  new <T = any>(stream: WritableStream<T>): WritableStreamDefaultWriter<T>;
};

interface WritableStreamDefaultController {
  readonly signal: AbortSignal;
  error(reason?: any): void;
}
declare var WritableStreamDefaultController: { prototype: WritableStreamDefaultController };

interface Transformer<I = any, O = any> {
  readableType?: undefined;
  writableType?: undefined;
  start?(controller: TransformStreamDefaultController<O>): unknown;
  transform?(chunk: I, controller: TransformStreamDefaultController<O>): unknown;
  flush?(controller: TransformStreamDefaultController<O>): unknown;
  cancel?(reason?: any): unknown;
}

/** What is written to one side comes out changed on the other. */
interface TransformStream<I = any, O = any> {
  readonly readable: ReadableStream<O>;
  readonly writable: WritableStream<I>;
}
declare var TransformStream: {
  prototype: TransformStream;
  new <I = any, O = any>(
    transformer?: Transformer<I, O>,
    writableStrategy?: QueuingStrategy<I>,
    readableStrategy?: QueuingStrategy<O>,
  ): TransformStream<I, O>;
};

interface TransformStreamDefaultController<O = any> {
  readonly desiredSize: number | null;
  enqueue(chunk?: O): void;
  error(reason?: any): void;
  terminate(): void;
}
declare var TransformStreamDefaultController: { prototype: TransformStreamDefaultController };

interface ByteLengthQueuingStrategy {
  readonly highWaterMark: number;
  readonly size: (chunk: ArrayBufferView) => number;
}
declare var ByteLengthQueuingStrategy: {
  prototype: ByteLengthQueuingStrategy;
  new (init: { highWaterMark: number }): ByteLengthQueuingStrategy;
};
interface CountQueuingStrategy {
  readonly highWaterMark: number;
  readonly size: () => 1;
}
declare var CountQueuingStrategy: {
  prototype: CountQueuingStrategy;
  new (init: { highWaterMark: number }): CountQueuingStrategy;
};

/** Strings in, UTF-8 out. */
interface TextEncoderStream extends TransformStream<string, Uint8Array<ArrayBuffer>> {
  readonly encoding: string;
}
declare var TextEncoderStream: { prototype: TextEncoderStream; new (): TextEncoderStream };

/** Bytes in, strings out; characters may be split between chunks. */
interface TextDecoderStream extends TransformStream<BufferSource, string> {
  readonly encoding: string;
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;
}
declare var TextDecoderStream: {
  prototype: TextDecoderStream;
  new (label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean }): TextDecoderStream;
};
