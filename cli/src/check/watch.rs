//! `corona check --watch`: looks again whenever something has changed, at that alone, until somebody ends it.

use super::{complain, config, look, paths};
use crate::process;
use crate::record::Recorded;
use crate::say::{self, Voice};
use crate::watch::{self, Watch};
use crate::{arguments, watch::Options};
use corona_compiler::{Checker, FileSystem};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

/// There is one generation only: what was looked at once is watched for ever.
const GENERATION: u64 = 0;

/// Returns only if it cannot begin.
pub(super) fn watch(arguments: &arguments::Check) -> Result<bool, String> {
    if arguments.paths.iter().any(|path| path == Path::new("-")) {
        return Err("--watch needs files: standard input can be read only once".to_owned());
    }
    let folder = process::working_directory()?;
    let here = vec![PathBuf::from(".")];
    let named = if arguments.paths.is_empty() { here } else { arguments.paths.clone() };
    let named = named.into_iter().chain(arguments.config.clone()).collect();
    let mut files = Watch::new(&folder, &Options { paths: named, ..Options::default() }, watch::ALWAYS)?;
    let voice = Voice::new("watch", !arguments.no_clear_screen, &folder);
    let recorded = Arc::new(Recorded::default());
    let mut known: Option<(Checker, Vec<PathBuf>)> = None;
    loop {
        let start = Instant::now();
        if let Err(message) = look_again(arguments, &mut known, &recorded, &folder) {
            complain(&message);
        }
        files.depends_on(GENERATION, recorded.take());
        files.take_notice().iter().for_each(|notice| voice.say(notice));
        voice.say(&format!("looked in {}, watching {}", say::time(start.elapsed()), say::files(files.count())));
        let change = files.next();
        voice.clear();
        voice.say(&format!("{} changed", voice.names(&change.paths)));
        let decides = |path: &PathBuf| {
            path.ends_with("corona.json") || arguments.config.as_ref().is_some_and(|it| path.ends_with(it))
        };
        if change.paths.iter().any(decides) {
            known = None;
        }
        for path in &change.paths {
            if let Some((checker, _)) = &mut known {
                checker.changed(path);
            }
        }
    }
}

/// With what is known from the last time, unless the configuration has changed since.
fn look_again(
    arguments: &arguments::Check,
    known: &mut Option<(Checker, Vec<PathBuf>)>,
    recorded: &Arc<Recorded>,
    folder: &Path,
) -> Result<bool, String> {
    let (mut checker, paths) = match known.take() {
        Some(known) => known,
        None => {
            let files = Arc::clone(recorded) as Arc<dyn FileSystem>;
            let mut checker = Checker::new(files, config(arguments, folder)?);
            let paths = paths(arguments, folder, &mut checker)?;
            (checker, paths)
        }
    };
    let looked = look(arguments, &mut checker, &paths, folder);
    *known = Some((checker, paths));
    looked
}
