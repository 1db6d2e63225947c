import { combineLatest, concat, defer, from, interval, lastValueFrom, merge, of, range, Subject, BehaviorSubject, throwError, zip } from "rxjs";
import { bufferCount, catchError, concatMap, debounceTime, distinctUntilChanged, filter, map, mergeMap, reduce, retry, scan, share, switchMap, take, toArray } from "rxjs/operators";
import { TestScheduler } from "rxjs/testing";
import { show } from "./show.js";

const collect = (stream) => lastValueFrom(stream.pipe(toArray()));
show("pipe", await collect(range(1, 6).pipe(filter((x) => x % 2 === 0), map((x) => x * x), scan((a, b) => a + b, 0))));
show("merge", await collect(merge(of(1, 2), from([3, 4]), concat(of(5), of(6)))));
show("zip", await collect(zip(of("a", "b"), of(1, 2, 3))));
show("timed", await collect(interval(1).pipe(take(4), bufferCount(2))));
show("concatMap", await collect(of(1, 2, 3).pipe(concatMap((x) => of(x, x * 10)))));
let tries = 0;
show("retry", await collect(defer(() => (++tries < 3 ? throwError(() => new Error("no")) : of("yes"))).pipe(retry(5))));
show("catch", await collect(throwError(() => new Error("boom")).pipe(catchError((e) => of(e.message)))));
const subject = new Subject();
const seen = [];
subject.pipe(distinctUntilChanged(), share()).subscribe({ next: (x) => seen.push(x), complete: () => seen.push("end") });
[1, 1, 2, 2, 1].forEach((x) => subject.next(x));
subject.complete();
show("subject", seen);
const state = new BehaviorSubject(0);
const latest = [];
combineLatest([state, of("x")]).pipe(switchMap((pair) => of(pair)), mergeMap((p) => of(p))).subscribe((pair) => latest.push(pair));
state.next(1);
show("latest", latest);
show("sum", await lastValueFrom(range(1, 100).pipe(reduce((a, b) => a + b))));
new TestScheduler((actual, expected) => show("marbles", JSON.stringify(actual) === JSON.stringify(expected))).run(({ cold, expectObservable }) => {
  expectObservable(cold("a-b-c 9ms d|").pipe(debounceTime(5))).toBe("9ms c 5ms (d|)");
});
