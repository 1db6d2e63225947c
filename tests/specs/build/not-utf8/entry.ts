let x = "ÿ";
