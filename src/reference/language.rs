//! The reference of the language that scripts are written in, from the
//! declarations of its functions, objects and modules.

use std::fmt::Write as _;

use crate::script::{
    Attribute, Builtin, Module, Object, STANDARD_NAMES, functions, objects, signature, unindented,
};

/// What an entry of the reference documents.
enum Subject {
    Function(&'static Builtin),
    Object(&'static Object),
    Method(&'static Object, &'static Builtin),
    Attribute(&'static Object, &'static Attribute),
    Module(&'static Module),
    Standard(&'static str),
}

/// Where Starlark's own functions are described.
const STARLARK: &str =
    "https://github.com/bazelbuild/starlark/blob/master/spec.md#built-in-constants-and-functions";

/// `docs/builtins.md`: everything that a script can use.
pub(super) fn page() -> String {
    let mut page = String::from(
        "# The language\n\n\
         What a `.raftt` script can use, and how it is known. A value that only the cluster \
         or a later step knows is given as *unknown* and fits everywhere.\n\n\
         ## Functions\n",
    );
    for function in sorted(functions(), |it| it.name) {
        page.push_str(&format!("\n### {}\n\n", function.name));
        push_builtin(&mut page, "", function);
    }
    page.push_str("\n## Objects\n");
    for object in sorted(objects().iter().copied(), |it| it.name) {
        page.push_str(&format!("\n### {}\n\n", object.name));
        push_object(&mut page, object, "");
    }
    page.push_str("\n## Modules\n");
    for module in sorted(Module::all(), |it| it.path) {
        page.push_str(&format!("\n### {}\n\n", module.path));
        push_module(&mut page, module);
    }
    push_standard(&mut page);
    page
}

/// The names of all entries: functions, objects, `object.member`, modules.
pub(crate) fn names() -> Vec<String> {
    let functions = functions().map(|it| it.name.to_owned());
    let objects = owners().flat_map(|object| {
        let name = object.global.unwrap_or(object.name);
        let members = object.names().map(move |member| format!("{name}.{member}"));
        std::iter::once(name.to_owned()).chain(members)
    });
    let modules = Module::all().map(|it| it.path.to_owned());
    let standard = STANDARD_NAMES.iter().map(|it| (*it).to_owned());
    let names = functions.chain(objects).chain(modules).chain(standard);
    let mut names: Vec<_> = names.collect();
    names.sort();
    names.dedup();
    names
}

/// A line for each function, object and module.
pub(crate) fn overview() -> String {
    let mut text = String::from("# Functions\n\n");
    for function in sorted(functions(), |it| it.name) {
        push_item(&mut text, &signature("", function), function.documentation);
    }
    text.push_str("\n# Objects\n\n");
    for object in sorted(objects().iter().copied(), |it| it.name) {
        let name = object.global.unwrap_or(object.name);
        push_item(&mut text, name, object.documentation);
    }
    text.push_str("\n# Modules\n\n");
    for module in sorted(Module::all(), |it| it.path) {
        let load = format!("load(\"{}\", \"{}\")", module.path, module.export.name);
        push_item(&mut text, &load, module.export.documentation);
    }
    push_standard(&mut text);
    text
}

/// The documentation of what bears `name`, in Markdown; everything, where a
/// function, an object or a module share it.
pub(crate) fn entry(name: &str) -> Option<String> {
    let mut text = String::new();
    for subject in subjects(name) {
        if !text.is_empty() {
            text.push('\n');
        }
        match subject {
            Subject::Function(function) => push_builtin(&mut text, "", function),
            Subject::Object(object) => push_object(&mut text, object, "# "),
            Subject::Method(object, method) => push_builtin(&mut text, &prefix(object), method),
            Subject::Attribute(object, attribute) => {
                push_item(&mut text, &shown(object, attribute), &about(attribute));
            }
            Subject::Module(module) => push_module(&mut text, module),
            Subject::Standard(name) => {
                push_item(
                    &mut text,
                    name,
                    &format!("part of Starlark itself: {STARLARK}"),
                );
            }
        }
    }
    (!text.is_empty()).then_some(text)
}

/// Everything that has members: objects, and what modules export.
fn owners() -> impl Iterator<Item = &'static Object> {
    let exports = Module::all().map(|it| &it.export);
    objects().iter().copied().chain(exports)
}

fn subjects(name: &str) -> Vec<Subject> {
    let mut subjects = Vec::new();
    subjects.extend(
        functions()
            .filter(|it| it.name == name)
            .map(Subject::Function),
    );
    let is_named = |object: &Object, name: &str| object.name == name || object.global == Some(name);
    for object in owners() {
        if is_named(object, name) {
            subjects.push(Subject::Object(object));
        }
        // A member without its object means every object's.
        let member = match name.rsplit_once('.') {
            Some((owner, member)) if is_named(object, owner) => member,
            Some(_) => continue,
            None => name,
        };
        subjects.extend(object.method(member).map(|it| Subject::Method(object, it)));
        subjects.extend(
            object
                .attribute(member)
                .map(|it| Subject::Attribute(object, it)),
        );
    }
    subjects.extend(Module::find(name).map(Subject::Module));
    let standard = STANDARD_NAMES.iter().filter(|it| **it == name);
    subjects.extend(standard.map(|it| Subject::Standard(it)));
    subjects
}

fn sorted<T>(all: impl Iterator<Item = T>, name: impl Fn(&T) -> &'static str) -> Vec<T> {
    let mut all: Vec<T> = all.collect();
    all.sort_by_key(|it| name(it));
    all
}

/// The names that Starlark brings.
fn push_standard(text: &mut String) {
    let names: Vec<_> = STANDARD_NAMES.iter().map(|it| format!("`{it}`")).collect();
    _ = writeln!(
        text,
        "\n## Starlark\n\n[Starlark's own functions]({STARLARK}): {}.",
        names.join(", ")
    );
}

fn push_builtin(text: &mut String, prefix: &str, builtin: &Builtin) {
    // Writing to a string cannot fail.
    _ = write!(
        text,
        "```python\n{}\n```\n\n{}\n",
        signature(prefix, builtin),
        unindented(builtin.documentation)
    );
    let described = builtin
        .parameters
        .iter()
        .filter(|it| !it.documentation.is_empty());
    for (index, parameter) in described.enumerate() {
        if index == 0 {
            text.push('\n');
        }
        push_item(text, parameter.name, parameter.documentation);
    }
    if let Some(replacement) = builtin.replacement {
        _ = writeln!(text, "\nUse `{replacement}` instead.");
    }
    _ = writeln!(text, "\nEvidence: {}.", builtin.evidence.name());
}

fn push_object(text: &mut String, object: &Object, heading: &str) {
    if !heading.is_empty() {
        _ = writeln!(text, "{heading}{}\n", object.name);
    }
    text.push_str(&unindented(object.documentation));
    text.push('\n');
    if let Some(global) = object.global {
        _ = writeln!(text, "\nEvery script has one under the name `{global}`.");
    }
    if let Some(item) = object.item {
        _ = writeln!(
            text,
            "\nIndexing and iteration give `{}` values.",
            item().name
        );
    }
    if object.is_open {
        text.push_str("\nIt has more than is listed here: other names are accepted.\n");
    }
    if !object.attributes.is_empty() {
        text.push('\n');
    }
    for attribute in object.attributes {
        push_item(text, &shown(object, attribute), &about(attribute));
    }
    for method in object.methods {
        text.push('\n');
        push_builtin(text, &prefix(object), method);
    }
}

fn push_module(text: &mut String, module: &Module) {
    let name = module.export.name;
    _ = writeln!(
        text,
        "```python\nload(\"{}\", \"{name}\")\n```\n",
        module.path
    );
    push_object(text, &module.export, "");
    _ = writeln!(text, "\nEvidence: {}.", module.evidence.name());
}

/// A list item: a piece of code and what it is.
fn push_item(text: &mut String, code: &str, documentation: &str) {
    let documentation = unindented(documentation);
    let paragraph = documentation
        .split("\n\n")
        .next()
        .unwrap_or("")
        .replace('\n', " ");
    let separator = if paragraph.is_empty() { "" } else { ": " };
    _ = writeln!(text, "- `{code}`{separator}{paragraph}");
}

fn about(attribute: &Attribute) -> String {
    let mut text = unindented(attribute.documentation);
    if let Some(replacement) = attribute.replacement {
        _ = write!(text, " Use `{replacement}` instead.");
    }
    text
}

fn shown(object: &Object, attribute: &Attribute) -> String {
    let prefix = prefix(object);
    format!("{prefix}{}: {}", attribute.name, attribute.value.name())
}

fn prefix(object: &Object) -> String {
    format!("{}.", object.global.unwrap_or(object.name))
}
