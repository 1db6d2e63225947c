console.log("the one that was meant");
