//! Inner names by slot: bindings whose scopes do not meet share one, so that they can share a short name.

use super::declared;
use super::prepare::Tree;
use rustc_hash::FxHashMap;
use swc_common::SyntaxContext;
use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, BlockStmt, BreakStmt, CatchClause, ClassExpr, Constructor, ContinueStmt, Decl,
    FnExpr, ForHead, ForInStmt, ForOfStmt, ForStmt, Function, Id, Ident, LabeledStmt, ParamOrTsParamProp, Pat, Stmt,
    SwitchStmt, VarDeclOrExpr,
};
use swc_ecma_visit::{Visit, VisitWith};

/// How often names are used.
pub(super) struct Counted {
    /// By symbol of the top level.
    pub(super) uses: Vec<u32>,
    pub(super) slots: Vec<u32>,
}

/// Gives every inner binding of `tree` a slot, and counts.
pub(super) fn assign(tree: &mut Tree, symbols: usize, fixed: bool) -> Counted {
    let mut slots = Slots {
        tree,
        unresolved: SyntaxContext::empty().apply_mark(tree.unresolved),
        fixed,
        found: FxHashMap::default(),
        next: 0,
        counted: Counted { uses: vec![0; symbols], slots: Vec::new() },
        unbound: Vec::new(),
    };
    slots.tree.body.iter().for_each(|it| it.visit_with(&mut slots));
    // What no scope was seen to declare shares with nobody.
    for (id, uses) in std::mem::take(&mut slots.unbound) {
        match slots.found.get(&id) {
            Some(slot) => slots.counted.slots[*slot as usize] += uses,
            None => {
                slots.found.insert(id, slots.counted.slots.len() as u32);
                slots.counted.slots.push(uses);
            }
        }
    }
    let Slots { found, counted, .. } = slots;
    tree.slots = found;
    counted
}

struct Slots<'a> {
    tree: &'a Tree,
    unresolved: SyntaxContext,
    fixed: bool,
    found: FxHashMap<Id, u32>,
    /// The first slot that no scope around uses.
    next: u32,
    counted: Counted,
    unbound: Vec<(Id, u32)>,
}

impl Slots<'_> {
    fn bind(&mut self, name: &Ident) {
        let id = name.to_id();
        if self.fixed
            || self.tree.ids.get(name).is_some()
            || self.found.contains_key(&id)
            || name.ctxt == self.unresolved
        {
            return;
        }
        if self.next as usize == self.counted.slots.len() {
            self.counted.slots.push(0);
        }
        self.found.insert(id, self.next);
        self.next += 1;
    }

    fn bind_pattern(&mut self, pattern: &Pat) {
        declared::by_pattern(pattern, &mut |name| self.bind(name));
    }

    /// Visits a scope; its slots are free again after it.
    fn scope(&mut self, visit: impl FnOnce(&mut Self)) {
        let next = self.next;
        visit(self);
        self.next = next;
    }

    /// What `statements`, the body of a function, declare in it.
    fn bind_body(&mut self, statements: &[Stmt]) {
        for statement in statements {
            declared::by_statement(statement, &mut |name| self.bind(name));
        }
    }

    /// What `statements` of a block declare in it.
    fn bind_block(&mut self, statements: &[Stmt]) {
        for statement in statements {
            if let Stmt::Decl(_) = statement {
                declared::by_statement(statement, &mut |name| self.bind(name));
            }
        }
    }

    fn bind_head(&mut self, head: &ForHead) {
        match head {
            ForHead::VarDecl(variables) => variables.decls.iter().for_each(|it| self.bind_pattern(&it.name)),
            ForHead::UsingDecl(variables) => variables.decls.iter().for_each(|it| self.bind_pattern(&it.name)),
            ForHead::Pat(_) => {}
        }
    }
}

