//! The state of a session: what the client said, and what it has been told.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use crossbeam_channel::{Receiver, Sender, select};
use gen_lsp_types as lsp;
use lsp_server::{Message, Notification, Request};
use serde::Serialize;
use serde_json::Value;

use super::Ended;
use super::answers::Waiting;
use super::client::Client;
use super::diagnostics::View;
use super::documents::Documents;
use super::run::{Job, Outcome, start};
use super::settings::Settings;
use super::uri;
use super::workspace::Workspace;
use crate::kubernetes::Snapshot;
use crate::options::Options;
use crate::projects::{KnownSnapshots, Unusable};

/// What came of reading a snapshot.
pub(super) type LoadedSnapshot = Result<Option<Arc<Snapshot>>, Unusable>;

/// The state of a session.
pub(crate) struct Server {
    pub(super) sender: Sender<Message>,
    pub(super) client: Client,
    /// The folders that are open in the client.
    pub(super) folders: Vec<PathBuf>,
    pub(super) settings: Settings,
    /// What the user set, as an analysis takes it. None while the snapshot is read.
    pub(super) options: Option<Options>,
    pub(super) documents: Documents,
    pub(super) workspace: Workspace,
    /// The requests that are not answered yet, in order.
    pub(super) waiting: Vec<Waiting>,
    /// What the client shows, where diagnostics are sent to it, and the name that the
    /// file went by.
    pub(super) published: BTreeMap<PathBuf, (lsp::Uri, Vec<lsp::Diagnostic>)>,
    /// What the client shows, where it asks: of each open file the version it asked
    /// about, and the id of the answer.
    pub(super) pulled: BTreeMap<String, (i32, String)>,
    /// What the client watches, and how often that changed.
    pub(super) watched: (BTreeSet<String>, usize),
    /// Requests that were sent to the client.
    sent: i32,
    outcomes: (Sender<Outcome>, Receiver<Outcome>),
    pub(super) snapshots: (Sender<LoadedSnapshot>, Receiver<LoadedSnapshot>),
    /// How many snapshots are being read; only the last counts.
    pub(super) loading: usize,
    /// The snapshots that settings files name.
    named_snapshots: KnownSnapshots,
    /// Whether something happened since everything was brought as far as it could be.
    pub(super) is_changed: bool,
    pub(super) is_initialized: bool,
    is_shut_down: bool,
}

impl Server {
    /// The session of `client`, whose `initialize` had the parameters `params`. The
    /// folder `folder` is the one that is meant when the client opens none.
    pub(crate) fn new(
        sender: Sender<Message>,
        client: Client,
        params: &Value,
        folder: &Path,
    ) -> Self {
        let mut server = Self {
            sender,
            client,
            folders: folders(params, folder),
            settings: Settings::default(),
            options: None,
            documents: Documents::default(),
            workspace: Workspace::default(),
            waiting: Vec::new(),
            published: BTreeMap::new(),
            pulled: BTreeMap::new(),
            watched: (BTreeSet::new(), 0),
            sent: 0,
            outcomes: crossbeam_channel::unbounded(),
            snapshots: crossbeam_channel::unbounded(),
            loading: 0,
            named_snapshots: KnownSnapshots::default(),
            is_changed: false,
            is_initialized: false,
            is_shut_down: false,
        };
        let given = params.get("initializationOptions").unwrap_or(&Value::Null);
        server.set(given);
        server
    }

    /// Serves the client until it exits.
    pub(crate) fn run(mut self, messages: &Receiver<Message>) -> Ended {
        let (outcomes, snapshots) = (self.outcomes.1.clone(), self.snapshots.1.clone());
        loop {
            select! {
                recv(messages) -> message => match message {
                    Ok(message) => if let Some(ended) = self.take(message) {
                        return ended;
                    },
                    Err(_) => return Ended::Abruptly,
                },
                recv(outcomes) -> outcome => if let Ok(outcome) = outcome {
                    self.accept(outcome);
                },
                recv(snapshots) -> snapshot => if let Ok(snapshot) = snapshot {
                    self.accept_snapshot(snapshot);
                },
            }
            // What is there already may make a job needless.
            while let Ok(message) = messages.try_recv() {
                if let Some(ended) = self.take(message) {
                    return ended;
                }
            }
            self.settle();
        }
    }

