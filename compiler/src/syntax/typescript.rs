//! TypeScript to JavaScript, beyond what swc does alone: its CommonJS forms, and fields that are declarations only.

mod namespaces;

use super::parse::Parsed;
use crate::diagnostic::Diagnostic;
use crate::resolve::Settings;
use crate::source::Source;
use swc_common::Mark;
use swc_ecma_ast::{
    ClassMember, ImportDecl, ImportDefaultSpecifier, ImportSpecifier, ModuleDecl, ModuleItem, Pass, Program,
    TsModuleRef,
};
use swc_ecma_transforms_typescript as swc_typescript;
use swc_ecma_visit::{VisitMut, VisitMutWith};

/// Complaints about forms that the kind of module has no room for.
pub(super) fn check(source: &Source, parsed: &Parsed) -> Result<(), Vec<Diagnostic>> {
    let Program::Module(module) = &parsed.program else { return Ok(()) };
    let mut complaints = Vec::new();
    for item in &module.body {
        match item {
            ModuleItem::ModuleDecl(ModuleDecl::TsExportAssignment(export)) if parsed.module => {
                let message = "'export =' makes a CommonJS module, and this file is an ES module";
                complaints.push(parsed.diagnostic(source, message, export.span).help("use 'export default'"));
            }
            _ => {}
        }
    }
    if complaints.is_empty() { Ok(()) } else { Err(complaints) }
}

/// Removes types, and lowers enums, namespaces, parameter properties, `import x = require()` and `export =`.
pub(super) fn strip(
    source: &Source,
    parsed: &mut Parsed,
    settings: &Settings,
    jsx: bool,
    unresolved: Mark,
    top_level: Mark,
) {
    if let (true, Program::Module(module)) = (parsed.module, &mut parsed.program) {
        module.body.iter_mut().for_each(import_required);
    }
    if source.text.contains("namespace") {
        namespaces::share(&mut parsed.program);
    }
    let config =
        swc_typescript::Config { no_empty_export: !parsed.module, native_class_properties: true, ..Default::default() };
    if jsx && (settings.classic_jsx || source.text.contains("@jsx")) {
        // The functions that JSX will call are imports in use.
        let names = swc_typescript::TsxConfig {
            pragma: settings.jsx_factory.clone().map(Into::into),
            pragma_frag: settings.jsx_fragment_factory.clone().map(Into::into),
        };
        let comments = parsed.comments.clone();
        let map = parsed.map.clone();
        swc_typescript::tsx(map, config, names, comments, unresolved, top_level).process(&mut parsed.program);
    } else {
        swc_typescript::typescript(config, unresolved, top_level).process(&mut parsed.program);
    }
}

/// In an ES module, `import x = require("y")` is `import x from "y"`: what CommonJS exports is the default there.
fn import_required(item: &mut ModuleItem) {
    let ModuleItem::ModuleDecl(ModuleDecl::TsImportEquals(import)) = item else { return };
    let TsModuleRef::TsExternalModuleRef(reference) = &import.module_ref else { return };
    if import.is_type_only || import.is_export {
        return;
    }
    let default = ImportDefaultSpecifier { span: import.id.span, local: import.id.clone() };
    *item = ModuleItem::ModuleDecl(ModuleDecl::Import(ImportDecl {
        span: import.span,
        specifiers: vec![ImportSpecifier::Default(default)],
        src: Box::new(reference.expr.clone()),
        type_only: false,
        with: None,
        phase: Default::default(),
    }));
}

/// With `useDefineForClassFields: false`, a field without a value makes no property.
pub(super) fn drop_bare_fields(program: &mut Program) {
    struct Dropper;
    impl VisitMut for Dropper {
        fn visit_mut_class_members(&mut self, members: &mut Vec<ClassMember>) {
            members.visit_mut_children_with(self);
            members.retain(|member| match member {
                ClassMember::ClassProp(field) => field.value.is_some() || !field.decorators.is_empty(),
                _ => true,
            });
        }
    }
    program.visit_mut_with(&mut Dropper);
}
