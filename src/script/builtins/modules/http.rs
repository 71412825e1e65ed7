//! `http`, which is recognised and not run.

use super::{Evidence, Module, Object};

pub(super) static MODULE: Module = Module {
    path: "http.star",
    export: Object {
        name: "http",
        global: None,
        documentation: "HTTP requests. None is made here: what they would give is unknown.\n",
        attributes: &[],
        methods: &[],
        item: None,
        is_open: true,
    },
    evidence: Evidence::Inferred,
    constant: None,
    offline: Some("it makes requests over the network"),
};
