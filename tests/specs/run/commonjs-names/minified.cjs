!function(e,t){"object"==typeof exports?(exports.minified="minified"):(e.x=t())}(globalThis,()=>1);
