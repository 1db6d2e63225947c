//! Programs in which everything may be called from everywhere: the analysis ends, and what it gives up on is not silent.

use super::{Effects, Verdict, program};
use std::fmt::Write;

/// Verdicts of the sites in a module, by the order of lines.
fn verdicts(text: String) -> Vec<Verdict> {
    let files = [("/main.js".to_owned(), text)];
    super::sites(&mut Effects::new(program(&files))).into_iter().map(|site| site.verdict).collect()
}

#[test]
fn more_things_than_are_kept_apart_are_unknown() {
    let mut text = "const all = [];\n".to_owned();
    (0..200).for_each(|index| _ = writeln!(text, "all.push(() => {index});"));
    text.push_str("const few = [() => 1, () => 2];\n");
    text.push_str("atomic: { for (const one of few) one(); }\natomic: { for (const one of all) one(); }\n");
    assert_eq!(verdicts(text), [Verdict::Unknown]);
}

#[test]
fn what_is_stored_in_one_of_too_many_objects_may_be_in_each() {
    let mut text = "import { sleep } from \"corona\";\nconst all = [];\n".to_owned();
    (0..200).for_each(|index| _ = writeln!(text, "const o{index} = {{}}; all.push(o{index});"));
    text.push_str("for (const one of all) one.run = sleep;\natomic: { o0.run(); o199.run(); }\n");
    assert!(verdicts(text).iter().filter(|it| **it <= Verdict::Possible).count() == 2);
}

#[test]
fn a_function_that_is_one_of_too_many_may_be_called_with_anything() {
    let mut text = "const all = [];\n".to_owned();
    (0..200).for_each(|index| _ = writeln!(text, "all.push((done) => {{ atomic: {{ done({index}); }} }});"));
    text.push_str("for (const one of all) one(() => 1);\n");
    let found = verdicts(text);
    assert!(found.len() > 100 && found.iter().all(|it| *it == Verdict::Unknown), "{found:?}");
}

#[test]
fn native_functions_that_call_each_other_without_end() {
    let text = "
const all = [Reflect.apply, f.apply, f.call, f.bind, Reflect.construct, f];
function f(g, ...rest) { all.push(g.bind(g, ...rest), g.apply(g, rest)); return g.call(...rest); }
for (const x of all) for (const y of all) all.push(x.apply(y, all), Reflect.apply(x, y, all), x(y, ...all));
atomic: { all[0](all[1]); }
";
    assert!(!verdicts(text.to_owned()).is_empty());
}

#[test]
fn classes_whose_parents_are_set_by_one_helper() {
    let mut text = "
function extend(child, parent) {
  Object.setPrototypeOf(child, parent);
  child.prototype = Object.create(parent.prototype);
}
function C0() {}
C0.prototype.run0 = function () { return this.step(); };
"
    .to_owned();
    for index in 1..150 {
        let _ = writeln!(text, "function C{index}() {{}}\nextend(C{index}, C{});", index - 1);
        let _ = writeln!(text, "C{index}.prototype.run{index} = function () {{ return this.run{}(); }};", index - 1);
    }
    text.push_str("import { sleep } from \"corona\";\nC149.prototype.step = () => sleep(1);\n");
    text.push_str("atomic: { new C149().run149(); }\n");
    assert!(!verdicts(text).is_empty());
}

#[test]
fn an_edit_of_one_of_too_many_is_seen() {
    let files = |last: &str| -> Vec<(String, String)> {
        let mut text = "import { on } from \"./bus.js\";\n".to_owned();
        (0..200).for_each(|index| _ = writeln!(text, "on(() => {index});"));
        text.push_str(last);
        let bus = "const all = [];\nexport const on = (one) => all.push(one);\natomic: { all[0](); }\n";
        vec![("/bus.js".to_owned(), bus.to_owned()), ("/main.js".to_owned(), text)]
    };
    let verdicts = |effects: &mut Effects| super::sites(effects).iter().map(|it| it.verdict).collect::<Vec<_>>();
    let mut edited = Effects::new(program(&files("")));
    assert_eq!(verdicts(&mut edited), [Verdict::Unknown]);
    let now = files("import { sleep } from \"corona\";\nconst nap = () => sleep(1);\non(nap);\natomic: { nap(); }\n");
    let unit = program(&now).swap_remove(1);
    edited.update(vec![(super::ModuleIx(1), unit)]);
    let (edited, fresh) = (verdicts(&mut edited), verdicts(&mut Effects::new(program(&now))));
    assert_eq!((edited.len(), edited.last()), (2, Some(&Verdict::Proven)), "{edited:?}");
    assert_eq!((fresh.len(), fresh.last()), (2, Some(&Verdict::Proven)), "{fresh:?}");
}
