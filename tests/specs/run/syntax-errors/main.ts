// All errors of a file, in order.
let one = 1;
let one = 2;
	const tab: string = "é😀"; let x = ;
