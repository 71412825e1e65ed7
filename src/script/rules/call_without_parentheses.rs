//! Functions that are named and not called.

use starlark::syntax::ast::{AstStmt, ExprP, StmtP};

use crate::diagnostic::{Diagnostic, Safety};
use crate::rule::declare_rule;
use crate::script::builtins::{functions, objects};
use crate::script::parsed::Script;
use crate::script::scope::BindingKind;
use crate::source::Span;

declare_rule! {
    /// A function stands alone as a statement, without parentheses.
    ///
    /// ## Why is this wrong?
    /// The name of a function is a value. Written alone, it is looked up and thrown away:
    /// nothing is called, and nothing says so.
    ///
    /// ## Example
    /// ```raftt
    /// resources = namespace_resources()
    /// deploy  # warning: "`deploy` is not called"
    /// ```
    /// ## Use instead
    /// ```raftt
    /// resources = namespace_resources()
    /// deploy(resources)
    /// ```
    "call-without-parentheses" {
        severity: Warning, since: "0.1.0", fix: Unsafe, catalogue: [],
    }
}

/// Finds the functions that `script` names in a statement of their own.
pub(crate) fn check(script: &Script, diagnostics: &mut Vec<Diagnostic>) {
    visit(script.statement(), script, diagnostics);
}

fn visit(statement: &AstStmt, script: &Script, diagnostics: &mut Vec<Diagnostic>) {
    statement.visit_stmt(|inner| visit(inner, script, diagnostics));
    let StmtP::Expression(expression) = &statement.node else {
        return;
    };
    let (name, at) = match &expression.node {
        ExprP::Identifier(name) if is_function(&name.ident, script) => (&name.ident, name.span),
        ExprP::Dot(_, name) if is_method(&name.node) => (&name.node, name.span),
        _ => return,
    };
    let at = script.span(at);
    let end = Span::new(script.file, at.range().end..at.range().end);
    let takes_nothing = is_called_with_nothing(name);
    let diagnostic = RULE
        .at(at, format!("`{name}` is not called"))
        .help(if takes_nothing {
            format!("write `{name}()`")
        } else {
            format!("write `{name}(…)` with its arguments")
        });
    diagnostics.push(if takes_nothing {
        diagnostic.fix(Safety::Unsafe, "call it", end, "()")
    } else {
        diagnostic
    });
}

/// Whether `name` is a function of the language that the script does not bind
/// itself, or one of its own.
fn is_function(name: &str, script: &Script) -> bool {
    match script.names.bindings.get(name).map(Vec::as_slice) {
        Some([binding]) => binding.kind == BindingKind::Function,
        Some(_) => false,
        None => functions().any(|it| it.name == name),
    }
}

fn is_method(name: &str) -> bool {
    let mut methods = objects().iter().flat_map(|object| object.methods);
    methods.any(|method| method.name == name)
}

fn is_called_with_nothing(name: &str) -> bool {
    let methods = objects().iter().flat_map(|object| object.methods);
    let mut all = functions().chain(methods).filter(|it| it.name == name);
    all.any(|it| {
        it.parameters
            .iter()
            .all(|parameter| parameter.default.is_some())
    })
}
