//! Hooks: what is done when something happens.

use super::objects::{action, event};
use super::{ArgType, Builtin, ReturnType, builtin};

const ACTION: ArgType = ArgType::Object(action);

pub(super) const FUNCTIONS: &[Builtin] = &[builtin! {
    /// Runs actions when an event fires.
    register_hook(
        /// The event: `events.OnFileChanged(…)` or `events.OnContainerStart(…)`.
        on: ArgType::Object(event),
        /// The action, or a list of actions: `actions.CMD(…)`.
        r#do: ArgType::OneOf(&[ACTION, ArgType::List(&ACTION)]),
    ) -> ReturnType::None, Seen
}];
