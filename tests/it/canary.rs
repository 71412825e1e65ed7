//! What secrets hold reaches no output: every secret of every case and of every rule's
//! example gets values that are looked for wherever something is shown.

use std::fs;
use std::process::{Command, Stdio};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use raftt_config::plan::render::{PlanFormat, render as render_plan};
use raftt_config::plan::{Keychain, Puller, resolve};
use raftt_config::render::{self, Checked as CheckedProject, Report, Terminal};
use raftt_config::{Options, Snapshot, SnapshotFile, Sources, analyze};
use serde_json::{Value, json};

use crate::cases;
use crate::golden::{Checked, check_all};

/// What every secret holds.
const CANARY: &str = "qXv7Rk2mWz9Lt4Bd";

#[test]
fn no_case_shows_what_secrets_hold() {
    cases::run(|case| {
        let text = fs::read_to_string(case.folder.join("case.toml")).unwrap_or_default();
        let table: toml::Table = text.parse().map_err(|it| format!("{it}"))?;
        let option = |name: &str| table.get(name).and_then(toml::Value::as_str);
        let mut objects = canaries();
        if let Some(path) = option("snapshot") {
            let text = fs::read_to_string(case.folder.join(path));
            objects.extend(poisoned(&text.map_err(|it| it.to_string())?)?);
        }
        let namespace = option("namespace").or(Some("shop"));
        shows_nothing(&case.sources, case.options.clone(), &objects, namespace)
    });
}

#[test]
fn no_example_shows_what_secrets_hold() {
    let rules = raftt_config::rules().into_iter();
    let examples = rules.flat_map(|rule| {
        let examples = [rule.example(), rule.use_instead()].into_iter().flatten();
        examples.map(move |example| (rule.name.to_owned(), example))
    });
    check_all("examples", examples, |example| {
        let mut objects = Vec::new();
        if let Some(file) = example.file("namespace.yaml") {
            objects = poisoned(&file.text)?;
        }
        shows_nothing(&example.sources(), Options::default(), &objects, None)
    });
}

/// Analyzes a project in a namespace with `objects`, and looks at all that is shown.
fn shows_nothing(
    sources: &dyn Sources,
    mut options: Options,
    objects: &[Value],
    namespace: Option<&str>,
) -> Checked {
    let list = json!({"apiVersion": "v1", "kind": "List", "items": objects});
    let file = SnapshotFile {
        path: "canary.json".to_owned(),
        content: list.to_string().into_bytes(),
    };
    look_at(&format!("{file:?}"), "a file's Debug")?;
    let snapshot = Snapshot::read(&[file], namespace).map_err(|it| it.to_string())?;
    options.snapshot = Some(Arc::new(snapshot));
    for name in ["token", "password", "github"] {
        options.secrets.push((name.to_owned(), CANARY.to_owned()));
    }
    let analysis = analyze(sources, &options);
    let snapshot = options.snapshot.as_deref();
    let keychain = Keychain::new(&analysis.plan, snapshot);
    let images: Vec<String> = [
        "nginx",
        "ghcr.io/example/app",
        "gcr.io/example/app",
        "a.example.com/app",
    ]
    .map(str::to_owned)
    .to_vec();
    let resolutions = resolve(&keychain, &images, &Puller::default());
    look_at(&format!("{options:?} {snapshot:?}"), "the options' Debug")?;
    look_at(&format!("{analysis:?}"), "the analysis' Debug")?;
    look_at(&format!("{keychain:?}"), "the keychain's Debug")?;
    look_at(&format!("{resolutions:?}"), "the resolutions' Debug")?;
    let json = serde_json::to_string(&resolutions).map_err(|it| it.to_string())?;
    look_at(&json, "resolve")?;
    for format in PlanFormat::ALL {
        let rendered = render_plan(&analysis.plan, format);
        let shown = format!("{}{:?}", rendered.text, rendered.notes);
        look_at(&shown, &format!("plan --format {}", format.name()))?;
    }
    let projects = [CheckedProject {
        folder: String::new(),
        file: options.project_file.clone(),
        analysis,
    }];
    let report = Report::new(&projects);
    for (name, text) in [
        ("full", render::full(&report, Terminal::PLAIN)),
        ("concise", render::concise(&report, false)),
        ("json", render::json(&report)),
        ("json-lines", render::json_lines(&report)),
        ("github", render::github(&report)),
        ("gitlab", render::gitlab(&report)),
        ("checkstyle", render::checkstyle(&report)),
        ("junit", render::junit(&report)),
        ("rdjson", render::rdjson(&report)),
        ("sarif", render::sarif(&report)),
    ] {
        look_at(&text, &format!("check --output-format {name}"))?;
    }
    Ok(())
}

