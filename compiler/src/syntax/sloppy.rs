//! Functions that are declared in blocks of sloppy code. The function around them sees them as well, by a variable that
//! gets the function where the declaration stands (ECMA-262, B.3.2). Strict code knows nothing of that, and
//! neither does who reads scopes, so that it is written out for both.

use super::unmarked::Unmarked;
use rustc_hash::{FxHashMap, FxHashSet};
use swc_atoms::Atom;
use swc_common::{DUMMY_SP, Mark, Span};
use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, AssignExpr, AssignOp, AssignPat, BindingIdent, BlockStmt, CatchClause, Class, Decl,
    Expr, ExprStmt, ForInStmt, ForOfStmt, ForStmt, Function, FunctionBody, Id, Ident, KeyValuePatProp, KeyValueProp,
    ObjectPatProp, Pass, Pat, Program, Prop, PropName, Script, SimpleAssignTarget, Stmt, SwitchStmt, VarDecl,
    VarDeclKind, VarDeclarator,
};
use swc_ecma_transforms_base::resolver;
use swc_ecma_visit::{Visit, VisitMut, VisitMutWith, VisitWith};

/// What Node hands to the function around a CommonJS module.
pub(super) const ARGUMENTS: [&str; 5] = ["exports", "require", "module", "__filename", "__dirname"];

/// Writes it out. The program must not have been resolved yet, and has to be after it.
pub(super) fn hoist(program: &mut Program) {
    if !matches!(program, Program::Script(_)) || !has_functions_in_blocks(program) {
        return;
    }
    resolver(Mark::new(), Mark::new(), false).process(program);
    let mut taken = Taken::default();
    program.visit_with(&mut taken);
    if let Program::Script(script) = program {
        Hoisting { scopes: Vec::new(), strict: false, taken }.script(script);
    }
    program.visit_mut_with(&mut Unmarked);
}

fn has_functions_in_blocks(program: &Program) -> bool {
    let mut finder = Finder(false);
    program.visit_with(&mut finder);
    finder.0
}

struct Finder(bool);

impl Finder {
    fn look(&mut self, statement: &Stmt) {
        self.0 |= matches!(statement, Stmt::Decl(Decl::Fn(_)));
    }
}

impl Visit for Finder {
    fn visit_block_stmt(&mut self, block: &BlockStmt) {
        block.stmts.iter().for_each(|it| self.look(it));
        block.visit_children_with(self);
    }

    fn visit_switch_stmt(&mut self, switch: &SwitchStmt) {
        switch.cases.iter().flat_map(|it| &it.cons).for_each(|it| self.look(it));
        switch.visit_children_with(self);
    }
}

/// A scope around.
#[derive(Default)]
struct Scope {
    is_function: bool,
    /// What it declares by `let`, `const`, `class`, and in blocks by `function`; of functions, parameters too.
    names: FxHashSet<Atom>,
    /// Of a function: the variables that it gets.
    variables: Vec<Atom>,
}

struct Hoisting {
    scopes: Vec<Scope>,
    strict: bool,
    taken: Taken,
}

impl Hoisting {
    fn script(&mut self, script: &mut Script) {
        let params = ARGUMENTS.into_iter().map(Atom::from).collect();
        self.of_function(&mut script.body, params, |it, body| body.visit_mut_with(it));
    }

    /// Visits a function whose body is `body`.
    fn of_function(
        &mut self,
        body: &mut Vec<Stmt>,
        params: FxHashSet<Atom>,
        visit: impl FnOnce(&mut Self, &mut Vec<Stmt>),
    ) {
        let strict = self.strict;
        self.strict |= body.iter().take_while(|it| is_directive(it)).any(Stmt::is_use_strict);
        let mut names = params;
        body.iter().for_each(|it| lexical(it, false, &mut names));
        self.scopes.push(Scope { is_function: true, names, variables: Vec::new() });
        visit(self, body);
        self.strict = strict;
        let variables = self.scopes.pop().map(|scope| scope.variables).unwrap_or_default();
        if !variables.is_empty() {
            let start = body.iter().take_while(|it| is_directive(it)).count();
            body.insert(start, Stmt::Decl(Decl::Var(Box::new(declaration(variables)))));
        }
    }

    fn of_body(&mut self, body: &mut FunctionBody, params: FxHashSet<Atom>) {
        self.of_function(&mut body.stmts, params, |it, body| body.visit_mut_with(it));
    }

    fn of_block(&mut self, names: FxHashSet<Atom>, visit: impl FnOnce(&mut Self)) {
        self.scopes.push(Scope { names, ..Scope::default() });
        visit(self);
        self.scopes.pop();
    }

