with (Math) console.log(PI);
var name = 1; delete name;
function twice(a, b, a) { return a; }
eval = arguments => 1;
for (var i = 0 in {});
label: function labeled() {}
let: for (;;) break let;
implements = 1;
function strict() { "use strict"; return 1; }
