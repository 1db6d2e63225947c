import { atomic, sleep } from "corona";

interface Tree { value: number; children: Tree[] }
const tree: Tree = { value: 1, children: [{ value: 2, children: [] }] };

function sum(node: Tree): number { return node.children.reduce((n, child) => n + sum(child), node.value); }
function visit(node: Tree, fn: (value: number) => void) {
  fn(node.value);
  for (const child of node.children) visit(child, fn);
}

let n = 0;
atomic(() => {
  n = sum(tree); //~ safe: adds
  visit(tree, (value) => { n += value; }); //~ safe: adds
});
atomic(() => {
  visit(tree, () => sleep(0)); //~ blocks: sleeps at every node
});
console.log(n);
