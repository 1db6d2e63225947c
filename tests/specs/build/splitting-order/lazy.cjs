globalThis.lazy = "lazy has run";
