//! Default values: which argument each stands by for, and arguments that are certainly there.

use super::Lowering;
use crate::facts::{Name, Standby, StandbyId, ValueId};
use swc_ecma_ast::{BinaryOp, Expr, Ident, UnaryOp};

/// Where a value comes from that a default may stand in for: a parameter, or a field of one.
pub(super) type Origin = Standby;

impl Lowering<'_> {
    /// The parameter, or field of one, that a value is.
    pub(super) fn origin(&self, value: ValueId) -> Option<Origin> {
        let body = self.bodies.last()?;
        let part = body.parts.iter().find(|(part, _)| *part == value).map(|(_, origin)| *origin);
        part.or_else(|| Some(Origin { param: self.param_index(value)?, field: Name::NONE }))
    }

    fn param_index(&self, value: ValueId) -> Option<u32> {
        let params = self.loose.params.get(self.current().index())?;
        let index = params.iter().position(|param| param.value == value && !param.rest)?;
        Some(index as u32)
    }

    /// `part` is `field` of `from`.
    pub(super) fn note_part(&mut self, part: ValueId, from: ValueId, field: Name) {
        let whole = self.origin(from).filter(|origin| origin.field.is_none() && !part.is_none());
        if let Some(Origin { param, .. }) = whole {
            self.body().parts.push((part, Origin { param, field }));
        }
    }

    /// Lowers what is done only where `value` is `undefined`.
    pub(super) fn stand_by<T>(&mut self, value: ValueId, inside: impl FnOnce(&mut Self) -> T) -> T {
        let Some(origin) = self.origin(value) else { return inside(self) };
        self.facts.standbys.push(origin);
        let standby = StandbyId(self.facts.standbys.len() as u32 - 1);
        let around = std::mem::replace(&mut self.body().standby, standby);
        let result = inside(self);
        self.body().standby = around;
        result
    }

    /// Whether an expression is certainly not `undefined`.
    pub(super) fn is_given(&self, expression: &Expr) -> bool {
        match expression {
            Expr::Lit(_)
            | Expr::Tpl(_)
            | Expr::Object(_)
            | Expr::Array(_)
            | Expr::Fn(_)
            | Expr::Arrow(_)
            | Expr::Class(_)
            | Expr::New(_)
            | Expr::Update(_)
            | Expr::JSXElement(_)
            | Expr::JSXFragment(_) => true,
            Expr::Unary(unary) => unary.op != UnaryOp::Void,
            Expr::Bin(binary) => {
                !matches!(binary.op, BinaryOp::LogicalAnd | BinaryOp::LogicalOr | BinaryOp::NullishCoalescing)
            }
            Expr::Ident(name) => self.is_given_name(name),
            _ => {
                let bare = super::calls::strip(expression);
                !std::ptr::eq(bare, expression) && self.is_given(bare)
            }
        }
    }

    fn is_given_name(&self, name: &Ident) -> bool {
        self.variables.get(&name.to_id()).is_some_and(|value| self.given.contains(value))
    }
}
