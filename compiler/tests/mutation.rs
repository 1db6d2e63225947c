//! The fuzz harness on a small scale, with every test run: seeds, and mutations of them that are the same each time.

#[path = "../fuzz/harness.rs"]
mod harness;

use std::time::{Duration, Instant};

const SEEDS: &[&str] = &[
    include_str!("../fuzz/seeds/atomic.txt"),
    include_str!("../fuzz/seeds/broken.txt"),
    include_str!("../fuzz/seeds/commonjs.txt"),
    include_str!("../fuzz/seeds/cycle.txt"),
    include_str!("../fuzz/seeds/jsx.txt"),
    include_str!("../fuzz/seeds/jsx-names.txt"),
    include_str!("../fuzz/seeds/modules.txt"),
    include_str!("../fuzz/seeds/package.txt"),
    include_str!("../fuzz/seeds/sloppy.txt"),
    include_str!("../fuzz/seeds/syntax.txt"),
    include_str!("../fuzz/seeds/templates.txt"),
    include_str!("../fuzz/seeds/typescript.txt"),
];

const WORDS: &str = include_str!("../fuzz/words.dict");

/// For each seed.
const MUTATIONS: usize = 400;
/// No program of this size may take longer, on the slowest machine with everything else going on.
const LIMIT: Duration = Duration::from_secs(10);

#[test]
fn mutated_programs_are_compiled_or_refused() {
    let words: Vec<Vec<u8>> = WORDS.lines().map(unquoted).collect();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for seed in SEEDS {
        check(seed.as_bytes());
        for _ in 0..MUTATIONS {
            let mut text = seed.as_bytes().to_vec();
            for _ in 0..=random.below(4) {
                mutate(&mut text, &words, &mut random);
            }
            check(&text);
        }
    }
}

/// Compiles; names the input when that goes wrong, so that it can become a seed.
fn check(text: &[u8]) {
    let start = Instant::now();
    let outcome = std::panic::catch_unwind(|| harness::check(text));
    assert!(outcome.is_ok(), "the input was:\n{}", String::from_utf8_lossy(text));
    assert!(start.elapsed() < LIMIT, "{:?} for\n{}", start.elapsed(), String::from_utf8_lossy(text));
}

/// The entry of a dictionary for libFuzzer: `"text\x0a"`.
fn unquoted(line: &str) -> Vec<u8> {
    let mut rest = line.trim_matches('"').as_bytes();
    let mut word = Vec::new();
    while let [first, tail @ ..] = rest {
        let (byte, tail) = match (first, tail) {
            (b'\\', [b'x', high, low, tail @ ..]) => {
                let digit = |byte: u8| (byte as char).to_digit(16).expect("hexadecimal") as u8;
                (digit(*high) << 4 | digit(*low), tail)
            }
            (b'\\', [byte, tail @ ..]) => (*byte, tail),
            _ => (*first, tail),
        };
        word.push(byte);
        rest = tail;
    }
    word
}

fn mutate(text: &mut Vec<u8>, words: &[Vec<u8>], random: &mut Random) {
    let at = random.below(text.len() + 1);
    let end = (at + random.below(24)).min(text.len());
    match random.below(8) {
        0 => drop(text.drain(at..end)),
        1 => {
            let piece = text[at..end].to_vec();
            let to = random.below(text.len() + 1);
            text.splice(to..to, piece);
        }
        2 | 3 => {
            let word = &words[random.below(words.len())];
            text.splice(at..at, word.iter().copied());
        }
        4 => text.truncate(at),
        5 => {
            if let Some(byte) = text.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
        }
        6 => {
            let other = SEEDS[random.below(SEEDS.len())].as_bytes();
            let from = random.below(other.len());
            let to = (from + random.below(80)).min(other.len());
            text.splice(at..end, other[from..to].iter().copied());
        }
        _ => {
            let bracket = b"([{`<!/"[random.below(7)];
            text.splice(at..at, std::iter::repeat_n(bracket, 1 + random.below(200)));
        }
    }
}

/// Xorshift: the same numbers on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}
