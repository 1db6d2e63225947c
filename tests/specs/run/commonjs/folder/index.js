exports.name = "folder";
