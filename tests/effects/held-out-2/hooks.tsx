/** @jsxRuntime classic @jsx h */
import { atomic, sleep } from "corona";

type Props = Record<string, unknown>;
type Node = string | { render(): string };
function h(type: string | ((props: Props) => Node), props: Props | null, ...children: Node[]): Node {
  return {
    render() {
      if (typeof type === "function") {
        const made = type({ ...props, children });
        return typeof made === "string" ? made : made.render();
      }
      return `<${type}>${children.map((child) => (typeof child === "string" ? child : child.render())).join("")}</${type}>`;
    },
  };
}
const show = (node: Node) => (typeof node === "string" ? node : node.render());
const Title = ({ text }: Props) => <b>{String(text)}</b>;
const Feed = () => { sleep(0); return <i>news</i>; };
let page = "";
atomic(() => {
  const node = <Title text="x" />; //~ safe: makes an object; nothing is rendered
  page += typeof node;
});
atomic(() => {
  page += show(<p><Feed /></p>); //~ blocks: rendering the feed sleeps
});
console.log(page);
