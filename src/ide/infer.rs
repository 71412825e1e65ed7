//! What kind of value an expression has, as far as names and declarations tell.

mod types;

use std::cell::Cell;
use std::ops::Range;

use super::callable::Callable;
use super::member;
use super::scope::{Binding, BindingKind};
use super::script::Script;
use super::starlark::Standard;
use super::syntax::{Call, Node, NodeId, NodeKind, StatementId, StatementKind};
use super::{Location, View};
use crate::kubernetes::types::Type as Field;
use crate::script::{Module, ReturnType, volume};
use crate::source::normalize_path;

pub(crate) use types::{Type, global, of_field, of_object, of_return};
use types::{element, part};

/// How deep one question leads to others.
const MAX_DEPTH: usize = 30;
/// How many expressions one question looks at.
const MAX_STEPS: usize = 10_000;

/// Looks at one script's expressions.
pub(crate) struct Inference<'a, 't> {
    pub(crate) view: View<'a>,
    pub(crate) script: &'a Script<'t>,
    depth: Cell<usize>,
    steps: Cell<usize>,
}

impl<'a, 't> Inference<'a, 't> {
    pub(crate) fn new(view: View<'a>, script: &'a Script<'t>) -> Self {
        Self {
            view,
            script,
            depth: Cell::new(0),
            steps: Cell::new(0),
        }
    }

    /// The type of an expression.
    pub(crate) fn of(&self, id: NodeId) -> Type {
        let (depth, steps) = (self.depth.get(), self.steps.get());
        if depth >= MAX_DEPTH || steps >= MAX_STEPS {
            return Type::Any;
        }
        self.depth.set(depth + 1);
        self.steps.set(steps + 1);
        let ty = self.of_node(id);
        self.depth.set(depth);
        ty
    }

    fn of_node(&self, id: NodeId) -> Type {
        let tree = &self.script.tree;
        let node = tree.node(id);
        match &node.kind {
            NodeKind::Name => self.of_name(id, tree.written(&node.range)),
            NodeKind::Number => match tree.written(&node.range).contains('.') {
                true => Type::Float,
                false => Type::Int,
            },
            NodeKind::String(_) => Type::Text,
            NodeKind::Dot { object, name } => {
                let members = member::find(&self.of(*object), tree.written(name));
                members.map_or(Type::Any, |it| it.ty)
            }
            NodeKind::Call(call) => self.of_call(node, call),
            NodeKind::Index { object, index, .. } => self.of_item(&self.of(*object), index),
            NodeKind::Bracket(bracket) => {
                let first = bracket.items.first();
                let item = |id: Option<NodeId>| Box::new(id.map_or(Type::Any, |it| self.of(it)));
                match tree.text.as_bytes().get(bracket.open) {
                    Some(b'[') => Type::List(item(first.map(|it| it.0))),
                    Some(b'{') => Type::Dictionary(item(first.and_then(|it| it.1))),
                    _ if !bracket.clauses.is_empty() => Type::List(item(first.map(|it| it.0))),
                    _ => match bracket.items.as_slice() {
                        [(only, None)] if !bracket.has_comma => self.of(*only),
                        items => Type::Tuple(items.iter().map(|it| self.of(it.0)).collect()),
                    },
                }
            }
            NodeKind::Operator {
                operands,
                operators,
            } => self.of_operation(operands, operators),
            NodeKind::Lambda { .. } | NodeKind::Missing => Type::Any,
        }
    }

    fn of_operation(&self, operands: &[NodeId], operators: &[Range<usize>]) -> Type {
        let tree = &self.script.tree;
        let is_among =
            |words: &[&str]| operators.iter().any(|it| words.contains(&tree.written(it)));
        if !is_among(&["if"]) && is_among(&["==", "!=", "<", ">", "<=", ">=", "in", "not"]) {
            return Type::Bool;
        }
        let types = operands.iter().map(|it| self.of(*it));
        let mut known = types.filter(|it| !matches!(it, Type::Any | Type::None));
        known.next().unwrap_or(Type::Any)
    }

    fn of_name(&self, id: NodeId, name: &str) -> Type {
        let Some(bindings) = self.script.names.lookup(id, name) else {
            return global(name);
        };
        let at = self.script.tree.node(id).range.start;
        self.of_binding(nearest(bindings, at), name)
    }

