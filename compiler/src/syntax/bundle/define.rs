//! `define`: expressions in place of names, and what that decides: branches that can no longer run are cut, so that what
//! only they ask for is not part of the build.

use crate::diagnostic::Diagnostic;
use corona_std::errors;
use swc_common::sync::Lrc;
use swc_common::{DUMMY_SP, FileName, SourceMap, Span, Spanned, SyntaxContext};
use swc_ecma_ast::{
    BinExpr, BinaryOp, BlockStmt, Bool, Decl, EmptyStmt, EsVersion, Expr, Ident, Lit, MemberExpr, MemberProp,
    MetaPropKind, Program, Stmt, UnaryOp, VarDecl, VarDeclKind, VarDeclarator,
};
use swc_ecma_parser::{Parser, StringInput, Syntax, lexer::Lexer};
use swc_ecma_visit::{VisitMut, VisitMutWith};

/// Complaints about definitions whose names or values are none.
pub(crate) fn check(define: &[(String, String)]) -> Vec<Diagnostic> {
    let is_name = |name: &str| name.split('.').all(|part| Ident::verify_symbol(part).is_ok() || part == "import");
    let complaint = |(name, value): &(String, String)| {
        let message = if !is_name(name) {
            format!("cannot define \"{name}\": it is no name, or names with dots between")
        } else if parse(value).is_none() {
            format!("cannot define \"{name}\" as {value}: that is no JavaScript expression")
        } else {
            return None;
        };
        let help = "a string needs quotes of its own: NAME='\"text\"'";
        Some(Diagnostic::new(errors::BUILD_OPTION, message).help(help))
    };
    define.iter().filter_map(complaint).collect()
}

fn parse(value: &str) -> Option<Box<Expr>> {
    let map: Lrc<SourceMap> = Lrc::default();
    let file = map.new_source_file(Lrc::new(FileName::Anon), value.to_owned());
    let lexer = Lexer::new(Syntax::Es(Default::default()), EsVersion::EsNext, StringInput::from(&*file), None);
    let mut parser = Parser::new_from(lexer);
    let expression = parser.parse_expr().ok()?;
    let all = expression.span().hi.0 - file.start_pos.0;
    let clean = parser.take_errors().is_empty() && value[all as usize..].trim().is_empty();
    clean.then_some(expression)
}

/// Puts values in place of what `text`, the program's, may name.
pub(super) fn define(program: &mut Program, text: &str, define: &[(String, String)], unresolved: SyntaxContext) {
    let last = |name: &str| name.rsplit('.').next().is_some_and(|part| text.contains(part));
    let wanted = define.iter().filter(|(name, _)| last(name));
    let definitions: Vec<(Vec<&str>, Box<Expr>)> =
        wanted.filter_map(|(name, value)| Some((name.split('.').rev().collect(), parse(value)?))).collect();
    if definitions.is_empty() {
        return;
    }
    let mut definer = Definer { definitions, unresolved, changed: false };
    program.visit_mut_with(&mut definer);
    if definer.changed {
        program.visit_mut_with(&mut Folder { unresolved });
    }
}

struct Definer<'a> {
    /// Parts of the name, last first.
    definitions: Vec<(Vec<&'a str>, Box<Expr>)>,
    unresolved: SyntaxContext,
    changed: bool,
}

impl Definer<'_> {
    fn value(&self, expression: &Expr) -> Option<Expr> {
        let (_, value) = self.definitions.iter().find(|(parts, _)| self.is_named(expression, parts))?;
        let mut value = value.clone();
        value.visit_mut_with(&mut Placed { span: expression.span(), unresolved: self.unresolved });
        Some(*value)
    }

    fn is_named(&self, expression: &Expr, parts: &[&str]) -> bool {
        match (expression, parts) {
            (Expr::Ident(name), [part]) => name.ctxt == self.unresolved && *name.sym == **part,
            (Expr::MetaProp(meta), ["meta", "import"]) => meta.kind == MetaPropKind::ImportMeta,
            (Expr::Member(MemberExpr { obj, prop: MemberProp::Ident(name), .. }), [part, rest @ ..]) => {
                *name.sym == **part && !rest.is_empty() && self.is_named(obj, rest)
            }
            _ => false,
        }
    }
}

impl VisitMut for Definer<'_> {
    fn visit_mut_expr(&mut self, expression: &mut Expr) {
        if let Expr::Ident(_) | Expr::Member(_) = expression
            && let Some(value) = self.value(expression)
        {
            *expression = value;
            self.changed = true;
            return;
        }
        expression.visit_mut_children_with(self);
    }
}

/// Gives the parts of a value the place where it is put; its names are global.
struct Placed {
    span: Span,
    unresolved: SyntaxContext,
}

impl VisitMut for Placed {
    fn visit_mut_span(&mut self, span: &mut Span) {
        *span = self.span;
    }

    fn visit_mut_syntax_context(&mut self, context: &mut SyntaxContext) {
        *context = self.unresolved;
    }
}

/// A value that is known before the program runs.
#[derive(Debug, Clone, PartialEq)]
enum Known {
    Undefined,
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
}

