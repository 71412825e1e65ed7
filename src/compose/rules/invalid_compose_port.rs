//! Ports in compose files that are none.

use crate::compose::inside;
use crate::compose::port::BadPort;
use crate::diagnostic::Diagnostic;
use crate::rule::declare_rule;
use crate::source::Span;

declare_rule! {
    /// An entry of `ports` in a compose file is no port.
    ///
    /// ## Why is this wrong?
    /// The file is refused. An entry is the container's port, or the host's port and the
    /// container's, each a number or a range: `80`, `8080:80`, `127.0.0.1:8080:80/tcp`.
    ///
    /// ## Example
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     ports:
    ///       - "8080:http"  # error: "`http` is no port from 0 to 65535"
    /// ```
    /// ```raftt
    /// deploy(load_docker_compose("docker-compose.yml"))
    /// ```
    /// ## Use instead
    /// ```yaml docker-compose.yml
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     ports:
    ///       - "8080:80"
    /// ```
    /// ```raftt
    /// deploy(load_docker_compose("docker-compose.yml"))
    /// ```
    "invalid-compose-port" {
        severity: Error, since: "0.1.0", catalogue: [],
    }
}

/// `text`, at `at`, is no port.
pub(in crate::compose) fn diagnostic(text: &str, bad: &BadPort, at: Span) -> Diagnostic {
    let help = match bad {
        BadPort::Protocol(_) => "the protocols are `tcp`, `udp` and `sctp`",
        BadPort::NoAddress(_) => "write the host's port in front of the container's: `8080:80`",
        BadPort::Backwards(_) => "write the lower port first",
        _ => "write `PORT`, or `HOST_PORT:CONTAINER_PORT`",
    };
    let part = match bad {
        BadPort::NoNumber(part)
        | BadPort::Backwards(part)
        | BadPort::NoAddress(part)
        | BadPort::Protocol(part) => text.find(part.as_str()).map(|at| at..at + part.len()),
        BadPort::NoContainerPort | BadPort::Lengths { .. } => None,
    };
    let at = part.map_or(at, |part| inside(at, text, part));
    RULE.at(at, bad.to_string()).help(help)
}
