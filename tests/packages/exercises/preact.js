import { Component, createContext, Fragment, h, options, toChildArray } from "preact";
import { useContext, useMemo, useReducer, useState } from "preact/hooks";
import { memo, forwardRef } from "preact/compat";
import { renderToString } from "preact-render-to-string";
import { show } from "./show.js";

const Theme = createContext("light");
function Item({ label }) {
  const theme = useContext(Theme);
  const upper = useMemo(() => label.toUpperCase(), [label]);
  return h("li", { class: theme, style: { color: "red", marginTop: 4 } }, upper);
}
class Counter extends Component {
  constructor() { super(); this.state = { n: 3 }; }
  static getDerivedStateFromProps(props, state) { return { n: state.n + props.by }; }
  render() { return h(Fragment, null, h("b", null, this.state.n), this.props.children); }
}
const Pure = memo(({ x }) => h("i", null, x));
const Ref = forwardRef((props, ref) => h("input", { ref, value: "a\"<b", disabled: true }));
function App() {
  const [n] = useState(() => 2);
  const [total] = useReducer((a, b) => a + b, 10);
  return h("main", { onClick() {} }, h(Theme.Provider, { value: "dark" }, ["x", "y"].map((label) => h(Item, { key: label, label }))), h(Counter, { by: 1 }, n, " & ", total), h(Pure, { x: 1 }), h(Ref), null, false);
}
show("html", renderToString(h(App)));
show("children", toChildArray([1, [2, null, "x"]]).length);
show("options", typeof options);
show("raw", renderToString(h("div", { dangerouslySetInnerHTML: { __html: "<p>" } })));
