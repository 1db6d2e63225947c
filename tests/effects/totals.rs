//! `totals.txt`: how many labels met which verdict, and every disagreement by name.

use crate::analysis::{Judged, Verdict};
use crate::program::{Kind, Program};
use std::fmt::Write;

/// How many of the sites that block have to be proven or possible.
const RECALL_MIN_PERCENT: usize = 98;

/// Compares with the committed file, or rewrites it when blessing; then asserts what must hold whatever is committed.
pub(crate) fn compare(programs: &[Program], judged: &[Judged]) {
    let text = render(programs, judged);
    let path = corona_tests::root().join("tests/effects/totals.txt");
    println!("{}", text.lines().take_while(|line| !line.starts_with("## ")).collect::<Vec<_>>().join("\n"));
    if std::env::var_os("BLESS").is_some_and(|value| value != "0" && !value.is_empty()) {
        std::fs::write(&path, &text).expect("the totals can be written");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    let news: Vec<String> =
        text.lines().filter(|line| !committed.contains(*line)).map(|it| format!("+ {it}")).collect();
    let gone: Vec<String> =
        committed.lines().filter(|line| !text.contains(*line)).map(|it| format!("- {it}")).collect();
    assert!(
        text == committed,
        "the verdicts have changed; if for the better, BLESS=1 cargo test --package corona --test effects\n{}\n{}",
        gone.join("\n"),
        news.join("\n"),
    );
    let count = |fits: Fits| judged.iter().filter(|it| fits(it)).count();
    let found = count(|it| it.verdict <= Verdict::Possible && blocks(it));
    assert_eq!(count(|it| it.verdict == Verdict::Proven && !blocks(it)), 0, "what is proven has to be so");
    assert!(found * 100 >= count(blocks) * RECALL_MIN_PERCENT, "only {found} of {} were found", count(blocks));
}

fn render(programs: &[Program], judged: &[Judged]) -> String {
    let mut out =
        "# Verdicts of `corona check` on the labelled programs; see README.md. Rewritten by BLESS=1.\n\n".to_owned();
    let _ = writeln!(out, "programs: {}, labelled sites: {}\n", programs.len(), labelled(judged));
    let count =
        |verdict, kinds: &[Kind]| judged.iter().filter(|it| it.verdict == verdict && kinds.contains(&it.kind)).count();
    let columns: [(&str, &[Kind]); 3] = [
        ("blocks", &[Kind::Blocks, Kind::BlocksUnreached]),
        ("safe", &[Kind::Safe]),
        ("undecidable", &[Kind::Undecidable]),
    ];
    let _ = writeln!(out, "| verdict | blocks | safe | undecidable |\n|---|---|---|---|");
    for verdict in Verdict::ALL {
        let cells = columns.map(|(_, kinds)| count(verdict, kinds).to_string());
        let _ = writeln!(out, "| {} | {} |", verdict.name(), cells.join(" | "));
    }
    let blocking = columns[0].1;
    let proven: usize = columns.iter().map(|(_, kinds)| count(Verdict::Proven, kinds)).sum();
    let found = count(Verdict::Proven, blocking) + count(Verdict::Possible, blocking);
    let all: usize = Verdict::ALL.iter().map(|verdict| count(*verdict, blocking)).sum();
    let _ = writeln!(out, "\nprecision of proven: {}", ratio(count(Verdict::Proven, blocking), proven));
    let _ = writeln!(out, "recall of proven and possible: {}", ratio(found, all));
    for (headline, fits) in DISAGREEMENTS {
        let listed: Vec<&Judged> = judged.iter().filter(|it| fits(it)).collect();
        let _ = writeln!(out, "\n## {headline}: {}\n", listed.len());
        for it in listed {
            let said = if it.message.is_empty() { String::new() } else { format!("; check says: {}", it.message) };
            let _ = writeln!(out, "- {} {}: {}{said}", it.place, it.kind.name(), it.reason);
        }
    }
    out
}

type Fits = fn(&Judged) -> bool;

const DISAGREEMENTS: [(&str, Fits); 6] = [
    ("Proven, and not so", |it| it.verdict == Verdict::Proven && !blocks(it)),
    ("Blocks, and nothing was said", |it| it.verdict == Verdict::Silent && blocks(it)),
    ("Blocks, and nothing is known", |it| it.verdict == Verdict::Unknown && blocks(it)),
    ("Undecidable, and nothing was said", |it| it.verdict == Verdict::Silent && it.kind == Kind::Undecidable),
    ("Safe, and said to be possible", |it| it.verdict == Verdict::Possible && it.kind == Kind::Safe),
    ("Safe, and nothing is known", |it| it.verdict == Verdict::Unknown && it.kind == Kind::Safe),
];

fn blocks(it: &Judged) -> bool {
    matches!(it.kind, Kind::Blocks | Kind::BlocksUnreached)
}

fn labelled(judged: &[Judged]) -> usize {
    judged.iter().filter(|it| it.reason != "no label").count()
}

fn ratio(part: usize, whole: usize) -> String {
    if whole == 0 {
        return "nothing to divide".to_owned();
    }
    format!("{part} of {whole}, {:.1}%", part as f64 * 100.0 / whole as f64)
}
