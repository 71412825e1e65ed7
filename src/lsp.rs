//! The language server: what editors ask of projects, over the Language Server
//! Protocol.
//!
//! One thread talks to the client. Projects are analyzed on others, each by one at a
//! time, from the files as they are in the editor. An answer waits until what it
//! depends on is known.

mod answers;
mod client;
mod dependencies;
mod diagnostics;
mod documents;
mod features;
mod notices;
mod position;
mod publish;
mod run;
mod server;
mod settings;
mod uri;
mod watch;
mod workspace;

use std::io;
use std::path::Path;

use gen_lsp_types as lsp;
pub use lsp_server::Connection;
use lsp_server::{ErrorCode, Message, RequestId, Response};
use serde_json::Value;

use crate::guarded::quiet_panics;
use client::Client;
use server::Server;

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The client asked the server to shut down, and then to exit.
    Properly,
    /// The client exited or went away without asking.
    Abruptly,
}

/// Serves a client on standard input and output. If it opens no folder, relative
/// paths count from `folder`.
///
/// # Errors
/// Standard input holds something else than messages, or standard output cannot be
/// written.
pub fn serve_stdio(folder: &Path) -> io::Result<Ended> {
    quiet_panics();
    let (connection, threads) = Connection::stdio();
    let ended = serve(connection, folder);
    threads.join()?;
    Ok(ended)
}

/// Serves the client at the other end of `connection` until it exits. If it opens no
/// folder, relative paths count from `folder`.
#[must_use]
pub fn serve(connection: Connection, folder: &Path) -> Ended {
    let Some((id, params)) = wait_for_client(&connection) else {
        return Ended::Abruptly;
    };
    let client = Client::of(&params);
    let result = lsp::InitializeResult {
        capabilities: client.capabilities(),
        server_info: Some(lsp::ServerInfo {
            name: env!("CARGO_PKG_NAME").to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
    };
    let result = serde_json::to_value(result).unwrap_or_default();
    if connection
        .sender
        .send(Response::new_ok(id, result).into())
        .is_err()
    {
        return Ended::Abruptly;
    }
    Server::new(connection.sender, client, &params, folder).run(&connection.receiver)
}

/// Waits for `initialize`; nothing else is answered before it.
fn wait_for_client(connection: &Connection) -> Option<(RequestId, Value)> {
    for message in &connection.receiver {
        match message {
            Message::Request(request) if request.method == "initialize" => {
                return Some((request.id, request.params));
            }
            Message::Request(request) => {
                let code = ErrorCode::ServerNotInitialized as i32;
                let words = format!("`{}` came before `initialize`", request.method);
                let refusal = Response::new_err(request.id, code, words);
                connection.sender.send(refusal.into()).ok()?;
            }
            Message::Notification(it) if it.method == "exit" => return None,
            Message::Notification(_) | Message::Response(_) => {}
        }
    }
    None
}
