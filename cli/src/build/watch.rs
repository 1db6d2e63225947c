//! `corona build --watch`: builds again whenever something has changed, and loads that alone, until somebody ends it.

use super::{Job, fail, once};
use crate::record::Recorded;
use crate::say::{self, Voice};
use crate::watch::{self, Options, Watch};
use corona_compiler::Bundler;
use std::sync::Arc;
use std::time::Instant;

/// There is one generation only: what was looked at once is watched for ever.
const GENERATION: u64 = 0;

/// Returns only if it cannot begin.
pub(super) fn watch(job: &Job<'_>, recorded: &Recorded) -> Result<bool, String> {
    let folder = &job.options.cwd;
    let mut files = Watch::new(folder, &Options::default(), watch::ALWAYS)?;
    let voice = Voice::new("watch", !job.arguments.no_clear_screen, folder);
    let mut bundler = Bundler::new(Arc::clone(&job.files), job.options.clone());
    loop {
        let start = Instant::now();
        let is_built = once(job, &mut || bundler.build()).unwrap_or_else(|message| {
            fail(&message);
            false
        });
        files.depends_on(GENERATION, recorded.take());
        files.take_notice().iter().for_each(|notice| voice.say(notice));
        let done = if is_built { "built in" } else { "gave up after" };
        voice.say(&format!("{done} {}, watching {} files", say::time(start.elapsed()), files.count()));
        let change = files.next();
        voice.clear();
        voice.say(&format!("{} changed", voice.names(&change.paths)));
        change.paths.iter().for_each(|path| bundler.changed(path));
    }
}
