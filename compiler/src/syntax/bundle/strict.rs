//! CommonJS code as strict code: a bundle is an ES module. What means the same in another spelling is respelled, and what
//! strict code cannot say is complained about. What only behaves otherwise, such as `this` in a function that is called
//! without an object, or the `name` of a function called `let`, is left as it is.

use crate::syntax::parse::Parsed;
use crate::syntax::sloppy::{ARGUMENTS, Taken};
use rustc_hash::FxHashMap;
use swc_atoms::Atom;
use swc_common::{DUMMY_SP, Span, Spanned, SyntaxContext};
use swc_ecma_ast::{
    ArrayLit, BindingIdent, BreakStmt, Class, ContinueStmt, Expr, ForHead, ForInStmt, Function, Id, Ident, LabeledStmt,
    MetaPropKind, Number, Pat, Program, Prop, Script, Stmt, Str, UnaryExpr, UnaryOp, UpdateExpr, WithStmt,
};
use swc_ecma_transforms_base::rename::rename;
use swc_ecma_visit::{VisitMut, VisitMutWith, VisitWith};

/// Something that strict code cannot say.
pub(super) struct Refused {
    pub(super) span: Span,
    pub(super) what: String,
}

/// Respells the module; what that cannot be done with.
pub(super) fn make(script: &mut Script, unresolved: SyntaxContext, parsed: &Parsed, text: &str) -> Vec<Refused> {
    let mut pass =
        Strict { unresolved, parsed, text, inside: false, renamed: FxHashMap::default(), refused: Vec::new() };
    script.visit_mut_with(&mut pass);
    if !pass.renamed.is_empty() {
        let mut taken = Taken::default();
        script.visit_with(&mut taken);
        for (old, new) in &mut pass.renamed {
            *new = taken.free(&old.0);
        }
        let mut program = Program::Script(std::mem::take(script));
        program.visit_mut_with(&mut rename(&pass.renamed));
        if let Program::Script(renamed) = program {
            *script = renamed;
        }
    }
    pass.refused
}

struct Strict<'a> {
    unresolved: SyntaxContext,
    parsed: &'a Parsed,
    text: &'a str,
    /// In a function, which has `arguments` of its own.
    inside: bool,
    renamed: FxHashMap<Id, Atom>,
    refused: Vec<Refused>,
}

impl Strict<'_> {
    fn refuse(&mut self, span: Span, what: impl Into<String>) {
        self.refused.push(Refused { span, what: what.into() });
    }

    fn within(&mut self, visit: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.inside, true);
        visit(self);
        self.inside = before;
    }

    /// The top level's own `arguments`, as an array of the same things.
    fn arguments(&self, span: Span) -> Expr {
        let element = |name: &str| Some(Expr::Ident(Ident::new(name.into(), DUMMY_SP, self.unresolved)).into());
        Expr::Array(ArrayLit { span, elems: ARGUMENTS.into_iter().map(element).collect() })
    }

    fn is_own_arguments(&self, name: &Ident) -> bool {
        !self.inside && name.ctxt == self.unresolved && &*name.sym == "arguments"
    }
}

