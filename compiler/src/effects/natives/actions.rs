//! The words of `builtins.txt`.

use super::super::world::ObjectIx;
use crate::facts::{Primitive, field};

/// No field: what a promise comes to, and anything else itself.
pub(in super::super) const AWAITED: &str = "[[awaited]]";
/// No field: what the action before that iterates the value takes out of it.
pub(in super::super) const EACH: &str = "[[each]]";
/// What a lazy iterator iterates.
pub(in super::super) const SOURCE: &str = "[[source]]";
/// What calls gave that is to be taken apart.
pub(in super::super) const GOT: &str = "[[got]]";

/// Where a value comes from or goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Place {
    pub(in super::super) base: Base,
    /// Fields from there on.
    pub(in super::super) path: Vec<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Base {
    None,
    /// What anybody throws.
    Thrown,
    Argument(usize),
    ArgumentsFrom(usize),
    This,
    Result,
    Object(ObjectIx),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) enum Action {
    Call {
        callee: Place,
        arguments: Vec<Place>,
        to: Place,
        later: bool,
    },
    Copy {
        from: Place,
        to: Place,
    },
    Pairs {
        keys: Place,
        values: Place,
        to: Place,
    },
    Fresh {
        prototype: ObjectIx,
        to: Place,
    },
    Iterate {
        source: Place,
        to: Place,
        later: bool,
    },
    /// Makes a primitive of it.
    Coerce(Place, Primitive),
    /// Reads all fields of it, and of what they hold, and so on; `toJSON` as well, if it is written as JSON.
    Deep {
        on: Place,
        json: bool,
    },
    /// Calls a method of it.
    Invoke {
        on: Place,
        method: String,
        arguments: Vec<Place>,
        to: Place,
        later: bool,
    },
    /// Does what a Proxy may trap.
    Trap {
        on: Place,
        trap: &'static str,
    },
    Getters(Place),
    Dispose(Place),
    Special(Special),
}

impl Action {
    /// The same, started and not waited for: the result is what a Future comes to.
    pub(super) fn started(&self) -> Action {
        let inside = |place: &Place| {
            let mut place = place.clone();
            if place.base == Base::Result {
                place.path.insert(0, field::CONTENT);
            }
            place
        };
        match self {
            Action::Call { callee, arguments, to, .. } => {
                Action::Call { callee: callee.clone(), arguments: arguments.clone(), to: inside(to), later: true }
            }
            Action::Copy { from, to } => Action::Copy { from: from.clone(), to: inside(to) },
            Action::Fresh { prototype, to } => Action::Fresh { prototype: *prototype, to: inside(to) },
            other => other.clone(),
        }
    }
}

/// What no line can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Special {
    /// Runs the generator that it is called on.
    Resume,
    /// Runs what an iterator that it is called on runs for an element.
    Step,
    Executor,
    /// What a callback that is not given does not take.
    Through,
    Resolvers,
    Assign,
    Create,
    Prototype,
    SetPrototype,
    Apply,
    Bind,
    Call,
    ReflectApply,
    Construct,
    /// Makes what it returns with the class that it is called on, or whose instance.
    Species,
    Proxy,
    /// Makes texts of the elements, where no comparison is given.
    Sort,
}

/// What a word may name.
pub(super) enum Find<'a> {
    Path(&'a str),
    /// The objects of a class.
    Instance(&'a str),
    Prototype(&'a str),
}

/// One word of a line; a word that means nothing is an error of the table, which a test finds.
pub(super) fn parse(word: &'static str, find: &mut dyn FnMut(Find<'_>) -> ObjectIx) -> Option<Action> {
    let Some((verb, rest)) = word.split_once('=') else {
        return Some(Action::Special(match word {
            "RESUME" => Special::Resume,
            "STEP" => Special::Step,
            "EXECUTOR" => Special::Executor,
            "THROUGH" => Special::Through,
            "RESOLVERS" => Special::Resolvers,
            "ASSIGN" => Special::Assign,
            "CREATE" => Special::Create,
            "PROTOTYPE" => Special::Prototype,
            "SETPROTOTYPE" => Special::SetPrototype,
            "APPLY" => Special::Apply,
            "BIND" => Special::Bind,
            "CALL" => Special::Call,
            "REFLECTAPPLY" => Special::ReflectApply,
            "CONSTRUCT" => Special::Construct,
            "SPECIES" => Special::Species,
            "PROXY" => Special::Proxy,
            "SORT" => Special::Sort,
            _ => return None,
        }));
    };
    let (from, to) = rest.split_once('>').unwrap_or((rest, "none"));
    let to = place(to, find);
    Some(match verb {
        "call" | "later" => {
            let (callee, arguments) = from.split_once(':').unwrap_or((from, ""));
            let callee = match callee.parse() {
                Ok(index) => Place { base: Base::Argument(index), path: Vec::new() },
                Err(_) => place(callee, find),
            };
            let arguments = places(arguments, find);
            Action::Call { callee, arguments, to, later: verb == "later" }
        }
        "copy" => Action::Copy { from: place(from, find), to },
        "pairs" => {
            let (keys, values) = from.split_once(',')?;
            Action::Pairs { keys: place(keys, find), values: place(values, find), to }
        }
        "fresh" => {
            let prototype = find(Find::Prototype(from));
            let to = if rest.contains('>') { to } else { Place { base: Base::Result, path: Vec::new() } };
            Action::Fresh { prototype, to }
        }
        "iterate" | "draw" => Action::Iterate { source: place(from, find), to, later: verb == "draw" },
        "text" => Action::Coerce(place(from, find), Primitive::Text),
        "number" => Action::Coerce(place(from, find), Primitive::Number),
        "json" => Action::Deep { on: place(from, find), json: true },
        "deep" => Action::Deep { on: place(from, find), json: false },
        "trap" => {
            let (trap, on) = from.split_once(':')?;
            Action::Trap { on: place(on, find), trap }
        }
        "invoke" => {
            let (on, arguments) = from.split_once(':').unwrap_or((from, ""));
            let (on, method) = on.rsplit_once('.')?;
            let arguments = places(arguments, find);
            Action::Invoke { on: place(on, find), method: method.to_owned(), arguments, to, later: false }
        }
        "read" => {
            let (on, name) = from.rsplit_once('.')?;
            let (on, method) = (place(on, find), field::getter(name));
            Action::Invoke { on, method, arguments: Vec::new(), to, later: false }
        }
        "dispose" => Action::Dispose(place(from, find)),
        "getters" => Action::Getters(place(from, find)),
        _ => return None,
    })
}

fn places(texts: &'static str, find: &mut dyn FnMut(Find<'_>) -> ObjectIx) -> Vec<Place> {
    texts.split(',').filter(|text| !text.is_empty()).map(|text| place(text, find)).collect()
}

