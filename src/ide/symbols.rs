//! The outline of a file.

use std::ops::Range;

use super::infer::Inference;
use super::scope::{BindingKind, ScopeId};
use super::script::Script;
use super::syntax::{StatementId, StatementKind};
use super::{Language, View, project};

/// Something that a file declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// Its name.
    pub name: String,
    /// A few words on it: parameters, a type, a value.
    pub detail: Option<String>,
    /// What it is.
    pub kind: SymbolKind,
    /// All of it, in bytes.
    pub range: Range<usize>,
    /// Its name, within `range`.
    pub name_range: Range<usize>,
    /// What it declares itself.
    pub children: Vec<Symbol>,
}

/// What a [`Symbol`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SymbolKind {
    /// A function.
    Function,
    /// A name in capitals that is bound once.
    Constant,
    /// A variable.
    Variable,
    /// Something that `load` binds.
    Loaded,
    /// A key with keys below it.
    Section,
    /// A key with a value.
    Setting,
}

/// How deep functions in functions are shown.
const MAX_DEPTH: usize = 50;

/// What the file at `path` declares, in its order.
#[must_use]
pub fn symbols(view: &View<'_>, path: &str) -> Vec<Symbol> {
    let symbols = match view.language(path) {
        Some(Language::ProjectFile) => project::symbols(view, path),
        Some(Language::Script) => view.with_script(path, |script| {
            let inference = Inference::new(*view, script);
            Some(of_block(&inference, None, 0))
        }),
        None => None,
    };
    symbols.unwrap_or_default()
}

fn of_block(
    inference: &Inference<'_, '_>,
    around: Option<StatementId>,
    depth: usize,
) -> Vec<Symbol> {
    let script = inference.script;
    let mut symbols = Vec::new();
    if depth >= MAX_DEPTH {
        return symbols;
    }
    if around.is_none() {
        symbols.extend(globals(inference));
    }
    for (id, statement) in script.tree.statements() {
        if let StatementKind::Def { name, .. } = &statement.kind
            && function_around(script, id) == around
            && !name.is_empty()
        {
            let signature = script.signature(id);
            let detail = signature.find('(').map(|it| signature[it..].to_owned());
            symbols.push(Symbol {
                name: script.tree.written(name).to_owned(),
                detail,
                kind: SymbolKind::Function,
                range: statement.range.clone(),
                name_range: name.clone(),
                children: of_block(inference, Some(id), depth + 1),
            });
        }
    }
    symbols.sort_by_key(|it| it.range.start);
    symbols
}

fn function_around(script: &Script<'_>, id: StatementId) -> Option<StatementId> {
    let mut at = script.tree.statement(id).parent;
    while let Some(id) = at {
        let statement = script.tree.statement(id);
        if matches!(statement.kind, StatementKind::Def { .. }) {
            return at;
        }
        at = statement.parent;
    }
    None
}

/// The variables of the top level, each where it is bound first.
fn globals(inference: &Inference<'_, '_>) -> Vec<Symbol> {
    let script = inference.script;
    let mut symbols = Vec::new();
    for (name, _) in script.names.visible(ScopeId::MODULE) {
        let bindings = script.names.bindings(ScopeId::MODULE, name);
        let first = &bindings[0];
        let kind = match first.kind {
            BindingKind::Function(_) => continue,
            BindingKind::Load { .. } => SymbolKind::Loaded,
            _ if bindings.len() == 1 && is_constant(name) => SymbolKind::Constant,
            _ => SymbolKind::Variable,
        };
        let statement = script.tree.statement_at(first.name.start);
        let all = statement.map(|it| script.tree.statement(it));
        // A loop's variable is not the whole loop.
        let range = match all {
            Some(all) if !matches!(all.kind, StatementKind::For { .. }) => all.range.clone(),
            _ => first.name.clone(),
        };
        symbols.push(Symbol {
            name: name.to_owned(),
            detail: inference.of_binding(first, name).name(),
            kind,
            range,
            name_range: first.name.clone(),
            children: Vec::new(),
        });
    }
    symbols
}

fn is_constant(name: &str) -> bool {
    name.len() > 1 && !name.bytes().any(|it| it.is_ascii_lowercase())
}