/// Whether `text` has nothing of the canary: whole, a half, backwards, in base64.
fn look_at(text: &str, what: &str) -> Checked {
    let (left, right) = CANARY.split_at(CANARY.len() / 2);
    let backwards = |text: &str| text.chars().rev().collect::<String>();
    let mut forms = vec![
        left.to_owned(),
        right.to_owned(),
        backwards(left),
        backwards(right),
    ];
    // Wherever it begins within the letters that are encoded together.
    for offset in 0..3 {
        let encoded = STANDARD.encode(format!("{}{CANARY}", &"xx"[..offset.min(2)]));
        forms.push(encoded[4..encoded.len() - 4].to_owned());
    }
    match forms.iter().find(|form| text.contains(form.as_str())) {
        None => Ok(()),
        Some(form) => {
            let at = text.find(form.as_str()).unwrap_or_default();
            let near: String = text[..at].chars().rev().take(80).collect();
            Err(format!(
                "{what} shows {form:?} behind {:?}",
                backwards(&near)
            ))
        }
    }
}

/// Secrets of every form, each with canaries wherever something can stand.
fn canaries() -> Vec<Value> {
    let auth = |text: &str| STANDARD.encode(text);
    let key = json!({"type": CANARY, "private_key": CANARY}).to_string();
    let entry =
        json!({"username": "u", "password": CANARY, "email": CANARY, "identitytoken": CANARY});
    let auths = |entry: &Value| json!({"auths": {"a.example.com": entry}}).to_string();
    let contents = [
        auths(&entry),
        auths(&json!({"auth": auth(&format!("u:{CANARY}\n"))})),
        auths(&json!({"auth": format!("u:{CANARY}")})),
        auths(&json!({"auth": auth(CANARY)})),
        auths(&json!({"auth": auth(&auth(&format!("u:{CANARY}")))})),
        auths(&json!({"username": "_json_key", "password": key})),
        auths(&json!({"username": "_json_key", "password": auth(&key)})),
        auths(&json!({"username": "_json_key_base64", "password": key})),
        auths(&json!({"username": "AWS", "password": CANARY})),
        auths(&json!({"username": "robot", "password": CANARY, "auth": auth("robot:x")})),
        auths(&json!({"password": [CANARY]})),
        auths(&json!(CANARY)),
        json!({"a.example.com": entry}).to_string(),
        json!({"auths": CANARY}).to_string(),
        json!({"auths": {}, "credsStore": CANARY}).to_string(),
        json!({"auths": {format!("https://u:{CANARY}@a.example.com/*"): entry}}).to_string(),
        json!({"auths": {format!("https://a.example.com/v2/?token={CANARY}"): entry}}).to_string(),
        json!({"auths": {format!("a.example.com?token={CANARY}"): entry}}).to_string(),
        format!("{{\"auths\": {{\"a.example.com\": {{\"password\": \"{CANARY}\"}}"),
        CANARY.to_owned(),
        auth(&auths(&entry)),
        format!("\u{feff}{CANARY}"),
    ];
    let types = [
        ("kubernetes.io/dockerconfigjson", ".dockerconfigjson"),
        ("kubernetes.io/dockercfg", ".dockercfg"),
        ("Opaque", ".dockerconfigjson"),
        ("kubernetes.io/dockercfg", ".dockerconfigjson"),
    ];
    let mut objects = Vec::new();
    for (number, content) in contents.iter().enumerate() {
        for (kind, (ty, field)) in types.iter().enumerate() {
            for (form, data) in [("plain", "stringData"), ("encoded", "data")] {
                let content = match form {
                    "plain" => content.clone(),
                    _ => auth(content),
                };
                objects.push(json!({
                    "apiVersion": "v1",
                    "kind": "Secret",
                    "type": ty,
                    "metadata": {
                        "name": format!("s{number}-{kind}-{form}"),
                        "namespace": "shop",
                        "annotations": {"a": CANARY},
                        "labels": {"a": CANARY},
                    },
                    data: {(*field): content, "other": CANARY},
                }));
            }
        }
    }
    objects.push(json!({
        "apiVersion": "v1",
        "kind": "Secret",
        "type": "Opaque",
        "metadata": {"name": "settings", "namespace": "shop"},
        "data": {"token": CANARY},
        "stringData": {"token": CANARY},
    }));
    objects
}

