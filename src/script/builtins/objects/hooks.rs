//! `events` and `actions`.

use super::super::{ArgType, Object, ReturnType, builtin};

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
            ) -> ReturnType::Object(event), Seen
        },
        builtin! {
            /// A container started.
            OnContainerStart(
                /// The workload.
                workload: ArgType::Any,
                /// The container; the workload's first one if not given.
                container = "...": ArgType::Str,
            ) -> ReturnType::Object(event), Seen
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
        ) -> ReturnType::Object(action), Seen
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