    /// Statements of a block, whose scope is the innermost. Functions in it, and what they are to be called.
    fn statements(&mut self, statements: &mut Vec<Stmt>) -> Renamed {
        let mut renamed = Renamed::default();
        if self.strict {
            return renamed;
        }
        let mut index = 0;
        while let Some(statement) = statements.get(index) {
            let Stmt::Decl(Decl::Fn(declared)) = statement else {
                index += 1;
                continue;
            };
            let (name, span) = (declared.ident.clone(), declared.ident.span);
            let is_plain = !declared.function.is_async && !declared.function.is_generator;
            renamed.0.entry(name.to_id()).or_insert_with(|| self.taken.free(&name.sym));
            // Of several with one name the last is meant everywhere in the block.
            match statements[index + 1..].iter().any(|it| declares(it, &name)) {
                true => _ = statements.remove(index),
                false => index += 1,
            }
            if is_plain && self.is_seen_outside(&name.sym) {
                statements.insert(index, assignment(&name, span));
                index += 1;
            }
        }
        renamed
    }

    /// Notes that the function around gets a variable with the name of a function in the innermost block, unless
    /// something between has that name.
    fn is_seen_outside(&mut self, name: &Atom) -> bool {
        let outer = self.scopes.len() - 1;
        for scope in self.scopes[..outer].iter_mut().rev() {
            if scope.names.contains(name) {
                return false;
            }
            if scope.is_function {
                if !scope.variables.contains(name) {
                    scope.variables.push(name.clone());
                }
                return true;
            }
        }
        false
    }
}

impl VisitMut for Hoisting {
    fn visit_mut_function(&mut self, function: &mut Function) {
        let mut params = FxHashSet::default();
        function.params.iter().for_each(|it| bound(&it.pat, &mut params));
        function.params.visit_mut_with(self);
        if let Some(body) = &mut function.body {
            self.of_body(body, params);
        }
    }

    fn visit_mut_arrow_expr(&mut self, arrow: &mut ArrowExpr) {
        let mut params = FxHashSet::default();
        arrow.params.iter().for_each(|it| bound(it, &mut params));
        arrow.params.visit_mut_with(self);
        match &mut *arrow.body {
            ArrowFunctionBody::FunctionBody(body) => self.of_body(body, params),
            ArrowFunctionBody::Expr(value) => value.visit_mut_with(self),
        }
    }

    /// Code in classes is strict.
    fn visit_mut_class(&mut self, class: &mut Class) {
        let strict = std::mem::replace(&mut self.strict, true);
        class.visit_mut_children_with(self);
        self.strict = strict;
    }

    fn visit_mut_block_stmt(&mut self, block: &mut BlockStmt) {
        let mut names = FxHashSet::default();
        block.stmts.iter().for_each(|it| lexical(it, true, &mut names));
        self.of_block(names, |it| {
            block.visit_mut_children_with(it);
            let mut renamed = it.statements(&mut block.stmts);
            block.stmts.visit_mut_with(&mut renamed);
        });
    }

    fn visit_mut_switch_stmt(&mut self, switch: &mut SwitchStmt) {
        switch.discriminant.visit_mut_with(self);
        let mut names = FxHashSet::default();
        switch.cases.iter().flat_map(|it| &it.cons).for_each(|it| lexical(it, true, &mut names));
        self.of_block(names, |it| {
            switch.cases.visit_mut_with(it);
            let found = switch.cases.iter_mut().flat_map(|case| it.statements(&mut case.cons).0);
            let mut renamed = Renamed(found.collect());
            switch.cases.visit_mut_with(&mut renamed);
        });
    }

    fn visit_mut_catch_clause(&mut self, clause: &mut CatchClause) {
        let mut names = FxHashSet::default();
        clause.param.iter().for_each(|it| bound(it, &mut names));
        self.of_block(names, |it| clause.visit_mut_children_with(it));
    }

    fn visit_mut_for_stmt(&mut self, statement: &mut ForStmt) {
        let names = statement.init.as_ref().and_then(|it| it.as_var_decl()).map(|it| declared(it)).unwrap_or_default();
        self.of_block(names, |it| statement.visit_mut_children_with(it));
    }

    fn visit_mut_for_in_stmt(&mut self, statement: &mut ForInStmt) {
        let names = statement.left.as_var_decl().map(|it| declared(it)).unwrap_or_default();
        self.of_block(names, |it| statement.visit_mut_children_with(it));
    }

