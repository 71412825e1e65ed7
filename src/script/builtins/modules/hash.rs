//! `hash`.

use std::fmt::Write as _;

use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use starlark::values::Value;

use super::{ArgType, Evidence, Module, Object, ReturnType, builtin};
use crate::script::call::Call;

pub(super) static MODULE: Module = Module {
    path: "hash.star",
    export: Object {
        name: "hash",
        global: None,
        documentation: "Digests.\n",
        attributes: &[],
        methods: &[
            builtin! {
                /// The MD5 digest of a text, in hexadecimal.
                md5(
                    /// The text.
                    string: ArgType::Str,
                ) -> ReturnType::Str, Inferred, run: digest::<Md5>
            },
            builtin! {
                /// The SHA-1 digest of a text, in hexadecimal.
                sha1(
                    /// The text.
                    string: ArgType::Str,
                ) -> ReturnType::Str, Inferred, run: digest::<Sha1>
            },
            builtin! {
                /// The SHA-256 digest of a text, in hexadecimal.
                sha256(
                    /// The text.
                    string: ArgType::Str,
                ) -> ReturnType::Str, Inferred, run: digest::<Sha256>
            },
        ],
        item: None,
        is_open: true,
    },
    evidence: Evidence::Inferred,
    constant: None,
    offline: None,
};

fn digest<'v, D: Digest>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let text = call.argument("string")?.value.unpack_str()?;
    let mut shown = String::new();
    for byte in D::digest(text) {
        _ = write!(shown, "{byte:02x}");
    }
    Some(call.heap.alloc_str(&shown).to_value())
}
