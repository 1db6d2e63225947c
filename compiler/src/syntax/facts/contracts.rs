//! Promises in JSDoc comments: `@blocking` and `@nonblocking`.

use super::Lowering;
use crate::facts::Contract;
use swc_common::BytePos;
use swc_common::comments::CommentKind;

impl Lowering<'_> {
    /// What the JSDoc comment right before `position` promises.
    pub(super) fn contract_at(&self, position: BytePos) -> Option<Contract> {
        self.parsed.comments.with_leading(position, |comments| {
            let comment = comments.iter().rev().find(|it| it.kind == CommentKind::Block && it.text.starts_with('*'))?;
            comment.text.lines().rev().find_map(|line| {
                match line.trim().trim_start_matches('*').split_whitespace().next()? {
                    "@nonblocking" => Some(Contract::NonBlocking),
                    "@blocking" => Some(Contract::Blocking),
                    _ => None,
                }
            })
        })
    }

    /// Keeps the promise for the function that the declaration at `position` makes.
    pub(super) fn expect_contract(&mut self, position: BytePos) {
        let found = self.contract_at(position);
        if found.is_some() {
            self.contract = found;
        }
    }
}
