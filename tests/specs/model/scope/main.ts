// Structured concurrency: a scope sees its tasks to their end.
import { CancelledError, scope, sleep, spawn, Task } from "corona";

const log: unknown[] = [];
const flush = (label: string) => console.log(label, log.splice(0).join(" "));
const attempt = (fn: () => unknown) => {
  try {
    return fn();
  } catch (error) {
    const { name, message, errors } = error as AggregateError;
    return errors ? `${name}(${errors.map((e) => e.message)})` : `${name}: ${message}`;
  }
};
const cleanly = (name: string, ms: number) => () => {
  try {
    sleep(ms);
    log.push(`${name} done`);
    return name;
  } catch (error) {
    log.push(`${name} ${(error as Error).name}`);
    throw error;
  } finally {
    log.push(`${name} finally`);
  }
};

// It waits for children and grandchildren, and returns the body's value.
log.push(scope((s) => {
  s.spawn(cleanly("a", 10));
  s.spawn(() => {
    sleep(1);
    s.spawn(cleanly("late", 15));
  });
  log.push("body");
  return "value";
}));
flush("waits:");

// The first failure cancels the rest, whose finally runs; it is thrown when all have ended.
log.push(attempt(() => scope((s) => {
  s.spawn(cleanly("a", 10_000));
  s.spawn(() => { sleep(1); throw new Error("b failed"); });
  s.spawn(cleanly("c", 10_000));
})));
flush("failure:");

// A failure ends the wait of the body, too.
log.push(attempt(() => scope((s) => {
  s.spawn(() => { sleep(1); throw new Error("child failed"); });
  try {
    sleep(10_000);
  } catch (error) {
    log.push(`body ${(error as Error).name}`);
    sleep(1); // once: cleaning up may wait
    throw error;
  }
})));
flush("body waits:");

// Several failures: all of them.
log.push(attempt(() => scope((s) => {
  s.spawn(() => { sleep(1); throw new Error("one"); });
  for (const name of ["two", "three"]) s.spawn(() => { try { sleep(10_000); } finally { throw new Error(name); } });
})));
flush("several:");

// The body throws: children are cancelled and waited for.
log.push(attempt(() => scope((s) => {
  s.spawn(cleanly("a", 10_000));
  sleep(1);
  throw new TypeError("body");
})));
flush("body throws:");

// The body asks a child and gets its error: one failure, not two.
log.push(attempt(() => scope((s) => s.spawn(() => { throw new Error("same"); }).get())));
flush("asked:");

// Whoever opened it is cancelled: children are cancelled and waited for, then CancelledError goes on.
const opener = spawn(() => {
  try {
    scope((s) => {
      s.spawn(cleanly("a", 10_000));
      s.spawn(() => { try { sleep(10_000); } finally { sleep(5); log.push("slow cleanup"); } });
    });
  } catch (error) {
    log.push(`opener ${(error as Error).name}: ${(error as Error).message}`);
    throw error;
  }
});
sleep(1);
opener.cancel("enough");
log.push(attempt(() => opener.get()));
flush("parent cancelled:");

// The same while the body itself waits.
const inBody = spawn(() => scope((s) => {
  s.spawn(cleanly("a", 10_000));
  sleep(10_000);
}));
sleep(1);
inBody.cancel();
log.push(attempt(() => inBody.get()));
flush("cancelled in the body:");

// Nested scopes: a failure goes outwards, level by level.
log.push(attempt(() => scope((outer) => {
  outer.spawn(cleanly("outer child", 10_000));
  outer.spawn(() => scope((inner) => {
    inner.spawn(cleanly("inner child", 10_000));
    inner.spawn(() => { sleep(1); throw new Error("innermost"); });
  }));
})));
flush("nested:");

// A failure that an inner scope's opener catches stays there.
log.push(scope((outer) => {
  const survivor = outer.spawn(cleanly("survivor", 5));
  const inner = attempt(() => scope((s) => { s.spawn(() => { throw new Error("inner"); }); sleep(10_000); }));
  return `${inner}, ${survivor.get()}`;
}));
flush("caught:");

// An outer failure reaches a body that waits in an inner scope.
log.push(attempt(() => scope((outer) => {
  outer.spawn(() => { sleep(1); throw new Error("outer child"); });
  scope((inner) => { inner.spawn(cleanly("inner", 10_000)); });
  log.push("not reached");
})));
flush("through:");

// Cancelling one child is no failure.
log.push(scope((s) => {
  const one = s.spawn(cleanly("one", 10_000));
  const two = s.spawn(cleanly("two", 20));
  sleep(1);
  one.cancel();
  return two.get();
}));
flush("one cancelled:");

// s.cancel: by the body, by a child, and what is spawned afterwards.
log.push(scope((s) => {
  s.spawn(cleanly("background", 10_000));
  sleep(1);
  s.cancel("body is done");
  const late = s.spawn(() => log.push("never"));
  return `${s.cancelled} ${late.cancelled}`;
}));
flush("cancel:");
log.push(attempt(() => scope((s) => {
  s.spawn(() => { sleep(1); s.cancel("found it"); });
  sleep(10_000);
})));
flush("cancel by a child:");

// The signal aborts with the scope, and not without need.
let signals: AbortSignal[] = [];
attempt(() => scope((s) => {
  signals.push(s.signal);
  s.signal.addEventListener("abort", () => log.push("aborted"));
  throw 1;
}));
scope((s) => signals.push(s.signal));
scope((s) => { s.cancel(); signals.push(s.signal); });
log.push(signals.map((signal) => signal.aborted));
flush("signal:");

// An async body is waited for; a task as value stays one.
log.push(scope(async (s) => { s.spawn(cleanly("a", 1)); await null; return "async"; }));
log.push(scope((s) => s.spawn(() => 1)) instanceof Task);
flush("async:");

// A failed scope interrupts once, and leaves no cancellation behind.
attempt(() => scope((s) => { s.spawn(() => { throw new Error("x"); }); try { sleep(100); } catch {} }));
sleep(1);
attempt(() => scope((s) => {
  s.spawn(() => { throw new Error("y"); });
  s.spawn(() => sleep(1));
}));
sleep(1);
log.push("still here");
flush("nothing left:");

// Ended.
let kept: any;
scope((s) => { kept = s; });
log.push(attempt(() => kept.spawn(() => {})));
log.push(attempt(() => scope({ limit: 0 }, () => {})), attempt(() => scope(1 as any)), attempt(() => scope((s) => s.spawn(1 as any))));
console.log(log.splice(0).join("\n"));
console.log(attempt(() => { throw new CancelledError("by hand"); }));
