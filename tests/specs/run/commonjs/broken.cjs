exports.x = = 1;
