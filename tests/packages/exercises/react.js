import React, { Component, createContext, Fragment, lazy, memo, Suspense, use, useContext, useId, useMemo, useReducer, useState } from "react";
import { jsx, jsxs } from "react/jsx-runtime";
import { show } from "./show.js";

const Theme = createContext("light");
function Item({ label }) {
  const id = useId();
  return React.createElement("li", { id, className: useContext(Theme) }, label);
}
const element = jsxs(Fragment, { children: [jsx("p", { children: "hi" }, "a"), jsx(Item, { label: "x" })] });
show("element", [element.type === Fragment, element.props.children[0].key, element.props.children.length]);
show("clone", React.cloneElement(element.props.children[0], { title: "t" }).props);
show("children", React.Children.map([1, null, "a"], (child) => `<${child}>`));
show("valid", [React.isValidElement(element), React.isValidElement({})]);
show("kinds", [typeof memo(Item), typeof lazy(async () => ({})), typeof use, typeof useMemo, typeof useReducer, typeof useState, typeof Suspense]);
show("component", new (class extends Component { render() { return this.props.x; } })({ x: 3 }).render());
show("version", React.version);
