// What suspends may not stand in an atomic block; in a function inside it may.
async function all(stream: AsyncIterable<number>) {
  atomic: {
    await 1;
    for await (const it of stream) { console.log(it); }
    await using resource = null;
    const later = async () => { await 2; };
    class Inner { async method() { await 3; } }
  }
}
function* generate() {
  atomic: {
    const nested = () => { atomic: { } };
    yield 1;
    yield* [2];
  }
}
atomic: { await all; }
