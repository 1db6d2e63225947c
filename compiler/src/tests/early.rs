//! Programs that the grammar has a tree for, and the language no meaning.

use super::check::{checker, look};

/// Complaints about a file of that name.
fn complaints(name: &str, text: &str) -> Vec<String> {
    look(&mut checker(&format!("//- /{name}\n{text}")), "/")
}

/// Each line is a program, which is refused at the place between `«` and `»` for the reason after `// `.
#[track_caller]
fn refused(name: &str, programs: &str) {
    let mut wrong = Vec::new();
    for line in programs.trim().lines() {
        let (program, reason) = line.trim().split_once(" // ").expect("a line names its reason");
        let (before, rest) = program.split_once('«').expect("a line marks the place");
        let (culprit, after) = rest.split_once('»').expect("a mark has an end");
        let column = before.encode_utf16().count() + 1;
        let found = complaints(name, &format!("{before}{culprit}{after}"));
        if found != [format!("/{name}:1:{column} {reason}")] {
            wrong.push(format!("{program}: {found:?}"));
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[track_caller]
fn fine(name: &str, programs: &str) {
    let mut wrong = Vec::new();
    for program in programs.trim().lines() {
        wrong.extend(complaints(name, program.trim()).into_iter().map(|it| format!("{program}: {it}")));
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn a_scope_declares_each_name_once() {
    refused(
        "main.mjs",
        r#"
        { let a; const «a» = 1; } // "a" has already been declared
        { let a; { var «a»; } } // "a" has already been declared
        { { var a; } let «a»; } // "a" has already been declared
        { function f() {} function «f»() {} } // "f" has already been declared
        function f() {} function «f»() {} // "f" has already been declared
        import { a } from "./main.mjs"; export class «a» {} // "a" has already been declared
        import a from "./main.mjs"; export default function «a»() {} // "a" has already been declared
        switch (1) { case 1: let a; case 2: let «a»; } // "a" has already been declared
        for (let a of []) { var «a»; } // "a" has already been declared
        for (const [a, «a»] of []) {} // "a" has already been declared
        try {} catch (e) { let «e»; } // "e" has already been declared
        try {} catch ([e]) { var «e»; } // "e" has already been declared
        try {} catch ([e, «e»]) {} // "e" has already been declared
        class A { static { let a; var «a»; } } // "a" has already been declared
        function f(a) { let «a»; } // "a" has already been declared
        function f(a, «a») {} // "a" has already been declared
        (a, [«a»]) => {}; // "a" has already been declared
        ({ m(a) { const { «a» } = 1; } }); // "a" has already been declared
        using a = null, «a» = null; // "a" has already been declared
        "#,
    );
    fine(
        "main.mjs",
        r#"
        var a; var a; { let a; { let a; } } function f(a) { var a; function g() {} function g() {} var g; }
        try {} catch (e) { var e; } try {} catch (e) { { let e; } }
        for (let a;;) { let a; } for (var b of []) { var b; } switch (1) { case 1: var b; }
        const f = function f() { let f; }; class A { static { function g() {} var g; } }
        "#,
    );
    fine("main.cjs", "{ function f() {} function f() {} } function g(a, a) {} var g; let exports_;");
    refused("main.cjs", r#"{ function f() {} let «f»; } // "f" has already been declared"#);
}

#[test]
fn what_typescript_merges_or_drops_is_fine() {
    fine(
        "main.ts",
        r#"
        function f(): void; function f(a?: number) {} enum E { A } enum E { B = 1 } declare const f2: 1; const f2_ = f;
        class C {} namespace C { export const x = 1; } interface I {} interface I {} type T = 1; const T = 1; E; C; null as I;
        class D { #a?: number; constructor(x: number); constructor(public x: any, readonly y = 2) {} m(): void; m() {} }
        namespace N { let a = 1; export { a }; } namespace N { let a = 2; } declare namespace M { let a; let a2; }
        abstract class A { abstract get x(): number; abstract set x(v: number); declare y: string; } function g(this: A) {}
        "#,
    );
    refused(
        "main.ts",
        r#"
        enum E { A } const «E» = 1; // "E" has already been declared
        class D { constructor(public x: number, «x»: number) {} } // "x" has already been declared
        namespace N { let a = 1; let «a» = 2; } // "a" has already been declared
        "#,
    );
}

#[test]
fn private_names_belong_to_a_class() {
    refused(
        "main.mjs",
        r##"
        class A { m() { return this.«#a»; } } // "#a" is declared by no class around this
        class A { #a; } class B { m(o) { return «#a» in o; } } // "#a" is declared by no class around this
        class A extends (o => o.«#a») { #a; } // "#a" is declared by no class around this
        class A { #a; «#a»() {} } // "#a" has already been declared
        class A { get #a() {} static set «#a»(v) {} } // "#a" has already been declared
        class A { #a; m() { «delete this.#a»; } } // private members cannot be deleted
        class A { #a; m(o) { «delete (o?.#a)»; } } // private members cannot be deleted
        "##,
    );
    fine(
        "main.mjs",
        "class A { get #a() {} set #a(v) {} #b; m(o) { class B { m() { return o.#b; } } return #a in o; } }",
    );
}

#[test]
fn some_words_have_their_places() {
    refused(
        "main.mjs",
        r#"
        class A { constructor() { «super»(); } } // 'super()' is for constructors of classes that extend another
        class A extends B { m() { «super»(); } } // 'super()' is for constructors of classes that extend another
        class A extends B { x = «super»(); } // 'super()' is for constructors of classes that extend another
        class A { static «prototype»() {} } // a static member cannot be called "prototype"
        import(«...»a); // 'import()' takes a specifier and options, no list
        ({ __proto__: 1, "«__proto__»": 2 }); // an object has one "__proto__"
        "#
        .replace("\"«__proto__»\"", "«\"__proto__\"»")
        .as_str(),
    );
    fine(
        "main.mjs",
        r#"
        class A extends B { constructor() { const f = () => super(); f(); super.m(); } x = super.y; static { super.z; } }
        ({ m() { return super.x; }, get a() { return () => super.a; }, __proto__: null, ["__proto__"]: 1, __proto__() {} });
        class A { x = function () { return arguments; }; m() { return arguments; } static { new.target; } y = new.target; }
        function f() { return new.target; } ({ __proto__: x, __proto__: y } = {});
        "#,
    );
    fine("main.cjs", "function f(a, b) { return new.target; } console.log(new.target);");
}

#[test]
fn regular_expressions_are_read() {
    refused(
        "main.mjs",
        r#"
        «/(/»; // this is no regular expression: unterminated capturing group
        «/[b-a]/»; // this is no regular expression: character class atom range out of order
        «/\u{110000}/u»; // this is no regular expression: invalid unicode escape sequence
        "#,
    );
    fine(
        "main.mjs",
        r"[/\p{Script=Of_Tomorrow}/u, /(?<a>.)|(?<a>..)/, /(?i:x)/, /{/, /]/, /\c/, /[\p{L}--[a-z]]/v, /a{1,2}?b{/s];",
    );
}
