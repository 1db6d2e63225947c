//! Edits of all kinds, one after the other: after each the answers are those of a fresh analysis.

use super::{Basis, Effects, ModuleIx, program, told};
use crate::tests::random::Random;

const MODULES: usize = 6;

/// One line of a module; `{}` are numbers of modules and things.
fn line(dice: &mut Random, index: usize) -> String {
    let (other, a, b) = (dice.below(MODULES), dice.below(3), dice.below(3));
    match dice.below(17) {
        0 => format!("export function f{a}(x) {{ return g{b}(x); }}"),
        1 => format!("export function f{a}(x) {{ sleep(1); return x; }}"),
        2 => format!("export function f{a}(x) {{ return x; }}"),
        3 => format!("export const f{a} = (x) => m{other}.f{b}(x);"),
        4 => format!("const g{a} = () => m{other}.f{b}(1);"),
        5 => format!("function g{a}(h) {{ return h && h(); }}"),
        6 => format!("table.k{a} = g{b};"),
        7 => format!("export class C{a} extends m{other}.C{b} {{ run() {{ this.step(); }} }}"),
        8 => format!(
            "export class C{a} {{ constructor(h) {{ this.h = h; }} step() {{ sleep(1); }} run() {{ this.h(); }} }}"
        ),
        9 => format!("export class C{a} {{ step() {{}} }}"),
        10 => format!("atomic: {{ g{a}(m{other}.f{b}); }}"),
        11 => format!("atomic: {{ new m{other}.C{a}(g{b}).run(); }}"),
        12 => format!("atomic: {{ [m{other}.f{a}, g{b}].forEach((f) => f()); }}"),
        13 => format!("atomic: {{ table.k{a}(); for (const x of table.list) x(); }}"),
        14 => format!("table.list.push(m{other}.f{a}, f{b});"),
        15 => format!("export * from \"./m{}.js\";", (index + 1 + other) % MODULES),
        _ => format!(
            "export const d{a} = {{ ...table, ...m{other}.d{b}, run: m{other}.f{a}.bind(null) }}; atomic: {{ d{a}.run(); d{a}.k{b}(); }}"
        ),
    }
}

fn text(lines: &[String]) -> String {
    let mut text = "import { sleep } from \"corona\";\nconst table = { list: [] };\n".to_owned();
    for index in 0..MODULES {
        text.push_str(&format!("import * as m{index} from \"./m{index}.js\";\n"));
    }
    // A name is declared once; which of its lines counts depends on the edits.
    let mut seen: Vec<&str> = Vec::new();
    for line in lines {
        let name = ["function ", "const ", "class "].iter().find_map(|word| line.split_once(word));
        let name = name.map(|(_, rest)| rest.split([' ', '(']).next().unwrap_or(""));
        if name.is_some_and(|name| line.starts_with("atomic") || !seen.contains(&name)) || name.is_none() {
            text.push_str(line);
            text.push('\n');
        }
        seen.extend(name.filter(|_| !line.starts_with("atomic")));
    }
    text
}

/// An analysis, and what it answered about each module with what that rests on.
struct Known {
    effects: Effects,
    answers: Vec<(Vec<String>, Basis)>,
    /// Modules in the order in which they were asked about.
    asked: Vec<usize>,
}

impl Known {
    fn new(files: &[(String, String)]) -> Known {
        let mut known = Known { effects: Effects::new(program(files)), answers: Vec::new(), asked: Vec::new() };
        known.answers = (0..files.len()).map(|index| known.ask(index, files)).collect();
        known
    }

    /// The text of one module is another.
    fn update(&mut self, edited: usize, files: &[(String, String)]) {
        let unit = program(files).swap_remove(edited);
        let changes = self.effects.update(vec![(ModuleIx(edited as u32), unit)]);
        for index in 0..files.len() {
            if changes.concern(&self.answers[index].1) {
                self.answers[index] = self.ask(index, files);
            }
        }
    }

    fn ask(&mut self, index: usize, files: &[(String, String)]) -> (Vec<String>, Basis) {
        self.asked.push(index);
        let (sites, basis) = self.effects.sites(1, &[ModuleIx(index as u32)]).remove(0);
        // Where several paths are as short, either will do.
        let told = sites.iter().map(|site| told(site, files).split(": ").next().unwrap_or_default().to_owned());
        (told.collect(), basis)
    }

    /// What was found in sections, and what functions do.
    fn all(&mut self) -> Vec<String> {
        let mut all: Vec<String> = self.answers.iter().flat_map(|(answers, _)| answers).cloned().collect();
        for index in 0..self.answers.len() {
            let functions = self.effects.functions(ModuleIx(index as u32));
            all.extend(functions.iter().map(|function| format!("{index} {} {:?}", function.name, function.effect)));
        }
        all
    }
}

