import { Context, Deferred, Duration, Effect, Exit, Fiber, Layer, Option, pipe, Queue, Ref, Result, Schedule, Schema, Stream } from "effect";
import { show } from "./show.js";

show("sync", Effect.runSync(pipe(Effect.succeed(20), Effect.map((x) => x * 2), Effect.flatMap((x) => Effect.succeed(x + 2)))));
const program = Effect.gen(function* () {
  const ref = yield* Ref.make(0);
  yield* Effect.forEach([1, 2, 3], (x) => Ref.update(ref, (n) => n + x), { concurrency: 2 });
  yield* Effect.sleep(Duration.millis(1));
  return yield* Ref.get(ref);
});
show("gen", await Effect.runPromise(program));
show("failure", Exit.isFailure(await Effect.runPromiseExit(Effect.fail("no"))));
let tries = 0;
show("retry", await Effect.runPromise(Effect.retry(Effect.suspend(() => (++tries < 3 ? Effect.fail("again") : Effect.succeed(tries))), Schedule.recurs(5))));
show("stream", await Effect.runPromise(Stream.runCollect(Stream.range(1, 5).pipe(Stream.map((x) => x * x), Stream.filter((x) => x % 2 === 1)))).then((all) => [...all]));
show("option", [Option.getOrElse(Option.none(), () => "none"), Option.some(1).pipe(Option.map((x) => x + 1), Option.isSome)]);
show("schema", Schema.decodeUnknownSync(Schema.Struct({ a: Schema.Number, b: Schema.Array(Schema.String) }))({ a: 1, b: ["x"] }));
show("deferred", await Effect.runPromise(Effect.gen(function* () { const d = yield* Deferred.make(); yield* Deferred.succeed(d, "done"); return yield* Deferred.await(d); })));
show("there", [typeof Layer.empty, typeof Result, typeof Fiber, typeof Queue, typeof Context]);
