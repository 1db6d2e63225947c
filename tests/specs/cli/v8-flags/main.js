console.log(typeof gc, typeof globalThis.gc);