    /// The type of what a binding binds.
    pub(crate) fn of_binding(&self, binding: &Binding<'_>, name: &str) -> Type {
        match &binding.kind {
            BindingKind::Value(value) => self.of(*value),
            BindingKind::Part(value, index) => part(self.of(*value), *index),
            BindingKind::Loop(over, None) => element(self.of(*over)),
            BindingKind::Loop(over, Some(index)) => part(element(self.of(*over)), *index),
            BindingKind::Changed => {
                let at = binding.name.start;
                let scope = self.script.names.occurrence_at(at).and_then(|it| it.scope);
                let all = scope.map_or(&[] as &[_], |it| self.script.names.bindings(it, name));
                let mut others = all.iter().filter(|it| it.kind != BindingKind::Changed);
                others
                    .next_back()
                    .map_or(Type::Any, |it| self.deeper(|| self.of_binding(it, name)))
            }
            BindingKind::Function(_) => Type::Function {
                path: self.script.path.to_owned(),
                name: name.to_owned(),
            },
            BindingKind::Parameter(function, index) => self.of_parameter(*function, *index),
            BindingKind::LambdaParameter => Type::Any,
            BindingKind::Load {
                module, original, ..
            } => self.of_loaded(module, original),
        }
    }

    /// Counts a look at the whole script.
    fn pay_for_all(&self) {
        self.steps
            .set(self.steps.get() + self.script.tree.nodes.len() / 500);
    }

    fn deeper<T>(&self, look: impl FnOnce() -> T) -> T {
        self.depth.set(self.depth.get() + 1);
        let found = look();
        self.depth.set(self.depth.get() - 1);
        found
    }

    /// What a module of the language, or another script, has under that name.
    fn of_loaded(&self, module: &str, original: &str) -> Type {
        if let Some(module) = Module::find(module) {
            return match module.export.name == original {
                true => Type::Module(module),
                false => Type::Any,
            };
        }
        let Some(path) = normalize_path(module) else {
            return Type::Any;
        };
        let found = self.elsewhere(&path, |other| {
            let bindings = other
                .script
                .names
                .bindings(super::scope::ScopeId::MODULE, original);
            Some(other.of_binding(bindings.last()?, original))
        });
        found.unwrap_or(Type::Any)
    }

    /// Looks at another script, within the limits of this one.
    fn elsewhere<T>(
        &self,
        path: &str,
        look: impl FnOnce(&Inference<'_, '_>) -> Option<T>,
    ) -> Option<T> {
        // Reading a file costs more than looking at an expression.
        let (depth, steps) = (self.depth.get() + 5, self.steps.get() + MAX_STEPS / 20);
        if depth >= MAX_DEPTH || steps >= MAX_STEPS {
            return None;
        }
        self.view.with_script(path, |script| {
            let other = Inference::new(self.view, script);
            other.depth.set(depth);
            other.steps.set(steps);
            let found = look(&other);
            self.steps.set(other.steps.get());
            found
        })
    }

    /// A parameter is what its default is, or what the script hands over.
    fn of_parameter(&self, function: StatementId, index: usize) -> Type {
        let tree = &self.script.tree;
        let StatementKind::Def {
            name, parameters, ..
        } = &tree.statement(function).kind
        else {
            return Type::Any;
        };
        let Some(parameter) = parameters.get(index).filter(|it| it.stars.is_empty()) else {
            return Type::Any;
        };
        self.pay_for_all();
        let default = parameter.default.map(|it| self.of(it));
        if let Some(known) = default.filter(|it| !matches!(it, Type::Any | Type::None)) {
            return known;
        }
        let (function, own) = (tree.written(name), tree.written(&parameter.name));
        let calls = tree.nodes().filter_map(|(_, node)| match &node.kind {
            NodeKind::Call(call) if tree.name(call.callee) == Some(function) => Some(call),
            _ => None,
        });
        for call in calls.take(20) {
            let mut arguments = call.arguments.iter().enumerate();
            let given = arguments.find(|(place, argument)| match &argument.name {
                Some(name) => tree.written(name) == own,
                None => *place == index && !argument.is_spread,
            });
            let ty = given.map_or(Type::Any, |(_, argument)| self.of(argument.value));
            if !matches!(ty, Type::Any | Type::None) {
                return ty;
            }
        }
        Type::Any
    }

    fn of_call(&self, node: &Node, call: &Call) -> Type {
        let callee = self.of(call.callee);
        match &callee {
            Type::Builtin(builtin, _) => match builtin.returns {
                ReturnType::None => Type::None,
                ReturnType::Str => Type::Text,
                ReturnType::Object(object) if object().name == "Resources" => {
                    let location = Location {
                        path: self.script.path.to_owned(),
                        range: node.range.clone(),
                    };
                    Type::Resources(object(), Some(location))
                }
                ReturnType::Object(object) => of_object(object()),
                ReturnType::Any => self.of_method(call),
            },
            Type::Standard(standard) => match self.of_method(call) {
                Type::Any => self.of_standard(standard, call),
                known => known,
            },
            Type::Constructor(ty) => Type::Part(Field::Object(ty)),
            Type::Function { path, name } => self.returned(path, name),
            _ => Type::Any,
        }
    }

