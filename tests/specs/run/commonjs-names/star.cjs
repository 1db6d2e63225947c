exports.fromStar = "star";
