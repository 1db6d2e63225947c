//! Documentation of lints, and suppression.

use super::check::{checker, look};
use crate::{Checker, Config, Fix, LINTS, MemoryFiles};
use std::path::PathBuf;
use std::sync::Arc;

/// Names of lints that complain about a program, unknown callees included.
fn lints_of(text: &str) -> Vec<&'static str> {
    let mut memory = MemoryFiles::default();
    memory.add("/app/example.ts", text);
    let mut config = Config::default();
    config.set_strict();
    let report = Checker::new(Arc::new(memory), config).check(&[PathBuf::from("/app")]);
    assert!(report.diagnostics.iter().all(|it| it.lint.is_some()), "{:#?}", report.diagnostics);
    report.diagnostics.iter().filter_map(|it| it.lint).collect()
}

#[test]
fn examples_are_complained_about_and_what_to_use_instead_is_not() {
    for lint in LINTS {
        let found = lints_of(lint.example);
        assert!(found.contains(&lint.name), "{}: its example has {found:?}", lint.name);
        let found = lints_of(lint.instead);
        assert!(found.is_empty(), "{}: what to use instead has {found:?}", lint.name);
    }
}

#[test]
fn lints_have_names_and_codes_of_their_own() {
    let page = corona_std::errors::PAGE;
    for (index, lint) in LINTS.iter().enumerate() {
        assert!(LINTS[..index].iter().all(|other| other.name != lint.name && other.code < lint.code), "{}", lint.name);
        assert!(page.contains(&format!("(lint `{}`)", lint.name)), "std/errors.md does not name {}", lint.name);
    }
}

#[test]
fn suppressions_that_are_not_written_as_they_have_to_be() {
    let mut checker = checker(
        r#"
//- /app/a.tsx
// corona-ignore
// corona-ignore: because
// corona-ignore useless-suppression
/* corona-ignore useless-suppression: */
// corona-ignore useless-supression: because
// corona-ignored is another word
// this speaks of corona-ignore
"#,
    );
    assert_eq!(
        look(&mut checker, "/app"),
        [
            "/app/a.tsx:1:1 this suppression names no lint",
            "/app/a.tsx:2:1 this suppression names no lint",
            "/app/a.tsx:3:1 this suppression gives no reason, and so has no effect",
            "/app/a.tsx:4:1 this suppression gives no reason, and so has no effect",
            "/app/a.tsx:5:1 there is no lint \"useless-supression\"",
        ]
    );
}

#[test]
fn useless_suppressions_can_be_removed() {
    let text = "let a; // corona-ignore useless-suppression: x\n  // corona-ignore useless-suppression: y\nlet b;\n\
                f(/* corona-ignore useless-suppression: z */ 1);";
    let mut memory = MemoryFiles::default();
    memory.add("/a.ts", text);
    let report = Checker::new(Arc::new(memory), Config::default()).check(&[PathBuf::from("/a.ts")]);
    let fixes: Vec<Fix> = report.diagnostics.into_iter().filter_map(|it| it.fix).collect();
    let mut mended = text.to_owned();
    for edit in fixes.iter().rev().flat_map(|fix| &fix.edits) {
        mended.replace_range(edit.offset..edit.offset + edit.length, &edit.text);
    }
    assert_eq!(mended, "let a;\nlet b;\nf( 1);");
}

/// The text after `--fix`; the same where nothing is offered.
fn fixed(text: &str) -> String {
    let mut memory = MemoryFiles::default();
    memory.add("/a.js", text);
    let report = Checker::new(Arc::new(memory), Config::default()).check(&[PathBuf::from("/a.js")]);
    let fixes = report.diagnostics.into_iter().filter_map(|it| it.fix).filter(|it| it.safe);
    let mut mended = text.to_owned();
    for edit in fixes.flat_map(|fix| fix.edits).collect::<Vec<_>>().iter().rev() {
        mended.replace_range(edit.offset..edit.offset + edit.length, &edit.text);
    }
    mended
}

const LOAD: &str = "import { sleep } from \"corona\";\nlet shared = 0;\nfunction load(x) { sleep(1); return x; }\n";

#[test]
fn a_call_that_the_block_begins_with_can_be_taken_out() {
    let after = |block: &str| fixed(&format!("{LOAD}{block}\n")).strip_prefix(LOAD).map(str::to_owned);
    assert_eq!(
        after("atomic: { const x = load(1); const y = x + 1; shared = y; }").as_deref(),
        Some("const result = load(1);\natomic: { const x = result; const y = x + 1; shared = y; }\n")
    );
    assert_eq!(
        after("function f() {\n  atomic: { shared = load(shared) + 1; }\n}").as_deref(),
        Some("function f() {\n  const result = load(shared);\n  atomic: { shared = result + 1; }\n}\n")
    );
}

#[test]
fn a_call_stays_where_taking_it_out_would_change_what_happens() {
    let blocks = [
        // Something of the block happens before it.
        "atomic: { shared++; load(1); }",
        "atomic: { shared = shared + load(1); }",
        "atomic: { shared += load(1); }",
        "atomic: { ({}).x = load(1); }",
        "atomic: { const [a] = [shared++, load(1)]; shared = a; }",
        // It may not happen, or happen more than once.
        "atomic: { if (shared) load(1); }",
        "atomic: { shared = shared && load(1); }",
        "atomic: { while (shared < 1) { load(1); shared++; } }",
        "atomic: { for (const x of [1]) shared = load(x); }",
        "atomic: { try { load(1); } catch { shared = 1; } }",
        "atomic: { shared ||= load(1); }",
        // It is about variables of the block.
        "const key = 1; atomic: { const x = load(key); { } const key = x; shared = key; }",
        "atomic: { const x = load(() => later); const later = 1; shared = later + x; }",
        "atomic: { const x = load(a); const { b, a } = { a: 1 }; shared = b + x; }",
        "atomic: { const x = load(Late); class Late {} shared = x; }",
        // No statement can stand before the block.
        "if (shared) atomic: { load(1); shared = 1; }",
        "if (shared) // once;\n  atomic: { load(1); shared = 1; }",
        "switch (shared) { case 0: atomic: { load(1); shared = 1; } }",
        "outer: atomic: { load(1); shared = 1; }",
        "do atomic: { load(1); shared++; } while (shared < 1)",
        // Taken out of one block it stands in another.
        "atomic: { atomic: { load(1); shared = 1; } }",
    ];
    for block in blocks {
        let text = format!("{LOAD}{block}\n");
        assert_eq!(fixed(&text), text);
    }
}
