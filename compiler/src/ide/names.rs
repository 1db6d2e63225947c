//! Where a name comes from, and everywhere that it is written: in its scope, and through imports and exports.

use super::Ide;
use crate::diagnostic::Edit;
use crate::facts::Span;
use crate::graph::walk::{Link, ModuleId};
use crate::outline::{BindingId, Exported, Form, Import, Outline, Use};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    pub path: PathBuf,
    pub start: usize,
    pub end: usize,
}

/// What a name means in the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    Binding(ModuleId, BindingId),
    /// A module as a whole, or its `export default` of something without a name.
    Module(ModuleId),
    /// Something of a standard module: the module, and the name unless it is the whole of it.
    Std(String, Option<String>),
}

/// One occurrence of a name, with what it becomes under a new one.
struct Occurrence {
    module: ModuleId,
    span: Span,
    is_definition: bool,
    form: Form,
}

/// What a search through importers has found, and what it has yet to look for.
struct Search<'a> {
    /// Only what has to change together with the name.
    renames: bool,
    found: &'a mut Vec<Occurrence>,
    todo: &'a mut Vec<(ModuleId, String)>,
}

impl Ide {
    /// Where the name at an offset is defined.
    pub fn definition(&mut self, path: &Path, offset: usize) -> Vec<Spot> {
        self.settle();
        let Some((module, outline)) = self.module(path) else { return Vec::new() };
        match self.origin_at(module, &outline, offset) {
            Some(Origin::Binding(module, binding)) => {
                let Some(outline) = self.outline(module) else { return Vec::new() };
                let uses = outline.uses_of(binding).filter(|it| it.is_definition);
                uses.map(|it| self.target(module, it.span)).collect()
            }
            Some(Origin::Module(module)) => vec![self.target(module, Span::default())],
            // Its declarations are in no file; hovering shows them.
            Some(Origin::Std(..)) | None => Vec::new(),
        }
    }

    /// Every place where the name at an offset is written, in every file.
    pub fn references(&mut self, path: &Path, offset: usize, with_definition: bool) -> Vec<Spot> {
        self.settle();
        let found = self.occurrences(path, offset, false).into_iter().filter(|it| with_definition || !it.is_definition);
        let targets: BTreeSet<Spot> = found.map(|it| self.target(it.module, it.span)).collect();
        targets.into_iter().collect()
    }

    /// What would be renamed at an offset.
    pub fn rename_target(&mut self, path: &Path, offset: usize) -> Result<Range<usize>, String> {
        self.settle();
        let (module, outline) = self.module(path).ok_or(UNREADABLE)?;
        let found = outline.use_at(offset).ok_or("there is no name of the program here")?;
        if self.nodes()[module.index()].source.foreign {
            return Err("the file belongs to somebody else's package".to_owned());
        }
        Ok(range(found.span))
    }

    /// Gives the name at an offset another one, wherever it is written.
    pub fn rename(&mut self, path: &Path, offset: usize, new: &str) -> Result<Vec<Edit>, String> {
        self.rename_target(path, offset)?;
        if !is_name(new) {
            return Err(format!("\"{new}\" is no name that a program can use"));
        }
        let (module, outline) = self.module(path).ok_or(UNREADABLE)?;
        let found = outline.use_at(offset).ok_or(UNREADABLE)?;
        let local = (module, found.binding);
        let mut occurrences = match self.origin_at(module, &outline, offset) {
            Some(Origin::Binding(at, _)) if !self.nodes()[at.index()].source.foreign => {
                self.occurrences(path, offset, true)
            }
            // What others own keeps its name over there.
            _ => uses(local, &outline),
        };
        occurrences.sort_by_key(|it| (it.module, it.span));
        occurrences.dedup_by_key(|it| (it.module, it.span));
        let modules: BTreeSet<ModuleId> = occurrences.iter().map(|it| it.module).collect();
        for module in modules {
            let outline = self.outline(module).ok_or(UNREADABLE)?;
            if outline.bindings.iter().any(|it| it.name == new) {
                let name = &self.nodes()[module.index()].source.name;
                return Err(format!("there is a \"{new}\" in {name} already"));
            }
        }
        Ok(occurrences.iter().map(|it| self.edit(it, new)).collect())
    }

    fn edit(&self, occurrence: &Occurrence, new: &str) -> Edit {
        let node = &self.nodes()[occurrence.module.index()];
        let at = range(occurrence.span);
        let old = node.source.text.get(at.clone()).unwrap_or_default();
        let text = match occurrence.form {
            Form::Plain => new.to_owned(),
            Form::Property => format!("{old}: {new}"),
            Form::Import => format!("{old} as {new}"),
            Form::Export => format!("{new} as {old}"),
        };
        Edit { path: node.found.path.clone(), offset: at.start, length: at.len(), text }
    }