    /// What methods of lists and dictionaries give of what is in them.
    fn of_method(&self, call: &Call) -> Type {
        let NodeKind::Dot { object, name } = &self.script.tree.node(call.callee).kind else {
            return Type::Any;
        };
        let item = match self.of(*object) {
            Type::List(item) | Type::Dictionary(item) => *item,
            Type::Part(Field::List(items) | Field::Map(items)) => of_field(items.ty()),
            _ => return Type::Any,
        };
        match self.script.tree.written(name) {
            "get" | "pop" | "setdefault" => item,
            "keys" => Type::List(Box::new(Type::Text)),
            "values" => Type::List(Box::new(item)),
            "items" => Type::List(Box::new(Type::Tuple(vec![Type::Text, item]))),
            _ => Type::Any,
        }
    }

    fn of_standard(&self, standard: &Standard, call: &Call) -> Type {
        let first = || {
            call.arguments
                .first()
                .map_or(Type::Any, |it| self.of(it.value))
        };
        match standard.name {
            "sorted" | "list" | "reversed" => return Type::List(Box::new(element(first()))),
            "enumerate" => {
                let pair = Type::Tuple(vec![Type::Int, element(first())]);
                return Type::List(Box::new(pair));
            }
            "zip" => {
                let items = call.arguments.iter().map(|it| element(self.of(it.value)));
                return Type::List(Box::new(Type::Tuple(items.collect())));
            }
            _ => {}
        }
        match standard.signature.rsplit("-> ").next().unwrap_or("") {
            "str" => Type::Text,
            "int" => Type::Int,
            "float" => Type::Float,
            "bool" => Type::Bool,
            "None" => Type::None,
            "list[str]" => Type::List(Box::new(Type::Text)),
            "list[int]" => Type::List(Box::new(Type::Int)),
            "list" => Type::List(Box::new(Type::Any)),
            "dict" => Type::Dictionary(Box::new(Type::Any)),
            _ => Type::Any,
        }
    }

    /// What a script's function returns.
    fn returned(&self, path: &str, name: &str) -> Type {
        if path != self.script.path {
            let found = self.elsewhere(path, |other| Some(other.returned(path, name)));
            return found.unwrap_or(Type::Any);
        }
        let Some(function) = self.script.function(name) else {
            return Type::Any;
        };
        let tree = &self.script.tree;
        self.pay_for_all();
        for (id, statement) in tree.statements() {
            let StatementKind::Return(Some(value)) = statement.kind else {
                continue;
            };
            if tree.function_around(id) == Some(function) {
                let ty = self.of(value);
                if !matches!(ty, Type::Any | Type::None) {
                    return ty;
                }
            }
        }
        Type::Any
    }

    fn of_item(&self, object: &Type, index: &[NodeId]) -> Type {
        match object {
            Type::Collection(kind, _) => {
                let name = index.first().and_then(|it| self.script.tree.string(*it));
                Type::Workload(kind.clone(), name.map(str::to_owned))
            }
            Type::Volumes(_) => Type::Object(volume()),
            Type::Dictionary(item) => (**item).clone(),
            Type::Part(Field::Map(items)) => of_field(items.ty()),
            Type::Object(object) => object.item.map_or(Type::Any, |it| of_object(it())),
            Type::Text => Type::Text,
            Type::Tuple(items) => {
                let number = index
                    .first()
                    .map(|it| self.script.tree.written(&self.script.tree.node(*it).range));
                let number: Option<usize> = number.and_then(|it| it.parse().ok());
                let item = number.and_then(|it| items.get(it));
                item.cloned().unwrap_or(Type::Any)
            }
            other => element(other.clone()),
        }
    }

    /// What is called, and with what it is declared.
    pub(crate) fn callable(&self, call: &Call) -> Option<Callable> {
        let callee = self.of(call.callee);
        Callable::of(self.view, self.script, &callee)
    }
}

/// The binding that is in force at `at`: the last one before it, or the first.
pub(crate) fn nearest<'b, 't>(bindings: &'b [Binding<'t>], at: usize) -> &'b Binding<'t> {
    let before = bindings.iter().rev().find(|it| it.name.start <= at);
    before.unwrap_or(&bindings[0])
}
