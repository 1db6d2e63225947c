//! A future that nobody can ask for its result.

use super::program::Program;
use super::{Lint, RestsOn};
use crate::diagnostic::{Diagnostic, Severity};
use crate::effects::ModuleIx;
use crate::facts::{CallId, FunctionId, OpKind};
use crate::graph::walk::ModuleId;
use corona_std::errors;

pub(super) const LINT: Lint = Lint {
    name: "unawaited-task",
    code: errors::UNAWAITED_TASK,
    severity: Severity::Warning,
    what: "Finds calls of future(…) and of .future(…) whose result is thrown away.",
    why: "Such a call starts something and returns a future for its result. A failure is reported only when the task \
          that started it ends without having asked; in a server's main task that is never, so the failure is lost. \
          spawn(…) is for what nobody will ask about: its failures are reported at once.",
    example: "import { writeFile } from \"corona:fs\";\n\nexport function log(text: string) {\n  writeFile.future(\"log.txt\", \
              text);\n}\n",
    instead: "import { spawn } from \"corona\";\nimport { writeFile } from \"corona:fs\";\n\nexport function log(text: \
              string) {\n  spawn(() => writeFile(\"log.txt\", text));\n}\n\nexport function logBoth(text: string) {\n  const \
              copy = writeFile.future(\"copy.txt\", text);\n  writeFile(\"log.txt\", text);\n  copy.get();\n}\n",
    rests_on: RestsOn::Reached,
    find,
};

fn find(program: &Program<'_>, module: ModuleId) -> Vec<Diagnostic> {
    let facts = program.facts(module);
    let dropped =
        |call: CallId| facts.call(call).unused && program.effects.borrow_mut().starts_future(ModuleIx(module.0), call);
    let functions = (0..facts.functions.len() as u32).map(FunctionId);
    let ops = functions.flat_map(|function| facts.ops(function));
    let found = ops.filter_map(|op| match op.kind {
        OpKind::Call(call) if dropped(call) => {
            let message = format!("nobody can ask for the result of `{}`", facts.name(facts.call(call).text));
            let help = "keep the future and ask for its result with get(), or start it with spawn(() => …)";
            Some(LINT.finding(message, program.place(module, op.span)).help(help))
        }
        _ => None,
    });
    found.collect()
}