    fn occurrences(&mut self, path: &Path, offset: usize, renames: bool) -> Vec<Occurrence> {
        let Some((module, outline)) = self.module(path) else { return Vec::new() };
        match self.origin_at(module, &outline, offset) {
            Some(Origin::Binding(module, binding)) => self.everywhere(module, binding, renames),
            Some(_) => {
                let local = outline.use_at(offset).map(|it| (module, it.binding));
                local.map(|local| uses(local, &outline)).unwrap_or_default()
            }
            None => Vec::new(),
        }
    }

    /// Uses in the module of a binding, and in those that import it, directly or through others.
    fn everywhere(&mut self, module: ModuleId, binding: BindingId, renames: bool) -> Vec<Occurrence> {
        let Some(outline) = self.outline(module) else { return Vec::new() };
        let mut found = uses((module, binding), &outline);
        let is_exported = |it: &&crate::outline::Export| it.what == Exported::Binding(binding);
        let names = outline.exports.iter().filter(is_exported).filter_map(|it| it.name.clone());
        // Under another name it is exported as before.
        let own = &outline.binding(binding).name;
        let names = names.filter(|name| !renames || name == own);
        let mut todo: Vec<(ModuleId, String)> = names.map(|name| (module, name)).collect();
        // What is exported by a list of names may be imported by the same name: then that is to change as well.
        for it in &mut found {
            if it.form == Form::Export && todo.iter().any(|(_, name)| *name == outline.binding(binding).name) {
                it.form = Form::Plain;
            }
        }
        let importers = self.importers();
        let mut seen = BTreeSet::new();
        while let Some((module, name)) = todo.pop() {
            if !seen.insert((module, name.clone())) {
                continue;
            }
            for importer in importers.get(&module).into_iter().flatten() {
                let mut search = Search { renames, found: &mut found, todo: &mut todo };
                self.in_importer(*importer, module, &name, &mut search);
            }
        }
        found
    }

    /// What an importer does with the export `name` of a module.
    fn in_importer(&mut self, importer: ModuleId, module: ModuleId, name: &str, search: &mut Search<'_>) {
        let Search { renames, found, todo } = search;
        let Some(outline) = self.outline(importer) else { return };
        let leads_here = |offset: usize| self.link(importer, offset) == Some(&Link::Module(module));
        let plain = |span| Occurrence { module: importer, span, is_definition: false, form: Form::Plain };
        for import in outline.imports.iter().filter(|it| leads_here(it.offset)) {
            match &import.name {
                None => {
                    let of_it = outline.members.iter().filter(|it| it.binding == import.binding && it.name == name);
                    found.extend(of_it.map(|it| plain(it.span)));
                }
                Some(imported) if imported == name => match import.name_span {
                    Some(span) => found.push(plain(span)),
                    // Imported under its own name, and used by it.
                    None if name != "default" || !*renames => {
                        let of_it = uses((importer, import.binding), &outline).into_iter();
                        found.extend(of_it.map(|it| Occurrence {
                            is_definition: false,
                            form: if matches!(it.form, Form::Import | Form::Export) { Form::Plain } else { it.form },
                            ..it
                        }));
                        let again = outline.exports.iter().filter(|it| {
                            it.what == Exported::Binding(import.binding)
                                && (!*renames || it.name.as_deref() == Some(name))
                        });
                        todo.extend(again.filter_map(|it| Some((importer, it.name.clone()?))));
                    }
                    None => {}
                },
                Some(_) => {}
            }
        }
        for export in &outline.exports {
            match &export.what {
                Exported::From { offset, name: Some(there), span } if there == name && leads_here(*offset) => {
                    found.extend(span.map(plain));
                    // Without `as` it is exported by the same word.
                    if export.span == *span || export.name.as_deref() == Some(name) {
                        todo.extend(export.name.clone().map(|name| (importer, name)));
                    }
                }
                Exported::From { offset, name: None, .. } if export.name.is_none() && leads_here(*offset) => {
                    todo.push((importer, name.to_owned()));
                }
                _ => {}
            }
        }
    }

    fn importers(&self) -> BTreeMap<ModuleId, BTreeSet<ModuleId>> {
        let mut importers: BTreeMap<ModuleId, BTreeSet<ModuleId>> = BTreeMap::new();
        for node in self.nodes() {
            for link in &node.targets {
                if let Link::Module(target) = link {
                    importers.entry(*target).or_default().insert(node.id);
                }
            }
        }
        importers
    }

