//! What Starlark itself brings, in a line each: its specification has more.

/// A function or method of Starlark.
#[derive(Debug)]
pub(crate) struct Standard {
    pub(crate) name: &'static str,
    /// The call, as it is written: `len(x) -> int`.
    pub(crate) signature: &'static str,
    pub(crate) documentation: &'static str,
}

macro_rules! standard {
    ($($signature:literal: $documentation:literal;)+) => {
        &[$(Standard {
            name: before_parenthesis($signature),
            signature: $signature,
            documentation: $documentation,
        }),+]
    };
}

const fn before_parenthesis(signature: &'static str) -> &'static str {
    let bytes = signature.as_bytes();
    let mut at = 0;
    while at < bytes.len() && bytes[at] != b'(' {
        at += 1;
    }
    signature.split_at(at).0
}

/// The functions that every script can call.
pub(crate) const FUNCTIONS: &[Standard] = standard! {
    "abs(x: int | float) -> int | float": "The value without its sign.";
    "all(values: iterable) -> bool": "Whether every value counts as true.";
    "any(values: iterable) -> bool": "Whether some value counts as true.";
    "bool(x: value = False) -> bool": "Whether a value counts as true: `None`, `False`, `0` and what is empty do not.";
    "bytes(x: value) -> bytes": "A text as bytes.";
    "chr(code: int) -> str": "The character with a Unicode code point.";
    "dict(pairs: iterable = [], **entries: value) -> dict": "A dictionary of pairs and of keyword arguments.";
    "dir(x: value) -> list[str]": "The names of a value's attributes and methods.";
    "enumerate(values: iterable, start: int = 0) -> list": "The values, each with its number: `(0, first)`, `(1, second)`.";
    "fail(*messages: value) -> None": "Ends the script with a message. There is no environment then.";
    "float(x: value = 0.0) -> float": "A value as a fraction.";
    "getattr(x: value, name: str, default: value = ...) -> value": "The attribute of that name; the default where there is none.";
    "hasattr(x: value, name: str) -> bool": "Whether a value has an attribute of that name.";
    "hash(text: str) -> int": "A number that equal texts share.";
    "int(x: value, base: int = 10) -> int": "A value as a whole number.";
    "len(x: value) -> int": "How many items a list or dictionary has, or bytes a text.";
    "list(values: iterable = []) -> list": "A new list of the values.";
    "max(*values: value, key: function = None) -> value": "The greatest value.";
    "min(*values: value, key: function = None) -> value": "The least value.";
    "ord(character: str) -> int": "The Unicode code point of a character.";
    "print(*values: value) -> None": "Prints the values when the script runs.";
    "range(start: int, stop: int = ..., step: int = 1) -> list[int]": "Whole numbers from `start` up to, but not with, `stop`. With one argument: from 0 up to it.";
    "repr(x: value) -> str": "A value as a script would write it.";
    "reversed(values: iterable) -> list": "The values from the last to the first.";
    "set(values: iterable = []) -> set": "The values, each once.";
    "sorted(values: iterable, key: function = None, reverse: bool = False) -> list": "The values in order.";
    "str(x: value) -> str": "A value as text.";
    "struct(**fields: value) -> struct": "A value with these attributes.";
    "tuple(values: iterable = ()) -> tuple": "The values as a tuple, which cannot be changed.";
    "type(x: value) -> str": "The name of a value's type.";
    "zip(*values: iterable) -> list": "The first items of all, then the second ones, and so on, as tuples.";
};

/// The methods of texts.
pub(crate) const TEXT: &[Standard] = standard! {
    "capitalize() -> str": "The text, its first letter a capital, the others not.";
    "count(part: str, start: int = 0, end: int = ...) -> int": "How often a text stands in it.";
    "elems() -> iterable": "The characters.";
    "endswith(suffix: str) -> bool": "Whether it ends with a text, or with one of a tuple of texts.";
    "find(part: str, start: int = 0, end: int = ...) -> int": "Where a text stands in it first; -1 if it does not.";
    "format(*values: value, **named: value) -> str": "The text with values in place of its `{}`.";
    "index(part: str, start: int = 0, end: int = ...) -> int": "Where a text stands in it first. It is an error if it does not.";
    "isalnum() -> bool": "Whether it has letters and digits only.";
    "isalpha() -> bool": "Whether it has letters only.";
    "isdigit() -> bool": "Whether it has digits only.";
    "islower() -> bool": "Whether all its letters are small.";
    "isspace() -> bool": "Whether it has white space only.";
    "isupper() -> bool": "Whether all its letters are capitals.";
    "join(texts: iterable) -> str": "Texts with this one between them.";
    "lower() -> str": "The text in small letters.";
    "lstrip(characters: str = ...) -> str": "The text without white space, or those characters, at its beginning.";
    "partition(separator: str) -> tuple": "What stands before a separator, the separator, and what stands behind it.";
    "removeprefix(prefix: str) -> str": "The text without that beginning.";
    "removesuffix(suffix: str) -> str": "The text without that end.";
    "replace(old: str, new: str, count: int = ...) -> str": "The text with one text in place of another.";
    "rfind(part: str, start: int = 0, end: int = ...) -> int": "Where a text stands in it last; -1 if it does not.";
    "rindex(part: str, start: int = 0, end: int = ...) -> int": "Where a text stands in it last. It is an error if it does not.";
    "rpartition(separator: str) -> tuple": "What stands before the last separator, the separator, and what stands behind it.";
    "rsplit(separator: str = ..., maxsplit: int = ...) -> list[str]": "The parts between separators, counted from the end.";
    "rstrip(characters: str = ...) -> str": "The text without white space, or those characters, at its end.";
    "split(separator: str = ..., maxsplit: int = ...) -> list[str]": "The parts between separators; between white space if none is given.";
    "splitlines(keepends: bool = False) -> list[str]": "The lines.";
    "startswith(prefix: str) -> bool": "Whether it begins with a text, or with one of a tuple of texts.";
    "strip(characters: str = ...) -> str": "The text without white space, or those characters, at both ends.";
    "title() -> str": "The text, the first letter of every word a capital.";
    "upper() -> str": "The text in capitals.";
};

/// The methods of lists.
pub(crate) const LIST: &[Standard] = standard! {
    "append(item: value) -> None": "Adds an item at the end.";
    "clear() -> None": "Removes all items.";
    "extend(items: iterable) -> None": "Adds several items at the end.";
    "index(item: value, start: int = 0, end: int = ...) -> int": "The index of the first item that equals a value.";
    "insert(index: int, item: value) -> None": "Adds an item before the one at an index.";
    "pop(index: int = -1) -> value": "Removes the item at an index, and gives it.";
    "remove(item: value) -> None": "Removes the first item that equals a value.";
};

/// The methods of dictionaries.
pub(crate) const DICTIONARY: &[Standard] = standard! {
    "clear() -> None": "Removes all entries.";
    "get(key: value, default: value = None) -> value": "The value of a key; the default where there is none.";
    "items() -> list[tuple]": "The keys with their values.";
    "keys() -> list": "The keys.";
    "pop(key: value, default: value = ...) -> value": "Removes a key, and gives its value.";
    "popitem() -> tuple": "Removes the first entry, and gives it.";
    "setdefault(key: value, default: value = None) -> value": "The value of a key, which gets the default where it has none.";
    "update(pairs: iterable = [], **entries: value) -> None": "Adds the entries of a dictionary, or pairs.";
    "values() -> list": "The values.";
};

/// The function that bears `name`.
pub(crate) fn function(name: &str) -> Option<&'static Standard> {
    FUNCTIONS.iter().find(|it| it.name == name)
}

#[cfg(test)]
mod tests {
    use crate::ide::infer::{Type, global};
    use crate::script::global_names;

    #[test]
    fn every_name_of_the_language_is_described() {
        for name in global_names() {
            assert!(!matches!(global(name), Type::Any), "{name}");
        }
    }
}