    fn visit_mut_for_of_stmt(&mut self, statement: &mut ForOfStmt) {
        let names = statement.left.as_var_decl().map(|it| declared(it)).unwrap_or_default();
        self.of_block(names, |it| statement.visit_mut_children_with(it));
    }
}

fn is_directive(statement: &Stmt) -> bool {
    statement.as_expr().is_some_and(|it| it.expr.is_lit() && it.expr.as_lit().is_some_and(|it| it.is_str()))
}

fn declares(statement: &Stmt, name: &Ident) -> bool {
    matches!(statement, Stmt::Decl(Decl::Fn(function)) if function.ident.sym == name.sym)
}

/// What a statement declares in the block that it stands in.
fn lexical(statement: &Stmt, functions: bool, names: &mut FxHashSet<Atom>) {
    match statement {
        Stmt::Decl(Decl::Class(class)) => _ = names.insert(class.ident.sym.clone()),
        Stmt::Decl(Decl::Fn(function)) if functions => _ = names.insert(function.ident.sym.clone()),
        Stmt::Decl(Decl::Var(variables)) => names.extend(declared(variables)),
        Stmt::Decl(Decl::Using(variables)) => variables.decls.iter().for_each(|it| bound(&it.name, names)),
        _ => {}
    }
}

/// What `let` and `const` declare.
fn declared(variables: &VarDecl) -> FxHashSet<Atom> {
    let mut names = FxHashSet::default();
    if variables.kind != VarDeclKind::Var {
        variables.decls.iter().for_each(|it| bound(&it.name, &mut names));
    }
    names
}

fn bound(pattern: &Pat, names: &mut FxHashSet<Atom>) {
    super::bundle::declared::by_pattern(pattern, &mut |name| _ = names.insert(name.sym.clone()));
}

/// `var a, b;`
fn declaration(names: Vec<Atom>) -> VarDecl {
    let variable = |name: Atom| VarDeclarator {
        name: Pat::Ident(BindingIdent::from(Ident::new_no_ctxt(name, DUMMY_SP))),
        ..VarDeclarator { span: DUMMY_SP, name: Pat::default(), init: None, definite: false }
    };
    VarDecl { kind: VarDeclKind::Var, decls: names.into_iter().map(variable).collect(), ..VarDecl::default() }
}

/// The variable of the function around gets the function of the block, which is called otherwise from now on.
fn assignment(name: &Ident, span: Span) -> Stmt {
    let left = SimpleAssignTarget::Ident(Ident::new_no_ctxt(name.sym.clone(), span).into()).into();
    let right = Box::new(Expr::Ident(name.clone()));
    let expr = Box::new(Expr::Assign(AssignExpr { span, op: AssignOp::Assign, left, right }));
    Stmt::Expr(ExprStmt { span, expr })
}

/// New names of functions in a block: the resolver takes them for the same as what is called so outside.
#[derive(Default)]
struct Renamed(FxHashMap<Id, Atom>);

impl VisitMut for Renamed {
    fn visit_mut_ident(&mut self, name: &mut Ident) {
        if let Some(new) = self.0.get(&name.to_id()) {
            name.sym = new.clone();
        }
    }

    fn visit_mut_prop(&mut self, property: &mut Prop) {
        if let Prop::Shorthand(name) = property
            && self.0.contains_key(&name.to_id())
        {
            let value = Box::new(Expr::Ident(name.clone()));
            *property = Prop::KeyValue(KeyValueProp { key: PropName::Ident(name.clone().into()), value });
        }
        property.visit_mut_children_with(self);
    }

    fn visit_mut_object_pat_prop(&mut self, property: &mut ObjectPatProp) {
        if let ObjectPatProp::Assign(short) = property
            && self.0.contains_key(&short.key.to_id())
        {
            let name = Box::new(Pat::Ident(short.key.clone()));
            let value = match short.value.take() {
                Some(right) => Box::new(Pat::Assign(AssignPat { span: short.span, left: name, right })),
                None => name,
            };
            let key = PropName::Ident(short.key.id.clone().into());
            *property = ObjectPatProp::KeyValue(KeyValuePatProp { key, value });
        }
        property.visit_mut_children_with(self);
    }
}

/// All names of a module.
#[derive(Default)]
pub(super) struct Taken(FxHashSet<Atom>);

impl Visit for Taken {
    fn visit_ident(&mut self, name: &Ident) {
        self.0.insert(name.sym.clone());
    }
}

impl Taken {
    /// A name like `name` that nothing has.
    pub(super) fn free(&mut self, name: &str) -> Atom {
        let mut candidate = format!("_{name}");
        while !self.0.insert(candidate.as_str().into()) {
            candidate.insert(0, '_');
        }
        candidate.into()
    }
}
