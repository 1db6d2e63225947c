//! The names that ES modules may import from CommonJS modules.

use super::entry;

#[track_caller]
fn check(text: &str, names: &[&str], reexports: &[&str]) {
    let module = entry(&format!("//- /main.cjs\n{text}\n"));
    assert_eq!((module.exports, module.reexports), (owned(names), owned(reexports)), "{text}");
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|it| (*it).to_owned()).collect()
}

#[test]
fn assignments() {
    check("exports.a = 1; module.exports.b = 2; exports['c-d'] = exports.e = 3", &["a", "b", "c-d", "e"], &[]);
    check(
        "module.exports = { a, 'b': 1, c() {}, get d() { return 1 }, ...require('x') }",
        &["a", "b", "c", "d"],
        &["x"],
    );
    check("module.exports = f; module.exports.default = f; module.exports.g = 1", &["g"], &[]);
    check("exports = module.exports = { a: 1 }", &["a"], &[]);
}

#[test]
fn defined_properties() {
    check("Object.defineProperty(exports, '__esModule', { value: true })", &["__esModule"], &[]);
    check("Object.defineProperty(exports, 'a', { enumerable: true, get: function () { return x.a } })", &["a"], &[]);
}

#[test]
fn what_typescript_writes() {
    check(
        "__exportStar(require('./a'), exports); tslib_1.__exportStar(require('./b'), exports);
         exports.x = exports.y = void 0; exports.x = 1;
         Object.defineProperty(exports, 'z', { enumerable: true, get: function () { return q_1.z; } });",
        &["x", "y", "z"],
        &["./a", "./b"],
    );
}

#[test]
fn what_babel_writes() {
    check(
        "var _a = require('./a');
         Object.keys(_a).forEach(function (key) {
           if (key === 'default' || key === '__esModule') return;
           Object.defineProperty(exports, key, { enumerable: true, get: function () { return _a[key]; } });
         });
         var _b = _interopRequireWildcard(require('./b'));
         Object.keys(_b).forEach(function (k) { exports[k] = _b[k]; });
         exports.own = 1;",
        &["own"],
        &["./a", "./b"],
    );
}

#[test]
fn what_esbuild_writes() {
    check(
        "var src_exports = {};
         __export(src_exports, { a: () => a, b: () => b });
         module.exports = __toCommonJS(src_exports);
         __reExport(src_exports, require('./c'), module.exports);
         0 && (module.exports = { a, b, ...require('./c') });",
        &["a", "b"],
        &["./c"],
    );
}

#[test]
fn passing_on() {
    check("module.exports = require('./a')", &[], &["./a"]);
    check("if (x) { module.exports = require('./a') } else { module.exports = require('./b') }", &[], &["./a", "./b"]);
}
