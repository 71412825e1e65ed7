//! Other programs, run to their end or to the end of their time.

use std::io::{self, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

/// What a program may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    /// How long it may run.
    pub(crate) time: Duration,
    /// How many bytes of its answer are read; of more, none are of use.
    pub(crate) answer: usize,
    /// How many bytes of its messages are read.
    pub(crate) messages: usize,
    /// How much address space it may take, in bytes, where that can be limited.
    pub(crate) memory: u64,
    /// How long it may compute, in seconds, where that can be limited.
    pub(crate) cpu_seconds: Option<u64>,
}

/// How a program ended.
pub(crate) struct Output {
    pub(crate) status: ExitStatus,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: Vec<u8>,
}

/// Why a program gave no answer.
#[derive(Debug)]
pub(crate) enum NoOutput {
    /// It could not be started, or waited for.
    Io(io::Error),
    /// It took too long.
    TooSlow,
    /// It said too much.
    TooLarge,
}

/// Runs `command` within `bounds`, in a group of its own, and without input.
pub(crate) fn run(mut command: Command, bounds: &Bounds) -> Result<Output, NoOutput> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt as _;
        command.process_group(0);
    }
    let started = Instant::now();
    let mut child = command.spawn().map_err(NoOutput::Io)?;
    limit(&child, bounds);
    let stdout = read(child.stdout.take(), bounds.answer.saturating_add(1));
    let stderr = read(child.stderr.take(), bounds.messages);
    let left = || bounds.time.saturating_sub(started.elapsed());
    // What it says ends when it does. Both are read, or it would wait to be heard.
    let answer = stdout.recv_timeout(left()).and_then(|stdout| {
        let stderr = stderr.recv_timeout(left())?;
        Ok((stdout, stderr))
    });
    let Ok((stdout, stderr)) = answer else {
        kill(&mut child);
        return Err(NoOutput::TooSlow);
    };
    if stdout.len() > bounds.answer {
        kill(&mut child);
        return Err(NoOutput::TooLarge);
    }
    loop {
        match child.try_wait() {
            Ok(Some(status)) => {
                return Ok(Output {
                    status,
                    stdout,
                    stderr,
                });
            }
            Ok(None) if left().is_zero() => {
                kill(&mut child);
                return Err(NoOutput::TooSlow);
            }
            Ok(None) => thread::sleep(Duration::from_millis(1)),
            Err(error) => return Err(NoOutput::Io(error)),
        }
    }
}

/// Reads `stream` to its end, and keeps `most` bytes of it, on a thread of its own.
fn read(stream: Option<impl Read + Send + 'static>, most: usize) -> Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut content = Vec::new();
        if let Some(mut stream) = stream {
            let part = stream.by_ref().take(most as u64);
            let is_full = { part }
                .read_to_end(&mut content)
                .is_ok_and(|it| it == most);
            // Nobody waits any more when it takes too long.
            let _ = sender.send(content);
            if is_full {
                let _ = io::copy(&mut stream, &mut io::sink());
            }
        }
    });
    receiver
}

/// Ends the program and what it may have started.
fn kill(child: &mut Child) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id())
        .ok()
        .and_then(rustix::process::Pid::from_raw)
    {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// Has the system keep the program from taking everything.
#[cfg(target_os = "linux")]
fn limit(child: &Child, bounds: &Bounds) {
    use rustix::process::{Pid, Resource, Rlimit, prlimit};
    let Some(id) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) else {
        return;
    };
    let set = |resource, current: u64, maximum: u64| {
        let most = Rlimit {
            current: Some(current),
            maximum: Some(maximum),
        };
        // Without the limit there is still the one on time.
        let _ = prlimit(Some(id), resource, most);
    };
    set(Resource::As, bounds.memory, bounds.memory);
    if let Some(seconds) = bounds.cpu_seconds {
        // The first bound says by its signal what was exceeded.
        set(Resource::Cpu, seconds, seconds.saturating_add(1));
        // What crashes leaves no copy of its memory.
        set(Resource::Core, 0, 0);
    }
}

#[cfg(not(target_os = "linux"))]
fn limit(_child: &Child, bounds: &Bounds) {
    let _ = (bounds.memory, bounds.cpu_seconds);
}
