import React, { createContext, Suspense, useContext, useId, useMemo, useReducer, useState } from "react";
import { renderToStaticMarkup, renderToString } from "react-dom/server.edge";
import { show } from "./show.js";

const h = React.createElement;
const Theme = createContext("light");
function Item({ label }) {
  const upper = useMemo(() => label.toUpperCase(), [label]);
  return h("li", { className: useContext(Theme), style: { color: "red", marginTop: 4, "--x": 1 }, id: useId() }, upper);
}
class Old extends React.Component {
  state = { n: 1 };
  static getDerivedStateFromProps(props, state) { return { n: state.n + props.by }; }
  render() { return h("b", null, this.state.n, " ", this.props.children); }
}
function App() {
  const [n] = useState(() => 41);
  const [m] = useReducer((a, b) => a + b, 1);
  return h(Theme.Provider, { value: "dark" }, h("ul", null, ["a", "<b>"].map((label) => h(Item, { key: label, label }))), h(Old, { by: 2 }, n + m), h("input", { defaultValue: "\"q\"", readOnly: true, disabled: false }), h(Suspense, { fallback: "…" }, h("i", null, "there")));
}
show("static", renderToStaticMarkup(h(App)));
show("string", renderToString(h(App)));
show("svg", renderToStaticMarkup(h("svg", { viewBox: "0 0 1 1", xlinkHref: "#a" }, h("path", { strokeWidth: 2 }))));
show("raw", renderToStaticMarkup(h("div", { dangerouslySetInnerHTML: { __html: "<p>&</p>" } })));
