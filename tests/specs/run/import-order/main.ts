// Imports of one module settle in the order in which they were asked for, also when it fails.
const order: string[] = [];

function load(name: string, number: number): Promise<void> {
  // A name that nobody knows before the program runs.
  return import(`./${name}.ts`).then(
    () => void order.push(`${name} ${number}`),
    (error) => void order.push(`${name} ${number}: ${error}`),
  );
}

const numbers = Array.from({ length: 50 }, (_, number) => number);
await Promise.all(numbers.flatMap((number) => [load("good", number), load("bad", number)]));

for (const [name, what] of [["good", ""], ["bad", ": Error: no"]]) {
  const expected = numbers.map((number) => `${name} ${number}${what}`);
  const settled = order.filter((it) => it.startsWith(name));
  console.log(name, settled.join() === expected.join());
}

// What is rejected before anybody looks at it is looked at before the turn is over.
const [first, second] = [import(`./${"bad"}.ts`), import(`./${"bad"}.ts`)];
for (const failing of [first, second]) {
  try {
    await failing;
  } catch (error) {
    console.log(String(error));
  }
}
