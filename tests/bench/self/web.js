// One async function awaits what is there already.
const COUNT = 3_000_000;
async function loop(count) {
  for (let i = 0; i < count; i++) await undefined;
}
(async () => {
  await loop(COUNT / 10);
  const start = performance.now();
  await loop(COUNT);
  console.log("result", ((performance.now() - start) * 1e6) / COUNT);
})();
