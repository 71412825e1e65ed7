//! `xlsx`, which is recognised and not run: all it does is to read from an address.

use super::{Evidence, Module, Object, member};

pub(super) static MODULE: Module = Module {
    path: "xlsx.star",
    export: Object {
        name: "xlsx",
        global: None,
        documentation: "Spreadsheets. None is fetched here: what they hold is unknown.\n",
        attributes: &[member("get_url")],
        methods: &[],
        item: None,
        is_open: true,
    },
    evidence: Evidence::Inferred,
    constant: None,
    offline: Some("it makes requests over the network"),
};