impl VisitMut for Strict<'_> {
    fn visit_mut_expr(&mut self, expression: &mut Expr) {
        match expression {
            Expr::Ident(name) if self.is_own_arguments(name) => *expression = self.arguments(name.span),
            Expr::MetaProp(it) if it.kind == MetaPropKind::NewTarget && !self.inside => {
                *expression = *Expr::undefined(it.span);
            }
            expression => expression.visit_mut_children_with(self),
        }
    }

    fn visit_mut_prop(&mut self, property: &mut Prop) {
        if let Prop::Shorthand(name) = property
            && self.is_own_arguments(name)
        {
            let value = Box::new(self.arguments(name.span));
            *property = Prop::KeyValue(swc_ecma_ast::KeyValueProp { key: name.clone().into(), value });
        }
        property.visit_mut_children_with(self);
    }

    fn visit_mut_ident(&mut self, name: &mut Ident) {
        if !is_reserved(&name.sym) {
            return;
        }
        if name.ctxt == self.unresolved {
            self.refuse(name.span, format!("a variable called '{}' that is declared nowhere", name.sym));
        } else {
            self.renamed.insert(name.to_id(), Atom::default());
        }
    }

    fn visit_mut_binding_ident(&mut self, name: &mut BindingIdent) {
        if is_fixed(&name.sym) {
            self.refuse(name.span, format!("another value for '{}'", name.sym));
        }
        name.visit_mut_children_with(self);
    }

    fn visit_mut_update_expr(&mut self, update: &mut UpdateExpr) {
        if let Some(name) = update.arg.as_ident().filter(|it| is_fixed(&it.sym)) {
            self.refuse(name.span, format!("another value for '{}'", name.sym));
        }
        update.visit_mut_children_with(self);
    }

    fn visit_mut_unary_expr(&mut self, unary: &mut UnaryExpr) {
        if unary.op == UnaryOp::Delete && bare(&unary.arg).is_ident() {
            self.refuse(unary.span, "'delete' of a variable");
        }
        unary.visit_mut_children_with(self);
    }

    fn visit_mut_with_stmt(&mut self, with: &mut WithStmt) {
        self.refuse(Span::new(with.span.lo, with.obj.span().hi), "'with'");
        with.visit_mut_children_with(self);
    }

    fn visit_mut_for_in_stmt(&mut self, statement: &mut ForInStmt) {
        if let ForHead::VarDecl(variables) = &statement.left
            && variables.decls.iter().any(|it| it.init.is_some())
        {
            self.refuse(variables.span, "a first value for the variable of 'for … in'");
        }
        statement.visit_mut_children_with(self);
    }

    fn visit_mut_labeled_stmt(&mut self, labeled: &mut LabeledStmt) {
        if matches!(&*labeled.body, Stmt::Decl(_)) {
            self.refuse(labeled.span, "a function with a label");
        }
        if is_reserved(&labeled.label.sym) {
            self.refuse(labeled.label.span, format!("a label called '{}'", labeled.label.sym));
        }
        labeled.body.visit_mut_with(self);
    }

    fn visit_mut_break_stmt(&mut self, _: &mut BreakStmt) {}

    fn visit_mut_continue_stmt(&mut self, _: &mut ContinueStmt) {}

    fn visit_mut_fn_decl(&mut self, function: &mut swc_ecma_ast::FnDecl) {
        if is_fixed(&function.ident.sym) {
            self.refuse(function.ident.span, format!("another value for '{}'", function.ident.sym));
        }
        function.visit_mut_children_with(self);
    }

    fn visit_mut_function(&mut self, function: &mut Function) {
        let names = |pattern: &Pat| pattern.as_ident().map(|name| (name.to_id(), name.span));
        let names: Vec<(Id, Span)> = function.params.iter().filter_map(|it| names(&it.pat)).collect();
        let twice = names.iter().enumerate().find(|(at, (id, _))| names[..*at].iter().any(|(other, _)| other == id));
        if let Some((_, (id, span))) = twice {
            self.refuse(*span, format!("two parameters called '{}'", id.0));
        }
        self.within(|it| function.visit_mut_children_with(it));
    }

    fn visit_mut_class(&mut self, class: &mut Class) {
        // Code in classes is strict already; of what it is outside, only names matter.
        self.within(|it| class.visit_mut_children_with(it));
    }

    /// Octal numbers are printed as they are written unless that is forgotten.
    fn visit_mut_number(&mut self, number: &mut Number) {
        let written = self.written(number.span);
        if written.starts_with('0') && written[1..].starts_with(|it: char| it.is_ascii_digit()) {
            number.raw = None;
        }
    }

    fn visit_mut_str(&mut self, string: &mut Str) {
        if string.raw.as_ref().is_some_and(|raw| has_octal_escape(raw)) {
            string.raw = None;
        }
    }
}

impl<'a> Strict<'a> {
    fn written(&self, span: Span) -> &'a str {
        self.text.get(self.parsed.offset(span.lo)..self.parsed.offset(span.hi)).unwrap_or_default()
    }
}

fn bare(expression: &Expr) -> &Expr {
    match expression {
        Expr::Paren(inner) => bare(&inner.expr),
        expression => expression,
    }
}

/// Words that are names in sloppy code only.
fn is_reserved(name: &str) -> bool {
    let words =
        ["await", "implements", "interface", "let", "package", "private", "protected", "public", "static", "yield"];
    words.binary_search(&name).is_ok()
}

fn is_fixed(name: &str) -> bool {
    matches!(name, "eval" | "arguments")
}

/// `\1`, `\08`; `\0` alone is no such thing.
fn has_octal_escape(raw: &str) -> bool {
    let mut rest = raw.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        if *first != b'\\' {
            continue;
        }
        match tail {
            [b'0', next, ..] if next.is_ascii_digit() => return true,
            [b'1'..=b'9', ..] => return true,
            [_, tail @ ..] => rest = tail,
            [] => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn octal_escapes_are_told_from_others() {
        for raw in [r#""\01""#, r#"'\7'"#, r#""\\\1""#, r#""\8""#] {
            assert!(has_octal_escape(raw), "{raw}");
        }
        for raw in [r#""\0""#, r#""\\1""#, r#""\x01\u0001\n""#, "\"01\""] {
            assert!(!has_octal_escape(raw), "{raw}");
        }
    }
}
