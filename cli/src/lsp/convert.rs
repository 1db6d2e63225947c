//! What the compiler says, in the protocol's terms.

use super::position::{Encoding, Lines};
use corona_compiler::{Diagnostic, Place, Severity};
use gen_lsp_types as lsp;
use std::path::{Path, PathBuf};

/// The file that a URI names; none for what is in no file.
pub(super) fn path(uri: &lsp::Uri) -> Option<PathBuf> {
    corona_compiler::url_path(&uri.0)
}

pub(super) fn uri(path: &Path) -> lsp::Uri {
    lsp::Uri(corona_compiler::file_url(path))
}

/// How to write diagnostics.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub(super) encoding: Encoding,
    pub(super) related: bool,
}

impl Style {
    pub(super) fn diagnostic(self, diagnostic: &Diagnostic) -> lsp::Diagnostic {
        let mut message = diagnostic.message.clone();
        let mut related = Vec::new();
        for note in &diagnostic.notes {
            match &note.place {
                Some(place) if self.related => related.push(lsp::DiagnosticRelatedInformation {
                    location: self.location(place),
                    message: note.message.clone(),
                }),
                Some(place) => {
                    let line = place.position().line;
                    message.push_str(&format!("\n  {} ({}:{line})", note.message, place.file));
                }
                None => message.push_str(&format!("\n  {}", note.message)),
            }
        }
        if let Some(help) = &diagnostic.help {
            message.push_str(&format!("\nhelp: {help}"));
        }
        let useless = diagnostic.lint == Some("useless-suppression");
        lsp::Diagnostic {
            range: diagnostic.place.as_ref().map(|place| self.range(place)).unwrap_or_default(),
            severity: Some(match diagnostic.severity {
                Severity::Error => lsp::DiagnosticSeverity::Error,
                Severity::Warning => lsp::DiagnosticSeverity::Warning,
                Severity::Info => lsp::DiagnosticSeverity::Information,
            }),
            code: Some(lsp::Code::String(diagnostic.lint.unwrap_or(diagnostic.code).to_owned())),
            code_description: None,
            source: Some("corona".to_owned()),
            message: lsp::Message::String(message),
            tags: useless.then(|| vec![lsp::DiagnosticTag::Unnecessary]),
            related_information: (!related.is_empty()).then_some(related),
            data: None,
        }
    }

    pub(super) fn range(self, place: &Place) -> lsp::Range {
        Lines::of(&place.text, self.encoding).range(&place.text, place.offset, place.length)
    }

    fn location(self, place: &Place) -> lsp::Location {
        lsp::Location { uri: uri(Path::new(&place.file)), range: self.range(place) }
    }
}
