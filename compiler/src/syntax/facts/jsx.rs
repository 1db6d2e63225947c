//! JSX: an element is a call, of a factory or of what a runtime module exports.

use super::super::parse::Parsed;
use super::Lowering;
use crate::facts::{Import, Imported, Name, ObjectKind, OpKind, RequestId, Span, ValueId, ValueKind};
use crate::resolve::Settings;
use swc_common::DUMMY_SP;
use swc_ecma_ast::{
    Ident, JSXAttrName, JSXAttrOrSpread, JSXAttrValue, JSXElement, JSXElementChild, JSXElementName, JSXExpr,
    JSXFragment, JSXObject,
};
use swc_ecma_visit::{Visit, VisitWith};

/// What makes elements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::syntax) enum Maker {
    /// `h`, `React.createElement`: whatever has that name.
    Factory(String),
    /// The export `jsx` of this module.
    Module(String),
}

/// What makes the elements of a text, if there are any: comments in it say so, or `tsconfig.json`.
pub(in crate::syntax) fn maker(parsed: &Parsed, settings: &dyn Fn() -> Settings) -> Option<Maker> {
    if !has_elements(parsed) {
        return None;
    }
    let (leading, _) = parsed.comments.borrow_all();
    let texts: Vec<String> = leading.values().flatten().map(|comment| comment.text.to_string()).collect();
    let after = |word: &str| {
        let mut words = texts.iter().flat_map(|text| text.split_whitespace());
        words.by_ref().find(|it| *it == word)?;
        words.next().map(str::to_owned)
    };
    let settings = settings();
    let is_classic = after("@jsxRuntime").map_or(settings.classic_jsx, |it| it == "classic");
    let named = after("@jsx");
    Some(if is_classic || named.is_some() {
        let factory = named.or(settings.jsx_factory);
        Maker::Factory(factory.unwrap_or_else(|| "React.createElement".to_owned()))
    } else {
        let source = after("@jsxImportSource").or(settings.jsx_import_source);
        Maker::Module(format!("{}/jsx-runtime", source.as_deref().unwrap_or("react")))
    })
}

fn has_elements(parsed: &Parsed) -> bool {
    struct Finder(bool);
    impl Visit for Finder {
        fn visit_jsx_element(&mut self, _: &JSXElement) {
            self.0 = true;
        }
        fn visit_jsx_fragment(&mut self, _: &JSXFragment) {
            self.0 = true;
        }
    }
    let mut finder = Finder(false);
    parsed.program.visit_with(&mut finder);
    finder.0
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
        let path = match self.jsx.clone() {
            Some(Maker::Factory(path)) => path,
            Some(Maker::Module(_)) => {
                let props = if props.is_none() { self.allocate(ObjectKind::Literal, span).0 } else { props };
                let field = self.name("children");
                children.iter().for_each(|child| self.store(props, field, *child, span));
                return self.call_with(self.runtime, &[kind, props], span, text);
            }
            None => return ValueId::NONE,
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

    /// Imports what the runtime module of JSX exports. Where several children are given, it is called `jsxs` there.
    pub(super) fn import_runtime(&mut self, request: RequestId) {
        self.runtime = self.value(ValueKind::Import);
        self.used.insert(self.runtime);
        let what = Imported::Name(self.name("jsx"));
        self.facts.imports.push(Import { request, what, value: self.runtime });
    }

    fn store(&mut self, base: ValueId, field: Name, from: ValueId, span: Span) {
        if !base.is_none() && !from.is_none() {
            self.op(span, OpKind::Store { base, field, from, define: true });
        }
    }
}
