//! Kubernetes objects, `k8s` and `local`.

use super::super::{ArgType, Object, ReturnType, attributes, builtin};
use super::collections::{LIST, MAP};

/// What `Container` and `k8s.Container` give.
pub(in crate::script::builtins) fn container() -> &'static Object {
    &CONTAINER
}

/// A part of a Kubernetes object with named fields, or the whole of one.
pub(crate) fn fields_object() -> &'static Object {
    &OBJECT
}

/// A list within a Kubernetes object.
pub(crate) fn items_object() -> &'static Object {
    &LIST
}

/// A map within a Kubernetes object.
pub(crate) fn map_object() -> &'static Object {
    &MAP
}

/// Any part of a Kubernetes object.
pub(super) static OBJECT: Object = Object {
    name: "KubernetesObject",
    global: None,
    documentation: "A Kubernetes object or a part of one, with the fields of the Kubernetes API in \
                    snake case: `working_dir` for `workingDir`. Assigning `None` clears a field.\n",
    attributes: &[],
    methods: &[],
    item: None,
    is_open: false,
};

pub(super) static CONTAINER: Object = Object {
    name: "Container",
    global: None,
    documentation: "A container, for `spec.containers.append`.\n",
    attributes: &[],
    methods: &[],
    item: None,
    is_open: true,
};

pub(in crate::script::builtins) static K8S: Object = Object {
    name: "k8s",
    global: Some("k8s"),
    documentation: "Makes Kubernetes objects. Only `Container` is known; others are accepted.\n",
    attributes: &[],
    methods: &[builtin! {
        /// A container. Other fields of the Kubernetes container are accepted by
        /// their names in snake case.
        Container(
            /// The container's name.
            name = "...": ArgType::Str,
            /// The image.
            image = "...": ArgType::Str,
            /// The working directory.
            working_dir = "...": ArgType::Str,
        ) -> ReturnType::Object(container), Seen
    }],
    item: None,
    is_open: true,
};

pub(in crate::script::builtins) static LOCAL: Object = Object {
    name: "local",
    global: Some("local"),
    documentation: "What the developer's machine hands over.\n",
    attributes: attributes! {
        /// The text given to `raftt up --config-args`; false when none was given.
        config_args -> ReturnType::Str, Seen;
    },
    methods: &[],
    item: None,
    is_open: true,
};
