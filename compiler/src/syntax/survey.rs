//! What `check` wants of a text: everything wrong with it, what it asks for, and what its comments say to `check`.

use super::facts::facts;
use super::facts::jsx::{Maker, maker};
use super::imports::{self, Form, Request};
use super::links::{Links, links};
use super::parse::{Parsed, parse};
use super::shared::{SharedUse, shared_uses};
use super::{early, guard, typescript};
use crate::diagnostic::Diagnostic;
use crate::facts::ModuleFacts;
use crate::resolve::Settings;
use crate::source::{Language, Source};
use swc_common::comments::Comment as SwcComment;
use swc_common::{GLOBALS, Globals};

/// A text, as far as it can be read.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    pub(crate) facts: ModuleFacts,
    pub(crate) shared_uses: Vec<SharedUse>,
    pub(crate) links: Links,
    pub(crate) requests: Vec<Request>,
    /// Those that speak to `check`.
    pub(crate) comments: Vec<Comment>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// A comment, without its marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Comment {
    /// Of the whole comment, marks included.
    pub(crate) offset: usize,
    pub(crate) length: usize,
    pub(crate) text: String,
}

/// Comments that say this are kept.
pub(crate) const MARK: &str = "corona-ignore";

pub(crate) fn survey(source: &Source, language: Language, settings: &dyn Fn() -> Settings) -> Survey {
    let result =
        guard::run(source, || GLOBALS.set(&Globals::new(), || Ok(survey_in_scope(source, language, settings))));
    result.unwrap_or_else(|diagnostics| Survey { diagnostics, ..Survey::default() })
}

fn survey_in_scope(source: &Source, language: Language, settings: &dyn Fn() -> Settings) -> Survey {
    let mut parsed = match parse(source, language) {
        Ok(parsed) => parsed,
        // What is wrong with a declaration is for TypeScript to say.
        Err(_) if language.declaration => return Survey::default(),
        Err(diagnostics) => return Survey { diagnostics, ..Survey::default() },
    };
    let mut requests = imports::requests(&parsed);
    if language.declaration {
        return Survey { facts: facts(&mut parsed, language, &requests, None), requests, ..Survey::default() };
    }
    let mut diagnostics = typescript::check(source, &parsed).err().unwrap_or_default();
    diagnostics.extend(early::errors(source, &parsed, language.typescript));
    let comments = comments(source, &parsed);
    let jsx = if language.jsx { maker(&parsed, settings) } else { None };
    if let Some(Maker::Module(specifier)) = &jsx {
        let form = if parsed.module { Form::Static } else { Form::Require };
        requests.push(Request { specifier: specifier.clone(), form, offset: 0, length: 0 });
    }
    let facts = facts(&mut parsed, language, &requests, jsx);
    // Names are resolved now.
    let shared_uses = shared_uses(&parsed);
    let links = links(&parsed, &requests, language.typescript);
    Survey { facts, shared_uses, links, requests, comments, diagnostics }
}

fn comments(source: &Source, parsed: &Parsed) -> Vec<Comment> {
    if !source.text.contains(MARK) {
        return Vec::new();
    }
    let (leading, trailing) = parsed.comments.borrow_all();
    let all = leading.values().chain(trailing.values()).flatten();
    let mut found: Vec<Comment> = all.filter(|it| it.text.contains(MARK)).map(|it| comment(parsed, it)).collect();
    found.sort_by_key(|it| it.offset);
    found.dedup();
    found
}

fn comment(parsed: &Parsed, comment: &SwcComment) -> Comment {
    let (low, high) = (parsed.offset(comment.span.lo), parsed.offset(comment.span.hi));
    Comment { offset: low, length: high.saturating_sub(low), text: comment.text.to_string() }
}
