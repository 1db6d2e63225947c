if (process.env.NODE_ENV !== "production") console.log("for developers:", process.env.NODE_ENV);
else console.log("for everybody");
