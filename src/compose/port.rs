//! Ports of services: `80`, `8080:80`, `127.0.0.1:8080-8081:80-81/udp`.

use std::fmt;
use std::net::IpAddr;
use std::ops::RangeInclusive;

/// Ports of a container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ports {
    pub(super) container: RangeInclusive<u16>,
    /// `tcp` unless it is told.
    pub(super) protocol: String,
}

/// Why a text is no port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum BadPort {
    /// The part is no number from 0 to 65535, and no range of them.
    NoNumber(String),
    /// The part is a range that ends before it begins.
    Backwards(String),
    /// There is nothing for the container.
    NoContainerPort,
    /// The two ranges are not equally long.
    Lengths {
        host: String,
        container: String,
    },
    /// What is no IP address stands before the ports.
    NoAddress(String),
    Protocol(String),
}

/// The ports that `text` stands for.
pub(super) fn parse(text: &str) -> Result<Ports, BadPort> {
    let (numbers, protocol) = text.split_once('/').unwrap_or((text, "tcp"));
    let protocol = protocol.to_ascii_lowercase();
    if !["tcp", "udp", "sctp"].contains(&protocol.as_str()) {
        return Err(BadPort::Protocol(protocol));
    }
    let (before, container) = match numbers.rsplit_once(':') {
        Some((before, container)) => (Some(before), container),
        None => (None, numbers),
    };
    if container.is_empty() {
        return Err(BadPort::NoContainerPort);
    }
    let ports = range(container)?;
    let Some(before) = before else {
        return Ok(Ports {
            container: ports,
            protocol,
        });
    };
    let (address, host) = match before.rsplit_once(':') {
        Some((address, host)) => (Some(address), host),
        None => (None, before),
    };
    if let Some(address) = address {
        let bare = address
            .strip_prefix('[')
            .and_then(|it| it.strip_suffix(']'));
        if !address.is_empty() && bare.unwrap_or(address).parse::<IpAddr>().is_err() {
            return Err(BadPort::NoAddress(address.to_owned()));
        }
    }
    if !host.is_empty() {
        let published = range(host)?;
        // Of a range of the host's ports, one free port is taken.
        if published.len() != ports.len() && ports.len() != 1 {
            return Err(BadPort::Lengths {
                host: host.to_owned(),
                container: container.to_owned(),
            });
        }
    }
    Ok(Ports {
        container: ports,
        protocol,
    })
}

fn range(text: &str) -> Result<RangeInclusive<u16>, BadPort> {
    let number = |part: &str| {
        let is_number = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let number = part.parse().ok().filter(|_| is_number);
        number.ok_or_else(|| BadPort::NoNumber(text.to_owned()))
    };
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    let (from, to) = (number(from)?, number(to)?);
    match from <= to {
        true => Ok(from..=to),
        false => Err(BadPort::Backwards(text.to_owned())),
    }
}

impl fmt::Display for BadPort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoNumber(part) => write!(f, "`{part}` is no port from 0 to 65535"),
            Self::Backwards(part) => write!(f, "the ports `{part}` end before they begin"),
            Self::NoContainerPort => f.write_str("the port of the container is missing"),
            Self::Lengths { host, container } => {
                write!(f, "`{host}` and `{container}` are not equally many ports")
            }
            Self::NoAddress(part) => write!(f, "`{part}` is no IP address"),
            Self::Protocol(part) if part.is_empty() => {
                f.write_str("the protocol behind `/` is missing")
            }
            Self::Protocol(part) => write!(f, "`{part}` is no protocol of ports"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{BadPort, parse};

    #[test]
    fn every_form_of_a_port_is_read() {
        let cases = [
            ("80", 80..=80, "tcp"),
            ("8080:80", 80..=80, "tcp"),
            ("3000-3005", 3000..=3005, "tcp"),
            ("9090-9091:8080-8081", 8080..=8081, "tcp"),
            ("8000-9000:80", 80..=80, "tcp"),
            ("127.0.0.1:8001:8001/udp", 8001..=8001, "udp"),
            ("127.0.0.1::80", 80..=80, "tcp"),
            (":80", 80..=80, "tcp"),
            ("[::1]:6001:6001", 6001..=6001, "tcp"),
            ("::1:6001:6001", 6001..=6001, "tcp"),
            ("53:53/UDP", 53..=53, "udp"),
        ];
        for (text, container, protocol) in cases {
            let ports = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(
                (ports.container, ports.protocol.as_str()),
                (container, protocol),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_port_is_told_apart() {
        let bad = |text| parse(text).expect_err(text);
        assert_eq!(bad("http:80"), BadPort::NoNumber("http".to_owned()));
        assert_eq!(bad("80:70000"), BadPort::NoNumber("70000".to_owned()));
        assert_eq!(bad("90-80"), BadPort::Backwards("90-80".to_owned()));
        assert_eq!(bad("8080:"), BadPort::NoContainerPort);
        assert_eq!(bad("80/tpc"), BadPort::Protocol("tpc".to_owned()));
        assert_eq!(
            bad("localhost:80:80"),
            BadPort::NoAddress("localhost".to_owned())
        );
    }
}
