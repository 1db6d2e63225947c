import "./old.cjs";
