//! `configure_cred_helper`: the one builtin that the plan is made of.

use starlark::values::Value;
use starlark::values::list::ListRef;
use starlark::values::tuple::TupleRef;

use super::{ArgType, Builtin, ReturnType, builtin};
use crate::script::call::{Argument, Call};
use crate::script::facts::{CredHelperCall, Registries};
use crate::script::values::UnknownValue;
use crate::source::Located;

pub(super) static CONFIGURE_CRED_HELPER: Builtin = builtin! {
    /// Has the environment controller ask a cloud credential helper for access to registries.
    ///
    /// `ecr` asks `docker-credential-ecr-login` for the registries listed: private
    /// ECR hosts, and mirrors of them listed in the same call. `gcp` asks
    /// `docker-credential-gcr`, and without `registries` serves Google's own hosts.
    ///
    /// It takes effect after `raftt cleanup` and `raftt connect`.
    configure_cred_helper(
        /// The cloud whose credential helper is asked.
        provider: ArgType::Choice(&["ecr", "gcp"]),
        /// The hosts it is asked for, each as images name it: `host` or `host:port`.
        /// Needed for `ecr`.
        registries = "[]": ArgType::List(&ArgType::Str),
    ) -> ReturnType::None, Documented, run: record
};

fn record<'v>(call: &Call<'_, 'v>) -> Option<Value<'v>> {
    let provider = call.argument("provider").and_then(|argument| {
        let text = argument.value.unpack_str()?;
        Some(call.locate(text.to_owned(), argument))
    });
    let unknown_provider = call.argument("provider").and_then(|argument| {
        let unknown = text_of_the_run(argument.value)?;
        Some(Located::new(unknown.fact(), argument.span))
    });
    let registries = match call.argument("registries") {
        None if call.was_refused("registries") => Registries::Invalid,
        None => Registries::Absent,
        Some(argument) => registries(call, argument),
    };
    call.recorder.record_cred_helper(CredHelperCall {
        span: call.span,
        trace: call.trace.clone(),
        provider,
        unknown_provider,
        registries,
    });
    None
}

fn registries<'v>(call: &Call<'_, 'v>, argument: &Argument<'_, 'v>) -> Registries {
    let items: Vec<Value<'v>> = match (
        ListRef::from_value(argument.value),
        TupleRef::from_value(argument.value),
    ) {
        (Some(list), _) => list.iter().collect(),
        (_, Some(tuple)) => tuple.content().to_vec(),
        _ => {
            // What is known only at run time may still be a list.
            let unknown = text_of_the_run(argument.value);
            return Registries::List {
                span: argument.span,
                hosts: Vec::new(),
                has_invalid: unknown.is_none(),
                unknown: unknown
                    .map(|it| Located::new(it.fact(), argument.span))
                    .into_iter()
                    .collect(),
            };
        }
    };
    let mut hosts = Vec::new();
    let mut unknown = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let element = call.element(argument, index, items.len(), *item);
        if let Some(text) = item.unpack_str() {
            hosts.push(call.locate(text.to_owned(), &element));
        } else if let Some(value) = text_of_the_run(*item) {
            unknown.push(Located::new(value.fact(), element.span));
        }
    }
    Registries::List {
        span: argument.span,
        has_invalid: hosts.len() + unknown.len() < items.len(),
        hosts,
        unknown,
    }
}

/// The unknown value, if it may be a text or a list. One that is known to be an
/// object, a workload say, is neither, which was reported.
fn text_of_the_run<'v>(value: Value<'v>) -> Option<&'v UnknownValue> {
    UnknownValue::from_value(value).filter(|it| it.object.is_none())
}