/// The objects in `text`, with canaries for what their secrets hold.
fn poisoned(text: &str) -> Result<Vec<Value>, String> {
    use serde::Deserialize as _;
    let mut objects = Vec::new();
    for document in serde_yaml::Deserializer::from_str(text) {
        let value = Value::deserialize(document).map_err(|it| it.to_string())?;
        match value["items"].as_array() {
            Some(items) => objects.extend(items.iter().cloned()),
            None if value.is_object() => objects.push(value),
            None => {}
        }
    }
    for object in objects.iter_mut().filter(|it| it["kind"] == "Secret") {
        for part in ["stringData", "data"] {
            for value in object[part]
                .as_object_mut()
                .into_iter()
                .flat_map(|it| it.values_mut())
            {
                let text = value.as_str().unwrap_or_default();
                let decoded = STANDARD.decode(text).ok();
                let decoded = decoded.and_then(|it| String::from_utf8(it).ok());
                *value = match decoded.filter(|_| part == "data") {
                    Some(text) => STANDARD.encode(poisoned_content(&text)),
                    None => poisoned_content(text),
                }
                .into();
            }
            if object[part].is_null() {
                object.as_object_mut().map(|it| it.remove(part));
            }
        }
    }
    Ok(objects)
}

fn poisoned_content(text: &str) -> String {
    match serde_json::from_str::<Value>(text) {
        Ok(mut json @ Value::Object(_)) => {
            poison(&mut json, "");
            json.to_string()
        }
        _ => format!("{CANARY}{text}{CANARY}"),
    }
}

/// Has every text but user names, which are shown, hold a canary.
fn poison(json: &mut Value, field: &str) {
    match json {
        Value::Object(fields) => fields
            .iter_mut()
            .for_each(|(name, value)| poison(value, name)),
        Value::Array(items) => items.iter_mut().for_each(|value| poison(value, field)),
        Value::String(text) if field == "auth" => {
            let decoded = STANDARD.decode(&*text).unwrap_or_default();
            let decoded = String::from_utf8(decoded).unwrap_or_default();
            *text = match decoded.split_once(':') {
                Some((user, _)) => STANDARD.encode(format!("{user}:{CANARY}")),
                None => format!("{text}{CANARY}"),
            };
        }
        Value::String(text) if field != "username" => *text = format!("{text}{CANARY}"),
        _ => {}
    }
}

#[test]
fn no_command_shows_what_secrets_hold() {
    let folder = tempfile::tempdir().expect("there is a folder");
    let write = |path: &str, text: &str| fs::write(folder.path().join(path), text);
    let list = json!({"apiVersion": "v1", "kind": "List", "items": canaries()}).to_string();
    let script = r#"
resources = namespace_resources()
for secret in [resources.secrets["settings"], resources.secrets["s0-0-plain"]]:
    print(secret, secret.data, str(secret.data["token"]), repr(secret.metadata))
    if secret.data["token"] == "a":
        fail(secret.data["token"])
configure_cred_helper("ecr", [get_secret("token"), resources.secrets["settings"].data["token"]])
register_hook(on = events.OnWorkloadReady(get_secret("token")))
"#;
    write("raftt.yml", "envDefinition: env.raftt\nhost: direct\n").expect("it is written");
    write("env.raftt", script).expect("it is written");
    write("namespace.json", &list).expect("it is written");
    let secret = format!("token={CANARY}");
    let mut commands: Vec<Vec<&str>> = vec![
        vec!["resolve", "a.example.com/app", "nginx", "--format", "text"],
        vec!["resolve", "a.example.com/app", "nginx", "--format", "json"],
        vec!["check", "--diff"],
    ];
    for format in [
        "full",
        "concise",
        "json",
        "json-lines",
        "github",
        "gitlab",
        "checkstyle",
        "junit",
        "rdjson",
        "sarif",
    ] {
        commands.push(vec!["check", "--output-format", format]);
    }
    for format in PlanFormat::ALL {
        commands.push(vec!["plan", "--format", format.name()]);
    }
    for command in commands {
        let output = Command::new(env!("CARGO_BIN_EXE_raftt-config"))
            .args(&command)
            .args([
                "--namespace-snapshot",
                "namespace.json",
                "--secret",
                &secret,
            ])
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .output()
            .expect("the program can be run");
        let shown = format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        assert!(
            output.status.code().is_some_and(|it| it < 2),
            "{command:?}: {shown}"
        );
        look_at(&shown, &command.join(" ")).unwrap_or_else(|problem| panic!("{problem}"));
    }
}
