//! What can be done about findings, and with selected code.

use super::{apply, program};

/// The first finding is mended by the fix whose title starts so; then there is none.
#[track_caller]
fn check_fix(title: &str, before: &str, after: &str) {
    let (mut ide, path, _) = program(&format!("//- /a.ts\n$0{before}"));
    ide.refresh();
    let found = ide.diagnostics(&path).to_vec();
    let fixes = ide.fixes(&found[0]);
    let fix = fixes.iter().find(|fix| fix.title.starts_with(title));
    let fix = fix.unwrap_or_else(|| panic!("no such fix: {fixes:#?}"));
    let changed = apply(&ide, &fix.edits);
    assert_eq!(changed, format!("//- /a.ts\n{after}"));
    ide.overlay(&path, Some(after.as_bytes().to_vec()));
    ide.refresh();
    assert_eq!(ide.diagnostics(&path), []);
}

#[test]
fn a_finding_can_be_suppressed_where_it_is() {
    check_fix(
        "Suppress",
        "import { atomic, sleep } from \"corona\";\nlet n = 0;\nfunction f() {\n  atomic(() => { n++; sleep(1); });\n}\nf();\n",
        "import { atomic, sleep } from \"corona\";\nlet n = 0;\nfunction f() {\n  // corona-ignore blocking-in-atomic: FIXME say why this is right here\n  atomic(() => { n++; sleep(1); });\n}\nf();\n",
    );
}

#[test]
fn what_is_only_to_be_done_is_started_inside_and_waited_for_afterwards() {
    check_fix(
        "Start sleep inside",
        "import { sleep } from \"corona\";\nlet n = 0;\nexport function f() {\n  atomic: {\n    n++;\n    sleep(1);\n  }\n}\n",
        "import { sleep } from \"corona\";\nlet n = 0;\nexport function f() {\n  let started: ReturnType<typeof sleep.future> | undefined;\n  atomic: {\n    n++;\n    started = sleep.future(1);\n  }\n  started?.get();\n}\n",
    );
}

#[track_caller]
fn check_wrap(code: &str, expected: Option<&str>) {
    let start = code.find('[').expect("a selection");
    let end = code.find(']').expect("a selection") - 1;
    let text = code.replace(['[', ']'], "");
    let (mut ide, path, _) = program(&format!("//- /a.ts\n$0{text}"));
    let fix = ide.wrap_in_atomic(&path, start..end);
    assert_eq!(fix.map(|fix| apply(&ide, &fix.edits)), expected.map(|it| format!("//- /a.ts\n{it}")));
}

#[test]
fn statements_are_wrapped_where_they_can_be() {
    check_wrap(
        "let n = 0;\nfunction f() {\n  [n++;\n  n--;]\n}\nf();\n",
        Some("let n = 0;\nfunction f() {\n  atomic: {\n    n++;\n    n--;\n  }\n}\nf();\n"),
    );
    check_wrap("[let n = 0;]\nn++;\n", None);
    check_wrap("let n = 0;\nn[++;]\n", None);
    check_wrap("[await 1;]\n", None);
    check_wrap("let n = 0;\n[]n++;\n", None);
}