fn place(text: &'static str, find: &mut dyn FnMut(Find<'_>) -> ObjectIx) -> Place {
    if let Some(path) = text.strip_prefix('@') {
        return Place { base: Base::Object(find(Find::Path(path))), path: Vec::new() };
    }
    let mut words = text.split('.');
    if let Some(text) = text.strip_prefix('#') {
        words = text.split('.');
        let object = find(Find::Instance(words.next().unwrap_or_default()));
        return Place { base: Base::Object(object), path: words.map(meaning).collect() };
    }
    let first = words.next().unwrap_or_default();
    let mut path: Vec<&'static str> = words.map(meaning).collect();
    let base = match first {
        "none" | "" => Base::None,
        "this" => Base::This,
        "ret" => Base::Result,
        "thrown" => Base::Thrown,
        "a*" => Base::ArgumentsFrom(0),
        _ => match first.strip_prefix('a').map(|rest| (rest.strip_suffix('+'), rest)) {
            Some((Some(from), _)) if from.parse::<usize>().is_ok() => Base::ArgumentsFrom(from.parse().unwrap_or(0)),
            Some((_, index)) if index.parse::<usize>().is_ok() => Base::Argument(index.parse().unwrap_or(0)),
            _ => {
                path.insert(0, meaning(first));
                Base::This
            }
        },
    };
    Place { base, path }
}

/// The field that a word means; as what is read. What is written to `ANY` goes to `ELEMENT`.
fn meaning(word: &'static str) -> &'static str {
    match word {
        "el" => field::ANY,
        "content" => field::CONTENT,
        "keys" => field::KEYS,
        "sent" => field::SENT,
        "awaited" => AWAITED,
        "each" => EACH,
        "got" => GOT,
        "source" => SOURCE,
        word => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_table_means_something() {
        let lines = super::super::BUILTINS.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
        for line in lines {
            let (_, actions) = line.split_once(" :").unwrap_or_else(|| panic!("no colon: {line}"));
            for word in actions.split_whitespace() {
                let is_said_elsewhere = word == "blocks" || word.starts_with("value=");
                assert!(is_said_elsewhere || parse(word, &mut |_| ObjectIx(0)).is_some(), "{word} in {line}");
            }
        }
    }

    #[test]
    fn what_is_taken_out_was_iterated() {
        for line in super::super::BUILTINS.lines().filter(|line| !line.starts_with('#')) {
            let mut iterated = Vec::new();
            for word in line.split_once(" :").map_or("", |(_, actions)| actions).split_whitespace() {
                for place in word.split(['=', '>', ':', ',']).filter_map(|place| place.split_once(".each")) {
                    assert!(iterated.contains(&place.0), "nothing iterates {} in {line}", place.0);
                }
                let source = word.strip_prefix("iterate=").or_else(|| word.strip_prefix("draw="));
                iterated.extend(source.and_then(|rest| rest.split('>').next()));
            }
        }
    }

    #[test]
    fn places_are_read() {
        let place = |text| place(text, &mut |_| ObjectIx(7));
        assert_eq!(place("a1.el"), Place { base: Base::Argument(1), path: vec![field::ANY] });
        assert_eq!(place("content"), Place { base: Base::This, path: vec![field::CONTENT] });
        assert_eq!(place("a2+").base, Base::ArgumentsFrom(2));
        assert_eq!(place("#corona:net/Socket").base, Base::Object(ObjectIx(7)));
    }
}
