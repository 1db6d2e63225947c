//! Promises in JSDoc comments: `@blocking` and `@nonblocking`.

use super::Lowering;
use crate::facts::Contract;
use swc_common::BytePos;
use swc_common::comments::CommentKind;
use swc_ecma_ast::{AssignOp, Expr};

impl Lowering<'_> {
    /// What the JSDoc comment right before `position` promises.
    pub(super) fn contract_at(&self, position: BytePos) -> Option<Contract> {
        let leading = self.parsed.comments.with_leading(position, |comments| {
            let comment = comments.iter().rev().find(|it| it.kind == CommentKind::Block && it.text.starts_with('*'))?;
            promise(&comment.text)
        });
        // One on the line of what stands before it, as in `{ /** @nonblocking */ go() {} }`, is no leading one to swc.
        leading.or_else(|| promise(self.comment_before(position)?))
    }

    /// The JSDoc comment that ends right before `position`, without its ends.
    fn comment_before(&self, position: BytePos) -> Option<&str> {
        let before = self.parsed.before(position).trim_end().strip_suffix("*/")?;
        let start = before.rfind("/*")?;
        before.get(start + 2..).filter(|comment| comment.starts_with('*'))
    }

    /// Keeps the promise for the function that the declaration at `position` makes.
    pub(super) fn expect_contract(&mut self, position: BytePos) {
        let found = self.contract_at(position);
        if found.is_some() {
            self.contract = found;
        }
    }

    /// The same for a statement that gives a place a function: `A.prototype.go = function () { … }`.
    pub(super) fn expect_contract_of(&mut self, statement: &Expr, position: BytePos) {
        if let Expr::Assign(assignment) = statement
            && assignment.op == AssignOp::Assign
            && matches!(super::calls::strip(&assignment.right), Expr::Fn(_) | Expr::Arrow(_))
        {
            self.expect_contract(position);
        }
    }
}

fn promise(comment: &str) -> Option<Contract> {
    comment.lines().rev().find_map(|line| match line.trim().trim_start_matches('*').split_whitespace().next()? {
        "@nonblocking" => Some(Contract::NonBlocking),
        "@blocking" => Some(Contract::Blocking),
        _ => None,
    })
}
