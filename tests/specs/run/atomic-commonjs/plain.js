const { blocking } = require("corona");
const isAtomic = () => !blocking.allowed;
atomic: { console.log(isAtomic()); }
console.log(isAtomic());
