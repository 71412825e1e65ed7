//! `events` and `actions`.

use starlark::values::Value;

use super::super::{ArgType, Object, ReturnType, builtin};
use super::workloads::container;
use crate::script::arg_type::items;
use crate::script::call::Call;
use crate::script::rules::relative_container_path;
use crate::script::values::ObjectValue;

/// What the members of `events` give.
pub(in crate::script::builtins) fn event() -> &'static Object {
    &EVENT
}

/// What the members of `actions` give.
pub(in crate::script::builtins) fn action() -> &'static Object {
    &ACTION
}

pub(in crate::script::builtins) static EVENTS: Object = Object {
    name: "events",
    global: Some("events"),
    documentation: "The events that hooks wait for.\n",
    attributes: &[],
    methods: &[
        builtin! {
            /// Files in a container changed.
            OnFileChanged(
                /// The workload.
                workload: ArgType::Any,
                /// Which files: absolute container paths, `*` and `**` are wildcards.
                patterns: ArgType::OneOf(&[ArgType::Str, ArgType::List(&ArgType::Str)]),
                /// The container; the workload's first one if not given.
                container = "...": ArgType::Str,
            ) -> ReturnType::Object(event), Seen, run: on_file_changed
        },
        builtin! {
            /// A container started.
            OnContainerStart(
                /// The workload.
                workload: ArgType::Any,
                /// The container; the workload's first one if not given.
                container = "...": ArgType::Str,
            ) -> ReturnType::Object(event), Seen, run: in_container
        },
    ],
    item: None,
    is_open: false,
};

pub(super) static EVENT: Object = Object {
    name: "Event",
    global: None,
    documentation: "An event that a hook waits for.\n",
    attributes: &[],
    methods: &[],
    item: None,
    is_open: true,
};

pub(in crate::script::builtins) static ACTIONS: Object = Object {
    name: "actions",
    global: Some("actions"),
    documentation: "What hooks do.\n",
    attributes: &[],
    methods: &[builtin! {
        /// Runs a command in a container.
        CMD(
            /// The workload.
            workload: ArgType::Any,
            /// The command and its arguments.
            cmd: ArgType::OneOf(&[ArgType::List(&ArgType::Str), ArgType::Str]),
            /// The container; the workload's first one if not given.
            container = "...": ArgType::Str,
        ) -> ReturnType::Object(action), Seen, run: in_container
    }],
    item: None,
    is_open: false,
};

pub(super) static ACTION: Object = Object {
    name: "Action",
    global: None,
    documentation: "What a hook does.\n",
    attributes: &[],
    methods: &[],
    item: None,
    is_open: true,
};

/// `events.OnFileChanged(workload, patterns, …)`.
fn on_file_changed<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    in_container(call);
    let argument = call.argument("patterns")?;
    let patterns = match items(argument.value) {
        Some(items) => {
            let length = items.len();
            let items = items.into_iter().enumerate();
            let items = items.map(|(index, item)| call.element(argument, index, length, item));
            items.collect()
        }
        None => vec![argument.clone()],
    };
    for pattern in patterns {
        let Some(text) = pattern.value.unpack_str() else {
            continue;
        };
        // `**` begins anywhere.
        if !text.starts_with('/') && !text.starts_with("**") {
            let located = call.locate(text.to_owned(), &pattern);
            let relative = relative_container_path::pattern(&located);
            call.recorder.report(relative.trace(&call.trace));
        }
    }
    None
}

/// Looks whether the workload has the container.
fn in_container<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let workload = ObjectValue::from_value(call.argument("workload")?.value)?;
    container(call, workload.id);
    None
}
