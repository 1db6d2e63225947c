//! JSX. With a factory, an element is a call of it; else it is an object that somebody renders later.

use super::super::parse::Parsed;
use super::Lowering;
use crate::facts::{Name, ObjectKind, OpKind, Span, ValueId};
use swc_common::DUMMY_SP;
use swc_ecma_ast::{
    Ident, JSXAttrName, JSXAttrOrSpread, JSXAttrValue, JSXElement, JSXElementChild, JSXElementName, JSXExpr, JSXObject,
};

/// What comments say: `@jsx h`, or `@jsxRuntime classic`, which means React's.
pub(super) fn factory(parsed: &Parsed) -> Option<String> {
    let (leading, _) = parsed.comments.borrow_all();
    let texts: Vec<String> = leading.values().flatten().map(|comment| comment.text.to_string()).collect();
    let after = |word: &str| {
        let mut words = texts.iter().flat_map(|text| text.split_whitespace());
        words.by_ref().find(|it| *it == word)?;
        words.next().map(str::to_owned)
    };
    let is_classic = || after("@jsxRuntime").is_some_and(|it| it == "classic");
    after("@jsx").or_else(|| is_classic().then(|| "React.createElement".to_owned()))
}

impl Lowering<'_> {
    pub(super) fn jsx_element(&mut self, element: &JSXElement) -> ValueId {
        let span = self.span(element);
        let (kind, text) = self.jsx_name(&element.opening.name);
        let (props, _) = self.allocate(ObjectKind::Literal, span);
        for attribute in &element.opening.attrs {
            match attribute {
                JSXAttrOrSpread::SpreadElement(spread) => {
                    let from = self.expression(&spread.expr);
                    if !from.is_none() {
                        self.op(span, OpKind::CopyFields { to: props, from });
                    }
                }
                JSXAttrOrSpread::JSXAttr(attribute) => {
                    let from = match &attribute.value {
                        Some(JSXAttrValue::JSXExprContainer(container)) => self.jsx_expression(&container.expr),
                        Some(JSXAttrValue::JSXElement(element)) => self.jsx_element(element),
                        Some(JSXAttrValue::JSXFragment(fragment)) => self.jsx_fragment(&fragment.children, span),
                        _ => ValueId::NONE,
                    };
                    let JSXAttrName::Ident(name) = &attribute.name else { continue };
                    let field = self.name(&name.sym);
                    self.store(props, field, from, span);
                }
            }
        }
        let children = self.jsx_children(&element.children);
        self.make_element(kind, props, &children, span, format!("<{text}>"))
    }

    /// The component, if it is one, and what is written.
    fn jsx_name(&mut self, name: &JSXElementName) -> (ValueId, String) {
        match name {
            JSXElementName::Ident(name) if name.ctxt != self.unresolved => (self.read(name), name.sym.to_string()),
            JSXElementName::Ident(name) => (ValueId::NONE, name.sym.to_string()),
            JSXElementName::JSXMemberExpr(member) => {
                let span = self.span(member);
                let base = self.jsx_object(&member.obj, span);
                let field = self.name(&member.prop.sym);
                (self.load(span, base, field), member.prop.sym.to_string())
            }
            JSXElementName::JSXNamespacedName(name) => (ValueId::NONE, name.name.sym.to_string()),
        }
    }

    fn jsx_object(&mut self, object: &JSXObject, span: Span) -> ValueId {
        match object {
            JSXObject::Ident(name) => self.read(name),
            JSXObject::JSXMemberExpr(member) => {
                let base = self.jsx_object(&member.obj, span);
                let field = self.name(&member.prop.sym);
                self.load(span, base, field)
            }
        }
    }

    pub(super) fn jsx_fragment(&mut self, children: &[JSXElementChild], span: Span) -> ValueId {
        let children = self.jsx_children(children);
        self.make_element(ValueId::NONE, ValueId::NONE, &children, span, "<>".to_owned())
    }

    fn jsx_children(&mut self, children: &[JSXElementChild]) -> Vec<ValueId> {
        let mut values = Vec::new();
        for child in children {
            values.push(match child {
                JSXElementChild::JSXExprContainer(container) => self.jsx_expression(&container.expr),
                JSXElementChild::JSXSpreadChild(spread) => self.expression(&spread.expr),
                JSXElementChild::JSXElement(element) => self.jsx_element(element),
                JSXElementChild::JSXFragment(fragment) => {
                    let span = self.span(fragment);
                    self.jsx_fragment(&fragment.children, span)
                }
                JSXElementChild::JSXText(_) => ValueId::NONE,
            });
        }
        values
    }

    fn jsx_expression(&mut self, expression: &JSXExpr) -> ValueId {
        match expression {
            JSXExpr::Expr(expression) => self.expression(expression),
            JSXExpr::JSXEmptyExpr(_) => ValueId::NONE,
        }
    }

    fn make_element(
        &mut self,
        kind: ValueId,
        props: ValueId,
        children: &[ValueId],
        span: Span,
        text: String,
    ) -> ValueId {
        let Some(path) = self.jsx.clone() else {
            let (element, _) = self.allocate(ObjectKind::Literal, span);
            let (kind_field, props_field, children_field) =
                (self.name("type"), self.name("props"), self.name("children"));
            self.store(element, kind_field, kind, span);
            self.store(element, props_field, props, span);
            children.iter().for_each(|child| self.store(props, children_field, *child, span));
            return element;
        };
        let mut words = path.split('.');
        let root = Ident::new(words.next().unwrap_or_default().into(), DUMMY_SP, self.top_level);
        let mut callee = self.read(&root);
        for word in words {
            let field = self.name(word);
            callee = self.load(span, callee, field);
        }
        let arguments: Vec<ValueId> = [kind, props].into_iter().chain(children.iter().copied()).collect();
        self.call_with(callee, &arguments, span, text)
    }

    fn store(&mut self, base: ValueId, field: Name, from: ValueId, span: Span) {
        if !base.is_none() && !from.is_none() {
            self.op(span, OpKind::Store { base, field, from, define: true });
        }
    }
}
