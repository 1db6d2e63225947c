//! `corona run --watch`: how long from a save to the first answer of the new code, and what a thousand restarts leave in
//! the supervisor's memory.

use super::peers::Peer;
use corona_tests::TempDir;
use corona_tests::program::{Program, exchange};
use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// What is measured.
#[derive(Clone, Copy)]
pub(crate) enum Watch {
    /// Milliseconds from the rename over the file to the first answer of the new program.
    Save,
    /// KiB by which the supervisor has grown from the tenth to the thousandth restart.
    Growth,
}

const MODULES: usize = 200;
const SAVES: usize = 31;
const RESTARTS_FIRST: usize = 10;
const RESTARTS: usize = 1000;

pub(super) fn measure(what: Watch, peer: Peer) -> Result<f64, String> {
    let service = Service::start(peer)?;
    match what {
        Watch::Save => {
            let mut times = (1..=SAVES).map(|round| service.save(round)).collect::<Result<Vec<_>, _>>()?;
            times.sort();
            Ok(times[times.len() / 2].as_secs_f64() * 1000.0)
        }
        Watch::Growth => {
            (1..=RESTARTS_FIRST).try_for_each(|round| service.save(round).map(drop))?;
            let before = service.program.resident_bytes();
            (RESTARTS_FIRST + 1..=RESTARTS).try_for_each(|round| service.save(round).map(drop))?;
            Ok((service.program.resident_bytes() as f64 - before as f64) / 1024.0)
        }
    }
}

struct Service {
    folder: TempDir,
    program: Program,
    port: u16,
}

impl Service {
    /// Modules that import each other like a tree, each with something to compile, and the service that needs them all.
    fn start(peer: Peer) -> Result<Service, String> {
        let folder = TempDir::new("bench-watch");
        let write = |name: String, text: String| {
            std::fs::write(folder.path().join(&name), text).map_err(|error| format!("{name}: {error}"))
        };
        (0..MODULES).try_for_each(|index| write(format!("module{index}.ts"), module(index)))?;
        write("text.ts".to_owned(), text(0))?;
        write("main.ts".to_owned(), main())?;
        let command = peer.command("hello")?;
        let binary = command.first().ok_or("corona has no binary")?;
        let mut program = Program::start(binary, folder.path(), &["run", "--watch", "main.ts"]);
        let port = program.line_after("port ").parse().map_err(|error| format!("no port: {error}"))?;
        program.error_line_with("started in");
        Ok(Service { folder, program, port })
    }

    /// Saves a module as editors do, and asks until the new program answers.
    fn save(&self, round: usize) -> Result<Duration, String> {
        let path = |name: &str| self.folder.path().join(name);
        std::fs::write(path("new"), text(round)).map_err(|error| error.to_string())?;
        let start = Instant::now();
        std::fs::rename(path("new"), path("text.ts")).map_err(|error| error.to_string())?;
        let wanted = format!("round {round} of {MODULES}");
        while start.elapsed() < Duration::from_secs(30) {
            let answer = exchange(self.port, b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
            if answer.ends_with(&wanted) {
                return Ok(start.elapsed());
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        Err(format!("round {round} is never served"))
    }
}

fn text(round: usize) -> String {
    format!("export const round: number = {round};\n")
}

fn main() -> String {
    "import { serve } from 'corona:http';
import { count } from './module0.ts';
import { round } from './text.ts';
const server = serve({ port: 0, hostname: '127.0.0.1' }, () => new Response(`round ${round} of ${count()}`));
console.log('port', server.port);
"
    .to_owned()
}

fn module(index: usize) -> String {
    let children: Vec<usize> = [2 * index + 1, 2 * index + 2].into_iter().filter(|it| *it < MODULES).collect();
    let mut source = String::new();
    for child in &children {
        let _ = writeln!(source, "import {{ count as count{child} }} from './module{child}.ts';");
    }
    for function in 0..20 {
        let _ = writeln!(
            source,
            "export function work{function}(values: number[], by: {{ factor?: number }} = {{}}): number {{
  let total = 0;
  for (const value of values) if (value % {} !== 0) total += value * (by.factor ?? {function});
  return total;
}}",
            function + 2
        );
    }
    let below: String = children.iter().map(|child| format!(" + count{child}()")).collect();
    let _ = writeln!(source, "export function count(): number {{ return 1{below}; }}");
    source
}