impl Known {
    fn truth(&self) -> bool {
        match self {
            Known::Undefined | Known::Null => false,
            Known::Bool(value) => *value,
            Known::Number(value) => *value != 0.0 && !value.is_nan(),
            Known::Text(value) => !value.is_empty(),
        }
    }
}

struct Folder {
    unresolved: SyntaxContext,
}

impl Folder {
    fn known(&self, expression: &Expr) -> Option<Known> {
        match expression {
            Expr::Paren(inner) => self.known(&inner.expr),
            Expr::Lit(Lit::Str(text)) => Some(Known::Text(text.value.to_string_lossy().into_owned())),
            Expr::Lit(Lit::Bool(value)) => Some(Known::Bool(value.value)),
            Expr::Lit(Lit::Num(value)) => Some(Known::Number(value.value)),
            Expr::Lit(Lit::Null(_)) => Some(Known::Null),
            Expr::Ident(name) if &*name.sym == "undefined" && name.ctxt == self.unresolved => Some(Known::Undefined),
            Expr::Unary(unary) if unary.op == UnaryOp::Void && self.known(&unary.arg).is_some() => {
                Some(Known::Undefined)
            }
            _ => None,
        }
    }

    fn compared(&self, binary: &BinExpr) -> Option<bool> {
        let (left, right) = (self.known(&binary.left)?, self.known(&binary.right)?);
        let same_kind = std::mem::discriminant(&left) == std::mem::discriminant(&right);
        match binary.op {
            BinaryOp::EqEqEq => Some(left == right),
            BinaryOp::NotEqEq => Some(left != right),
            BinaryOp::EqEq if same_kind => Some(left == right),
            BinaryOp::NotEq if same_kind => Some(left != right),
            _ => None,
        }
    }

    /// What an expression comes down to.
    fn folded(&self, expression: &mut Expr) -> Option<Expr> {
        let truth = |value: bool| Expr::Lit(Lit::Bool(Bool { span: DUMMY_SP, value }));
        match expression {
            Expr::Unary(unary) if unary.op == UnaryOp::Bang => Some(truth(!self.known(&unary.arg)?.truth())),
            Expr::Unary(unary) if unary.op == UnaryOp::TypeOf => {
                let kind = match self.known(&unary.arg)? {
                    Known::Undefined => "undefined",
                    Known::Null => "object",
                    Known::Bool(_) => "boolean",
                    Known::Number(_) => "number",
                    Known::Text(_) => "string",
                };
                Some(Expr::Lit(Lit::Str(kind.into())))
            }
            Expr::Bin(binary) => match binary.op {
                BinaryOp::LogicalAnd | BinaryOp::LogicalOr => {
                    let left = self.known(&binary.left)?.truth();
                    let takes_left = left == (binary.op == BinaryOp::LogicalOr);
                    Some(if takes_left { (*binary.left).clone() } else { (*binary.right).clone() })
                }
                BinaryOp::NullishCoalescing => match self.known(&binary.left)? {
                    Known::Undefined | Known::Null => Some((*binary.right).clone()),
                    _ => Some((*binary.left).clone()),
                },
                _ => self.compared(binary).map(truth),
            },
            Expr::Cond(choice) => {
                let taken = if self.known(&choice.test)?.truth() { &choice.cons } else { &choice.alt };
                Some((**taken).clone())
            }
            Expr::Paren(inner) if self.known(&inner.expr).is_some() => Some((*inner.expr).clone()),
            _ => None,
        }
    }
}

impl VisitMut for Folder {
    fn visit_mut_expr(&mut self, expression: &mut Expr) {
        expression.visit_mut_children_with(self);
        if let Some(folded) = self.folded(expression) {
            *expression = folded;
        }
    }

    fn visit_mut_stmt(&mut self, statement: &mut Stmt) {
        statement.visit_mut_children_with(self);
        let Stmt::If(choice) = statement else { return };
        let Some(test) = self.known(&choice.test) else { return };
        let other = choice.alt.take().map_or(Stmt::Empty(EmptyStmt { span: DUMMY_SP }), |it| *it);
        let first = std::mem::replace(&mut *choice.cons, Stmt::Empty(EmptyStmt { span: DUMMY_SP }));
        let (taken, cut) = if test.truth() { (first, other) } else { (other, first) };
        *statement = match declared(&cut) {
            None => taken,
            Some(declarations) => {
                Stmt::Block(BlockStmt { span: DUMMY_SP, stmts: vec![declarations, taken], ..Default::default() })
            }
        };
    }
}

/// The variables that a statement declares for its whole function.
fn declared(statement: &Stmt) -> Option<Stmt> {
    let mut names: Vec<Ident> = Vec::new();
    if let Stmt::Decl(Decl::Var(_)) | Stmt::Block(_) | Stmt::If(_) | Stmt::For(_) | Stmt::Try(_) = statement {
        super::declared::by_statement(statement, &mut |name| names.push(name.clone()));
    }
    let declarator = |name: Ident| VarDeclarator { span: DUMMY_SP, name: name.into(), init: None, definite: false };
    let decls: Vec<VarDeclarator> = names.into_iter().map(declarator).collect();
    let variables = VarDecl { kind: VarDeclKind::Var, decls, ..Default::default() };
    (!variables.decls.is_empty()).then(|| Stmt::Decl(Decl::Var(Box::new(variables))))
}
