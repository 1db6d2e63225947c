//! Rules of functions: what their parameters are called, and what else they declare.

use super::Early;
use super::scopes::{Kind, Scope};
use swc_ecma_ast::{ArrowExpr, ArrowFunctionBody, Function, FunctionBody, ParamOrTsParamProp, Stmt, TsParamPropParam};
use swc_ecma_visit::VisitWith;

impl Early {
    pub(super) fn function(&mut self, function: &Function, is_method: bool) {
        function.decorators.visit_with(self);
        let Some(body) = &function.body else { return };
        let is_simple = function.params.iter().all(|it| it.pat.is_ident());
        self.inside(false, body, |it| {
            let kind = it.parameter_kind(is_simple && !is_method);
            for parameter in &function.params {
                it.declare_pattern(&parameter.pat, kind);
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
                    ParamOrTsParamProp::Param(parameter) => it.declare_pattern(&parameter.pat, Kind::UniqueParameter),
                    ParamOrTsParamProp::TsParamProp(property) => match &property.param {
                        TsParamPropParam::Ident(name) => it.declare(&name.id, Kind::UniqueParameter),
                        TsParamPropParam::Assign(pattern) => it.declare_pattern(&pattern.left, Kind::UniqueParameter),
                    },
                }
                parameter.visit_with(it);
            }
        });
    }

    pub(super) fn arrow(&mut self, arrow: &ArrowExpr) {
        let parameters = |it: &mut Early| {
            for parameter in &arrow.params {
                it.declare_pattern(parameter, Kind::UniqueParameter);
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
}

/// Whether the code begins with `"use strict"`.
pub(super) fn is_strict(statements: &[Stmt]) -> bool {
    statements.iter().take_while(|it| it.can_precede_directive()).any(Stmt::is_use_strict)
}
