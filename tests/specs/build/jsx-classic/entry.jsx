/** @jsxRuntime classic */
/** @jsx h */
/** @jsxFrag F */
const h = (type, props, ...children) => [type, props, ...children];
const F = "fragment";
console.log(JSON.stringify(<><a href="x" {...{ b: 1 }}>text</a></>));
