//! Properties that descriptors define: `Object.defineProperty` and its like.

use super::Lowering;
use super::calls::{path, strip};
use crate::facts::{CallId, Name, OpKind, Span, ValueId, field};
use swc_ecma_ast::{Expr, ExprOrSpread, Prop, PropOrSpread};

impl Lowering<'_> {
    /// What the call defines, if it is one that defines properties. Under a key that is not known it may be any property.
    pub(super) fn defines(&mut self, call: CallId, callee: &Expr, arguments: &[ExprOrSpread]) {
        let Some(callee) = path(callee) else { return };
        let known = *self.facts.call(call);
        let given = |of: &Self, index: usize| {
            let argument = of.facts.arguments(&known).get(index).filter(|argument| !argument.spread);
            argument.map_or(ValueId::NONE, |argument| argument.value)
        };
        let span = known.span;
        match (callee.as_str(), arguments) {
            ("Object.defineProperty" | "Reflect.defineProperty", [_, key, _, ..]) => {
                let key = self.computed(&key.expr);
                self.describe(span, given(self, 0), key, given(self, 2));
            }
            ("Object.defineProperties", [_, all, ..]) => {
                self.define_all(span, given(self, 0), given(self, 1), &all.expr);
            }
            ("Object.create", [_, all, ..]) => self.define_all(span, known.result, given(self, 1), &all.expr),
            // Whatever the key is, an accessor may stand under it.
            ("Reflect.get", [_, key, ..]) => {
                let key = self.literal_key(&key.expr);
                let key = self.read_key(key);
                self.load(span, given(self, 0), key);
            }
            ("Reflect.set", [_, key, _, ..]) => {
                let key = self.literal_key(&key.expr);
                let (base, field, from) = (given(self, 0), self.write_key(key), given(self, 2));
                if !base.is_none() {
                    self.op(span, OpKind::Store { base, field, from, define: false });
                }
            }
            (name, [key, _, ..]) if !known.this.is_none() => {
                let accessor = match name.rsplit_once('.') {
                    Some((_, "__defineGetter__")) => field::getter,
                    Some((_, "__defineSetter__")) => field::setter,
                    _ => return,
                };
                let key = self.computed(&key.expr);
                let text = key.map_or(field::ELEMENT, |key| self.facts.name(key)).to_owned();
                let field = self.name(&accessor(&text));
                let (base, from) = (known.this, given(self, 1));
                self.op(span, OpKind::Store { base, field, from, define: true });
            }
            _ => {}
        }
    }

    /// A key that was evaluated before, if it is one that need not be.
    fn literal_key(&mut self, key: &Expr) -> Option<Name> {
        matches!(key, Expr::Lit(_)).then(|| self.computed(key)).flatten()
    }

    /// The fields of `from` are descriptors of what `base` gets.
    fn define_all(&mut self, span: Span, base: ValueId, from: ValueId, written: &Expr) {
        if base.is_none() || from.is_none() {
            return;
        }
        let mut keys = Vec::new();
        if let Expr::Object(written) = strip(written) {
            for part in &written.props {
                keys.push(match part {
                    PropOrSpread::Prop(part) => match &**part {
                        Prop::Shorthand(name) => Some(self.name(&name.sym)),
                        Prop::KeyValue(pair) => self.key(&pair.key),
                        _ => None,
                    },
                    PropOrSpread::Spread(_) => None,
                });
            }
        } else {
            keys.push(None);
        }
        for key in keys {
            let read = key.unwrap_or_else(|| self.name(field::ANY));
            let descriptor = self.load(span, from, read);
            self.describe(span, base, key, descriptor);
        }
    }

    fn describe(&mut self, span: Span, base: ValueId, key: Option<Name>, descriptor: ValueId) {
        if base.is_none() || descriptor.is_none() {
            return;
        }
        let text = key.map_or(field::ELEMENT.to_owned(), |key| self.facts.name(key).to_owned());
        let parts = [("value", text.clone()), ("get", field::getter(&text)), ("set", field::setter(&text))];
        for (part, field) in parts {
            let (part, field) = (self.name(part), self.name(&field));
            let from = self.load(span, descriptor, part);
            self.op(span, OpKind::Store { base, field, from, define: true });
        }
    }
}
