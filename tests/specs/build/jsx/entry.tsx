/** @jsxImportSource mini */
const items = ["a", "b"];
console.log(JSON.stringify(<ul class="x">{items.map((item) => <li key={item}>{item}</li>)}<></></ul>));
