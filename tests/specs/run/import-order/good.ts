console.log("good runs");
