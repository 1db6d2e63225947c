//! Where the requests of a module lead.

use super::{Asset, Key, Lead, Loading, key_of};
use crate::bundle::options::Platform;
use crate::diagnostic::{Diagnostic, Severity};
use crate::graph::unresolved;
use crate::resolve::{Found, Missing, Target, is_builtin, standard};
use crate::source::{self, Source};
use crate::syntax::bundle::{Ask, AskForm, Attribute, Record};
use corona_std::bundle::How;
use corona_std::errors;
use std::path::Path;

impl Loading<'_> {
    /// One for each request of `record`.
    pub(super) fn leads(
        &self,
        path: &Path,
        source: &Source,
        record: &Record,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Lead> {
        record.requests.iter().map(|ask| self.lead(path, source, ask, diagnostics)).collect()
    }

    fn lead(&self, path: &Path, source: &Source, ask: &Ask, diagnostics: &mut Vec<Diagnostic>) -> Lead {
        if self.is_external(&ask.specifier) {
            return Lead::External(ask.specifier.clone());
        }
        match self.find(path, ask) {
            Ok(Target::Std(name)) => Lead::External(name),
            Ok(Target::File(found)) if ask.form == AskForm::Url => self.asset(source, ask, &found, diagnostics),
            // Nobody but Node can say where a file is.
            Ok(Target::File(_)) if ask.form == AskForm::Resolve => Lead::External(ask.specifier.clone()),
            Ok(Target::File(found)) => {
                let attribute = ask.attribute.filter(|it| *it != Attribute::Other);
                Lead::Module(key_of(&found, attribute), Some(found))
            }
            Err(Missing::Ignored) => Lead::Module(Key::Ignored, None),
            Err(_) if is_builtin(&ask.specifier) && self.options.platform == Platform::Server => {
                Lead::External(ask.specifier.clone())
            }
            Err(_) if ask.form == AskForm::Url || ask.guarded && ask.form != AskForm::Import => Lead::Missing,
            Err(missing) => {
                diagnostics.push(self.unresolved(path, source, ask, &missing));
                Lead::Missing
            }
        }
    }

    fn find(&self, path: &Path, ask: &Ask) -> Result<Target, Missing> {
        let specifier = &ask.specifier;
        if standard(specifier).is_none() && is_builtin(specifier) && self.options.platform == Platform::Server {
            return Err(Missing::NotFound);
        }
        let how = if matches!(ask.form, AskForm::Require | AskForm::Resolve) { How::Require } else { How::Import };
        self.resolver.target(path, specifier, how)
    }

    fn is_external(&self, specifier: &str) -> bool {
        let is_url = ["http:", "https:", "data:", "node:", "corona:"].iter().any(|it| specifier.starts_with(it));
        is_url || specifier == "corona" || self.options.external.iter().any(|it| matches(it, specifier))
    }

    fn unresolved(&self, path: &Path, source: &Source, ask: &Ask, missing: &Missing) -> Diagnostic {
        let place = source.place(ask.place.offset as usize, ask.place.length as usize);
        let mut diagnostic = unresolved(self.files, path, place, &ask.specifier, missing);
        if ask.form != AskForm::Import {
            // It may never be asked for; then it fails as it does without a bundler.
            diagnostic.severity = Severity::Warning;
        }
        diagnostic
    }

    fn asset(&self, source: &Source, ask: &Ask, found: &Found, diagnostics: &mut Vec<Diagnostic>) -> Lead {
        match self.files.read(&found.path) {
            Ok(contents) => Lead::Asset(named_asset(&found.path, contents)),
            Err(error) => {
                let place = source.place(ask.place.offset as usize, ask.place.length as usize);
                let message = format!("cannot read {}: {}", found.path.display(), source::reason(&error));
                diagnostics.push(Diagnostic::new(errors::UNREADABLE_MODULE, message).at(place));
                Lead::Missing
            }
        }
    }
}

/// Named after its file and what is in it.
fn named_asset(path: &Path, contents: Vec<u8>) -> Asset {
    let stem = path.file_stem().map_or_else(|| "asset".into(), |it| it.to_string_lossy());
    let ending = path.extension().map(|it| format!(".{}", it.to_string_lossy())).unwrap_or_default();
    let name = format!("{stem}-{}{ending}", crate::bundle::hash::of(&contents));
    Asset { name, contents }
}

/// `*` stands for anything; a package stands for what is in it.
fn matches(pattern: &str, specifier: &str) -> bool {
    if !pattern.contains('*') {
        return specifier == pattern
            || !pattern.starts_with('.') && specifier.strip_prefix(pattern).is_some_and(|it| it.starts_with('/'));
    }
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = specifier.strip_prefix(first) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.len() >= last.len() && rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn externals_are_names_of_packages_or_patterns() {
        assert!(matches("react", "react") && matches("react", "react/jsx-runtime") && !matches("react", "react-dom"));
        assert!(matches("@scope/*", "@scope/a/b") && !matches("@scope/*", "@other/a"));
        assert!(matches("*.css", "./a/b.css") && !matches("*.css", "./a.css.js"));
    }
}
