console.log("never either: nothing runs before all is loaded");