    /// What the name at an offset means in the end; a specifier means its module.
    pub(super) fn origin_at(&mut self, module: ModuleId, outline: &Arc<Outline>, offset: usize) -> Option<Origin> {
        let member = outline.members.iter().find(|it| touches(it.span, offset));
        if let Some(member) = member {
            let import = outline.import_of(member.binding)?;
            return self.imported(module, import.offset, Some(&member.name), 0);
        }
        if let Some(found) = outline.use_at(offset) {
            return self.origin(module, outline, found);
        }
        let exported = outline.exports.iter().find_map(|it| match &it.what {
            Exported::From { offset: at, name, span } if span.is_some_and(|it| touches(it, offset)) => {
                Some((*at, name.clone()))
            }
            _ => None,
        });
        if let Some((at, name)) = exported {
            return self.imported(module, at, name.as_deref(), 0);
        }
        let import = outline.imports.iter().find(|it| it.name_span.is_some_and(|it| touches(it, offset)));
        if let Some(import) = import {
            return self.imported(module, import.offset, import.name.as_deref(), 0);
        }
        let node = self.nodes().get(module.index())?;
        let inside = |start: usize, length: usize| start <= offset && offset <= start + length;
        let index = node.built.requests.iter().position(|it| inside(it.offset, it.length))?;
        match node.targets.get(index)? {
            Link::Module(module) => Some(Origin::Module(*module)),
            Link::Std(name) => Some(Origin::Std(name.clone(), None)),
            Link::Missing(_) => None,
        }
    }

    fn origin(&mut self, module: ModuleId, outline: &Arc<Outline>, found: &Use) -> Option<Origin> {
        self.origin_of(module, outline, found.binding, 0)
    }

    pub(super) fn origin_of(
        &mut self,
        module: ModuleId,
        outline: &Arc<Outline>,
        binding: BindingId,
        depth: usize,
    ) -> Option<Origin> {
        match outline.import_of(binding) {
            Some(Import { offset, name, .. }) => {
                // What leads nowhere is at least written here.
                let imported = self.imported(module, *offset, name.as_deref(), depth);
                Some(imported.unwrap_or(Origin::Binding(module, binding)))
            }
            None => Some(Origin::Binding(module, binding)),
        }
    }

    /// What the import of `name` (or of all) by the request at `offset` means.
    fn imported(&mut self, module: ModuleId, offset: usize, name: Option<&str>, depth: usize) -> Option<Origin> {
        match self.link(module, offset)?.clone() {
            Link::Std(std) => Some(Origin::Std(std, name.map(str::to_owned))),
            Link::Module(target) => match name {
                None => Some(Origin::Module(target)),
                Some(name) => self.export(target, name, depth + 1),
            },
            Link::Missing(_) => None,
        }
    }

    /// What a module exports under a name. Modules may export each other in circles.
    fn export(&mut self, module: ModuleId, name: &str, depth: usize) -> Option<Origin> {
        if depth > REEXPORTS_MAX {
            return None;
        }
        let outline = self.outline(module)?;
        if let Some(export) = outline.exports.iter().find(|it| it.name.as_deref() == Some(name)) {
            return match &export.what {
                Exported::Binding(binding) => self.origin_of(module, &outline, *binding, depth),
                Exported::From { offset, name, .. } => self.imported(module, *offset, name.as_deref(), depth),
                Exported::Value => Some(Origin::Module(module)),
            };
        }
        if name == "default" {
            return None;
        }
        let all = outline.exports.iter().filter(|it| it.name.is_none());
        let offsets: Vec<usize> = all
            .filter_map(|it| match it.what {
                Exported::From { offset, .. } => Some(offset),
                _ => None,
            })
            .collect();
        offsets.into_iter().find_map(|offset| match self.link(module, offset)?.clone() {
            Link::Module(target) => self.export(target, name, depth + 1),
            _ => None,
        })
    }

    pub(super) fn target(&self, module: ModuleId, span: Span) -> Spot {
        let Range { start, end } = range(span);
        Spot { path: self.nodes()[module.index()].found.path.clone(), start, end }
    }
}

/// Chains of re-exports longer than this are circles.
const REEXPORTS_MAX: usize = 64;
const UNREADABLE: &str = "the file cannot be read as JavaScript or TypeScript as it is";

pub(super) fn range(span: Span) -> Range<usize> {
    span.start as usize..span.end as usize
}

pub(super) fn touches(span: Span, offset: usize) -> bool {
    span.start as usize <= offset && offset <= span.end as usize
}

fn uses((module, binding): (ModuleId, BindingId), outline: &Outline) -> Vec<Occurrence> {
    let occurrence = |it: &Use| Occurrence { module, span: it.span, is_definition: it.is_definition, form: it.form };
    outline.uses_of(binding).map(occurrence).collect()
}

fn is_name(text: &str) -> bool {
    let starts = text.starts_with(|it: char| it.is_alphabetic() || it == '_' || it == '$');
    starts && text.chars().all(|it| it.is_alphanumeric() || it == '_' || it == '$') && !RESERVED.contains(&text)
}

const RESERVED: &[&str] = &[
    "arguments",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "eval",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "if",
    "implements",
    "import",
    "in",
    "instanceof",
    "interface",
    "let",
    "new",
    "null",
    "package",
    "private",
    "protected",
    "public",
    "return",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "var",
    "void",
    "while",
    "with",
    "yield",
];