#[test]
fn an_edited_program_is_what_a_fresh_one_is() {
    let mut blocking = 0;
    for seed in 1..=12 {
        let mut dice = Random(0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(seed));
        let mut lines: Vec<Vec<String>> =
            (0..MODULES).map(|index| (0..8).map(|_| line(&mut dice, index)).collect()).collect();
        let files = |lines: &[Vec<String>]| -> Vec<(String, String)> {
            lines.iter().enumerate().map(|(index, lines)| (format!("/m{index}.js"), text(lines))).collect()
        };
        let mut edited = Known::new(&files(&lines));
        for step in 0..25 {
            let module = dice.below(MODULES);
            let at = dice.below(lines[module].len() + 1);
            let new = line(&mut dice, module);
            match dice.below(3) {
                0 => lines[module].insert(at, new),
                1 if lines[module].len() > 2 => {
                    let last = lines[module].len() - 1;
                    lines[module].remove(at.min(last));
                }
                _ => {
                    let last = lines[module].len() - 1;
                    lines[module][at.min(last)] = new;
                }
            }
            let files = files(&lines);
            edited.update(module, &files);
            let expected = Known::new(&files).all();
            blocking +=
                expected.iter().filter(|answer| answer.contains("proven") || answer.contains("possible")).count();
            assert_eq!(edited.all(), expected, "seed {seed}, step {step}, module {module}");
        }
    }
    assert!(blocking > 200, "the programs have something to find: {blocking}");
}

/// Modules that are asked about again after the edit of one.
fn asked_again(files: &[(&str, &str)], path: &str, text: &str) -> Vec<usize> {
    let mut files: Vec<(String, String)> =
        files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let mut known = Known::new(&files);
    known.asked.clear();
    let edited = files.iter().position(|(known, _)| known == path).expect("it is one of the files");
    text.clone_into(&mut files[edited].1);
    known.update(edited, &files);
    let asked = std::mem::take(&mut known.asked);
    assert_eq!(known.all(), Known::new(&files).all());
    asked
}

#[test]
fn answers_that_rest_on_nothing_that_changed_still_hold() {
    let files = [
        ("/log.js", "export function log(x) { return x; }\nexport function other() {}\n"),
        ("/a.js", "import { log } from './log.js';\nexport const run = () => log(1);\natomic: { run(); }\n"),
        ("/b.js", "import { log } from './log.js';\natomic: { log({}); }\n"),
        ("/c.js", "import { run } from './a.js';\natomic: { run(); }\n"),
        ("/d.js", "const alone = () => 1;\natomic: { alone(); }\n"),
    ];
    // Nobody uses what b does.
    assert_eq!(asked_again(&files, "/b.js", "atomic: { 1; }\n"), [2]);
    assert_eq!(asked_again(&files, "/d.js", "atomic: { alone(); }\n"), [4]);
    let sleeps = "import { sleep } from 'corona';\nexport const run = () => sleep(1);\natomic: { run(); }\n";
    assert_eq!(asked_again(&files, "/a.js", sleeps), [1, 3]);
    let sleeps = "import { sleep } from 'corona';\nexport function log(x) { sleep(1); }\n";
    assert_eq!(asked_again(&files, "/log.js", sleeps), [0, 1, 2, 3]);
}

#[test]
fn a_program_that_grows_by_very_many_modules_is_what_a_fresh_one_is() {
    let of = |count: usize| -> Vec<(String, String)> {
        let text = |index: usize| {
            let (before, kind) = (index.saturating_sub(7), index % 3);
            let blocks = if kind == 0 { "sleep(1);" } else { "" };
            format!(
                "import {{ sleep }} from 'corona';\nimport * as before from './m{before}.js';\n\
                 export const hooks = [];\nexport function add(hook) {{ hooks.push(hook); }}\n\
                 export class Base extends before.Base {{ step() {{ {blocks} }} }}\n\
                 before.add(() => {{ {blocks} }});\natomic: {{ hooks[0](); new Base().step(); }}\n"
            )
        };
        (0..count).map(|index| (format!("/m{index}.js"), text(index))).collect()
    };
    let (few, all) = (of(30), of(300));
    let mut grown = Known::new(&few);
    let units = program(&all);
    let new = units.into_iter().enumerate().skip(few.len()).map(|(index, unit)| (ModuleIx(index as u32), unit));
    let changes = grown.effects.update(new.collect());
    grown.answers = (0..all.len()).map(|index| grown.ask(index, &all)).collect();
    assert!(changes.concern(&Basis::default()), "what was known of the few holds no more");
    let (grown, fresh) = (grown.all(), Known::new(&all).all());
    assert!(fresh.iter().filter(|answer| answer.contains("proven") || answer.contains("possible")).count() > 100);
    assert_eq!(grown, fresh);
}
