//! Rules of functions: what their parameters are called, and what else they declare.

use super::scopes::{Kind, Scope};
use super::{Early, declared};
use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, Expr, Function, FunctionBody, Lit, ParamOrTsParamProp, Pat, Stmt, TsParamPropParam,
};
use swc_ecma_visit::VisitWith;

impl Early {
    pub(super) fn function(&mut self, function: &Function, is_method: bool) {
        function.decorators.visit_with(self);
        let Some(body) = &function.body else { return };
        let is_simple = function.params.iter().all(|it| it.pat.is_ident());
        self.inside(false, body, |it| {
            let kind = it.parameter_kind(is_simple && !is_method);
            for parameter in &function.params {
                it.parameter(&parameter.pat, kind);
                parameter.visit_with(it);
            }
        });
    }

    pub(super) fn constructor_body(
        &mut self,
        parameters: &[ParamOrTsParamProp],
        body: &FunctionBody,
        super_call: bool,
    ) {
        self.inside(super_call, body, |it| {
            for parameter in parameters {
                match parameter {
                    ParamOrTsParamProp::Param(parameter) => it.parameter(&parameter.pat, Kind::UniqueParameter),
                    ParamOrTsParamProp::TsParamProp(property) => match &property.param {
                        TsParamPropParam::Ident(name) => it.declare(&name.id, Kind::UniqueParameter),
                        TsParamPropParam::Assign(pattern) => it.parameter(&pattern.left, Kind::UniqueParameter),
                    },
                }
                parameter.visit_with(it);
            }
        });
    }

    pub(super) fn arrow(&mut self, arrow: &ArrowExpr) {
        let parameters = |it: &mut Early| {
            for parameter in &arrow.params {
                it.parameter(parameter, Kind::UniqueParameter);
                parameter.visit_with(it);
            }
        };
        match &*arrow.body {
            ArrowFunctionBody::FunctionBody(body) => {
                self.inside(self.super_call, body, parameters);
            }
            ArrowFunctionBody::Expr(value) => self.in_scope(Scope::Function, |it| {
                parameters(it);
                value.visit_with(it);
            }),
        }
    }

    /// What a function declares is in one scope with its parameters.
    fn inside(&mut self, super_call: bool, body: &FunctionBody, parameters: impl FnOnce(&mut Self)) {
        let (call, strict) = (std::mem::replace(&mut self.super_call, super_call), self.strict);
        self.strict |= is_strict(&body.stmts);
        self.in_scope(Scope::Function, |it| {
            parameters(it);
            body.stmts.visit_with(it);
        });
        (self.super_call, self.strict) = (call, strict);
    }

    fn parameter_kind(&self, may_repeat: bool) -> Kind {
        if may_repeat && !self.strict { Kind::Parameter } else { Kind::UniqueParameter }
    }

    fn parameter(&mut self, pattern: &Pat, kind: Kind) {
        declared::by_pattern(pattern, &mut |name| self.scopes.declare(&name.sym, name.span, kind));
    }
}

/// Whether the code begins with `"use strict"`.
pub(super) fn is_strict(statements: &[Stmt]) -> bool {
    let texts = statements.iter().map_while(|statement| match statement {
        Stmt::Expr(statement) => match &*statement.expr {
            Expr::Lit(Lit::Str(text)) => text.raw.as_deref(),
            _ => None,
        },
        _ => None,
    });
    texts.into_iter().any(|raw| matches!(raw, "'use strict'" | "\"use strict\""))
}
