exports.fromBabelStar = "babel star";
