//! The outline of a file.

use std::collections::HashMap;
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
            let mut symbols = globals(&inference);
            symbols.extend(functions(script, &functions_by_block(script), None, 0));
            symbols.sort_by_key(|it| it.range.start);
            Some(symbols)
        }),
        None => None,
    };
    symbols.unwrap_or_default()
}

/// The functions of each block, by the function that the block belongs to; none is the
/// top level.
type FunctionsByBlock = HashMap<Option<StatementId>, Vec<StatementId>>;

fn functions_by_block(script: &Script<'_>) -> FunctionsByBlock {
    let mut functions = FunctionsByBlock::new();
    for (id, statement) in script.tree.statements() {
        if matches!(statement.kind, StatementKind::Def { .. }) {
            let around = script.tree.function_around(id);
            functions.entry(around).or_default().push(id);
        }
    }
    functions
}

fn functions(
    script: &Script<'_>,
    all: &FunctionsByBlock,
    around: Option<StatementId>,
    depth: usize,
) -> Vec<Symbol> {
    if depth >= MAX_DEPTH {
        return Vec::new();
    }
    let own = all.get(&around).into_iter().flatten();
    let symbols = own.filter_map(|id| {
        let statement = script.tree.statement(*id);
        let StatementKind::Def { name, .. } = &statement.kind else {
            return None;
        };
        let signature = script.signature(*id);
        let detail = signature.find('(').map(|it| signature[it..].to_owned());
        (!name.is_empty()).then(|| Symbol {
            name: script.tree.written(name).to_owned(),
            detail,
            kind: SymbolKind::Function,
            range: statement.range.clone(),
            name_range: name.clone(),
            children: functions(script, all, Some(*id), depth + 1),
        })
    });
    symbols.collect()
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

/// Whether a name is one of something that stays what it is: in capitals.
pub(super) fn is_constant(name: &str) -> bool {
    name.len() > 1 && !name.bytes().any(|it| it.is_ascii_lowercase())
}
