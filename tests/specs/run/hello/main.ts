console.log("hello from corona");