    fn take(&mut self, message: Message) -> Option<Ended> {
        match message {
            Message::Request(request) => self.ask(request),
            Message::Notification(it) if it.method == "exit" => {
                return Some(match self.is_shut_down {
                    true => Ended::Properly,
                    false => Ended::Abruptly,
                });
            }
            Message::Notification(it) => self.notice(it),
            // The client takes a registration or not; there is nothing to do about it.
            Message::Response(_) => {}
        }
        None
    }

    fn ask(&mut self, request: Request) {
        if request.method == "shutdown" {
            self.is_shut_down = true;
            self.waiting.clear();
            self.answer(request.id, Ok(Value::Null));
        } else {
            self.wait(request, self.is_shut_down);
        }
    }

    /// The folder that relative paths count from.
    pub(super) fn folder(&self) -> &Path {
        self.folders.first().map_or(Path::new(""), PathBuf::as_path)
    }

    fn accept(&mut self, outcome: Outcome) {
        self.is_changed = true;
        if let Some(message) = self.workspace.accept(outcome) {
            self.show(lsp::MessageType::Error, &message);
        }
    }

    /// Brings everything as far as it can be brought now.
    fn settle(&mut self) {
        if self.is_shut_down {
            return;
        }
        // A question changes nothing, and an editor asks several with every key.
        if !std::mem::take(&mut self.is_changed) {
            self.answer_waiting();
            return;
        }
        let folders = &self.folders;
        self.workspace.look_at(&self.documents, |path| {
            let around = folders.iter().filter(|it| path.starts_with(it));
            let folder = around.max_by_key(|it| it.components().count());
            folder.or(folders.first()).cloned().unwrap_or_default()
        });
        self.begin_jobs();
        if !self.client.pulls {
            self.publish();
        }
        self.answer_waiting();
        self.refresh();
        self.watch();
    }

    /// Whether everything is known.
    pub(super) fn is_settled(&self) -> bool {
        self.loading == 0 && self.workspace.is_settled()
    }

    fn begin_jobs(&mut self) {
        let Some(options) = &self.options else {
            return;
        };
        let view = self.view();
        let most = thread::available_parallelism().map_or(2, |it| it.get().max(2));
        for (number, project) in self.workspace.begin(most) {
            let job = Job {
                number,
                root: project.key.root.clone(),
                options: project.key.options(options),
                snapshots: self.named_snapshots.clone(),
                disk: project.disk.clone(),
                buffers: self.documents.buffers().clone(),
                view: view.clone(),
            };
            start(job, self.outcomes.0.clone());
        }
    }

    /// How results are written for the client now.
    pub(super) fn view(&self) -> View {
        let names = self.documents.iter();
        let names = names.filter_map(|it| Some((it.path.clone()?, it.uri.clone())));
        View {
            encoding: self.client.encoding,
            shows_related: self.client.shows_related,
            shows_tags: self.client.shows_tags,
            shows_links: self.client.shows_links,
            folder: self.folder().to_owned(),
            names: Arc::new(names.collect()),
        }
    }

    pub(super) fn show(&self, kind: lsp::MessageType, message: &str) {
        let params = lsp::ShowMessageParams {
            kind,
            message: format!("raftt-config: {message}"),
        };
        self.tell("window/showMessage", params);
    }

    pub(super) fn tell(&self, method: &str, params: impl Serialize) {
        self.send(Notification::new(method.to_owned(), params).into());
    }

    pub(super) fn request(&mut self, method: &str, params: impl Serialize) {
        self.sent += 1;
        let request = Request::new(self.sent.into(), method.to_owned(), params);
        self.send(request.into());
    }

    /// Sends a message. When the client is gone, that is seen where it is listened to.
    pub(super) fn send(&self, message: Message) {
        let _ = self.sender.send(message);
    }
}

/// The folders that are open in the client, in the words of any version of the protocol.
fn folders(params: &Value, otherwise: &Path) -> Vec<PathBuf> {
    let path = |uri: &str| uri::path(uri, Path::new(""));
    let open = params.get("workspaceFolders").and_then(Value::as_array);
    let open = open.into_iter().flatten();
    let open = open.filter_map(|it| path(it.get("uri")?.as_str()?));
    let folders: Vec<_> = open.collect();
    if !folders.is_empty() {
        return folders;
    }
    let text = |name: &str| params.get(name).and_then(Value::as_str);
    let root = text("rootUri").and_then(path);
    let root = root.or_else(|| text("rootPath").map(PathBuf::from));
    vec![root.unwrap_or_else(|| otherwise.to_owned())]
}
