throw new Error("no");
export {};