impl Visit for Slots<'_> {
    fn visit_ident(&mut self, name: &Ident) {
        if let Some(symbol) = self.tree.ids.get(name) {
            if let Some(uses) = self.counted.uses.get_mut(symbol as usize) {
                *uses += 1;
            }
            return;
        }
        if name.ctxt == self.unresolved {
            return;
        }
        let id = name.to_id();
        if let Some(slot) = self.found.get(&id) {
            self.counted.slots[*slot as usize] += 1;
        } else if !self.fixed {
            match self.unbound.iter_mut().find(|(unbound, _)| *unbound == id) {
                Some((_, uses)) => *uses += 1,
                None => self.unbound.push((id, 1)),
            }
        }
    }

    fn visit_function(&mut self, function: &Function) {
        self.scope(|it| {
            function.params.iter().for_each(|parameter| it.bind_pattern(&parameter.pat));
            function.body.iter().for_each(|body| it.bind_body(&body.stmts));
            function.visit_children_with(it);
        });
    }

    fn visit_constructor(&mut self, constructor: &Constructor) {
        self.scope(|it| {
            for parameter in &constructor.params {
                if let ParamOrTsParamProp::Param(parameter) = parameter {
                    it.bind_pattern(&parameter.pat);
                }
            }
            constructor.body.iter().for_each(|body| it.bind_body(&body.stmts));
            constructor.visit_children_with(it);
        });
    }

    fn visit_arrow_expr(&mut self, arrow: &ArrowExpr) {
        self.scope(|it| {
            arrow.params.iter().for_each(|parameter| it.bind_pattern(parameter));
            if let ArrowFunctionBody::FunctionBody(body) = &*arrow.body {
                it.bind_body(&body.stmts);
            }
            arrow.visit_children_with(it);
        });
    }

    fn visit_static_block(&mut self, block: &swc_ecma_ast::StaticBlock) {
        self.scope(|it| {
            it.bind_body(&block.body.stmts);
            block.visit_children_with(it);
        });
    }

    fn visit_fn_expr(&mut self, function: &FnExpr) {
        self.scope(|it| {
            function.ident.iter().for_each(|name| it.bind(name));
            function.visit_children_with(it);
        });
    }

    fn visit_class_expr(&mut self, class: &ClassExpr) {
        self.scope(|it| {
            class.ident.iter().for_each(|name| it.bind(name));
            class.visit_children_with(it);
        });
    }

    fn visit_block_stmt(&mut self, block: &BlockStmt) {
        self.scope(|it| {
            it.bind_block(&block.stmts);
            block.visit_children_with(it);
        });
    }

    fn visit_switch_stmt(&mut self, statement: &SwitchStmt) {
        self.scope(|it| {
            statement.cases.iter().for_each(|case| it.bind_block(&case.cons));
            statement.visit_children_with(it);
        });
    }

    fn visit_catch_clause(&mut self, clause: &CatchClause) {
        self.scope(|it| {
            clause.param.iter().for_each(|parameter| it.bind_pattern(parameter));
            clause.visit_children_with(it);
        });
    }

    fn visit_for_stmt(&mut self, statement: &ForStmt) {
        self.scope(|it| {
            if let Some(VarDeclOrExpr::VarDecl(variables)) = &statement.init {
                variables.decls.iter().for_each(|declarator| it.bind_pattern(&declarator.name));
            }
            statement.visit_children_with(it);
        });
    }

    fn visit_for_in_stmt(&mut self, statement: &ForInStmt) {
        self.scope(|it| {
            it.bind_head(&statement.left);
            statement.visit_children_with(it);
        });
    }

    fn visit_for_of_stmt(&mut self, statement: &ForOfStmt) {
        self.scope(|it| {
            it.bind_head(&statement.left);
            statement.visit_children_with(it);
        });
    }

    fn visit_decl(&mut self, declaration: &Decl) {
        declaration.visit_children_with(self);
    }

    fn visit_labeled_stmt(&mut self, statement: &LabeledStmt) {
        statement.body.visit_with(self);
    }

    fn visit_break_stmt(&mut self, _: &BreakStmt) {}
    fn visit_continue_stmt(&mut self, _: &ContinueStmt) {}
}
