//! Charts, rendered by the real `helm`.

use std::fs;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use raftt_config::{
    Analysis, ChartError, ChartRequest, DiskSources, Helm, MemorySources, Options, OverlaySources,
    Sources, analyze,
};

use crate::golden::repository;

/// Where `helm` is looked for.
const PROGRAM: &str = "target/helm/bin/helm";

const HOW_TO_GET_IT: &str = "GOBIN=$PWD/target/helm/bin GOFLAGS=-mod=mod \
     go install helm.sh/helm/v3/cmd/helm@v3.20.2";

/// The program, or nothing where it is missing and may be.
#[allow(clippy::print_stderr, reason = "a test that did not run should say so")]
pub(crate) fn helm() -> Option<Helm> {
    static FOUND: LazyLock<Option<Helm>> = LazyLock::new(|| {
        let program = repository(PROGRAM);
        if program.exists() {
            return Some(Helm::new(program));
        }
        let message = format!("{PROGRAM} is missing; get it with\n  {HOW_TO_GET_IT}");
        assert!(std::env::var_os("CI").is_none(), "{message}");
        eprintln!("not run: {message}");
        None
    });
    FOUND.clone()
}

const METADATA: &str = "apiVersion: v2\nname: web\nversion: 0.1.0\n";

const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  \
     - name: web\n    image: {{ .Values.image }}\n";

fn request() -> ChartRequest {
    ChartRequest {
        release: "web".to_owned(),
        folder: "charts/web".to_owned(),
        files: [("Chart.yaml", METADATA), ("templates/pod.yaml", POD)]
            .map(|(path, text)| (path.to_owned(), text.as_bytes().to_owned()))
            .into(),
        values_files: vec![("dev.yaml".to_owned(), b"image: from-a-file:1".to_vec())],
        values: "{}".to_owned(),
    }
}

fn with_template(text: &str) -> ChartRequest {
    let mut request = request();
    let path = "templates/pod.yaml".to_owned();
    request.files.insert(path, text.as_bytes().to_owned());
    request
}

#[test]
fn values_count_more_than_files() {
    let Some(helm) = helm() else { return };
    let mut request = request();
    let rendered = helm.render(&request).expect("it can be rendered");
    assert!(rendered.contains("image: from-a-file:1"), "{rendered}");
    request.values = r#"{"image": "given:2"}"#.to_owned();
    let rendered = helm.render(&request).expect("it can be rendered");
    assert!(rendered.contains("image: given:2"), "{rendered}");
}

#[test]
fn complaints_speak_of_the_project() {
    let Some(helm) = helm() else { return };
    let refused = |request: &ChartRequest| match helm.render(request) {
        Err(ChartError::Refused(words)) => {
            let scratch = std::env::temp_dir().display().to_string();
            assert!(!words.contains(&scratch), "{words}");
            words
        }
        other => panic!("{other:?}"),
    };
    let words = refused(&with_template("{{ fail \"no\" }}"));
    assert!(words.contains("web/templates/pod.yaml:1:3"), "{words}");
    let mut request = request();
    request.values_files[0].1 = b"a: [".to_vec();
    let words = refused(&request);
    assert!(words.contains("dev.yaml"), "{words}");
    request.values_files.clear();
    request
        .files
        .insert("Chart.yaml".to_owned(), b"name: [".to_vec());
    let words = refused(&request);
    assert!(words.contains("Chart.yaml"), "{words}");
    request.release = "--help".to_owned();
    request
        .files
        .insert("Chart.yaml".to_owned(), METADATA.into());
    let words = refused(&request);
    assert!(words.contains("release name"), "{words}");
}

#[test]
fn nothing_of_the_machine_gets_in() {
    let Some(helm) = helm() else { return };
    let request = with_template(
        "a: {{ env \"PATH\" | quote }}\nb: {{ .Files.Get \"/etc/passwd\" | quote }}\n\
         c: {{ (lookup \"v1\" \"Namespace\" \"\" \"\") | toJson }}\n\
         d: {{ getHostByName \"example.com\" | quote }}\n",
    );
    match helm.render(&request) {
        // `env` is no function of charts.
        Err(ChartError::Refused(words)) => {
            assert!(words.contains("\"env\" not defined"), "{words}")
        }
        other => panic!("{other:?}"),
    }
    let request = with_template(
        "b: {{ .Files.Get \"../../../../etc/passwd\" | quote }}\n\
         d: {{ getHostByName \"example.com\" | quote }}\n",
    );
    let rendered = helm.render(&request).expect("it can be rendered");
    assert!(
        rendered.contains("b: \"\"") && rendered.contains("d: \"\""),
        "{rendered}"
    );
}

#[test]
fn hostile_charts_end_in_time() {
    let Some(helm) = helm() else { return };
    for template in [
        "{{ define \"a\" }}{{ include \"a\" . }}{{ end }}{{ include \"a\" . }}",
        "{{ range until 1000000000 }}x{{ end }}",
    ] {
        let started = Instant::now();
        let rendered = helm.render(&with_template(template));
        assert!(rendered.is_err(), "{template}");
        assert!(started.elapsed() < Duration::from_secs(13), "{template}");
    }
}

#[test]
fn replaced_files_are_rendered() {
    let Some(helm) = helm() else { return };
    let folder = tempfile::tempdir().expect("a folder can be made");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("it can be made");
        fs::write(path, text).expect("it can be written");
    };
    write("chart/Chart.yaml", METADATA);
    write("chart/values.yaml", "image: on-disk:1\n");
    write("chart/templates/pod.yaml", POD);
    write("raftt.yml", "envDefinition: env.raftt\n");
    write(
        "env.raftt",
        "deploy(helm_local_chart(\"web\", \"chart\"))\n",
    );
    let disk = DiskSources::new(folder.path()).with_helm(helm);
    assert_eq!(images(&disk), ["docker.io/library/on-disk:1"]);
    let mut overlay = OverlaySources::new(&disk);
    overlay.replace("chart/values.yaml", "image: in-memory:1\n");
    assert_eq!(images(&overlay), ["docker.io/library/in-memory:1"]);
    // What leads out of the project is no part of it.
    fs::remove_file(folder.path().join("chart/values.yaml")).expect("it can be removed");
    #[cfg(unix)]
    {
        let link = folder.path().join("chart/values.yaml");
        std::os::unix::fs::symlink("/etc/hostname", link).expect("it can be linked");
        let analysis = analyze(&disk, &Options::default());
        let messages: Vec<_> = analysis.diagnostics.iter().map(|it| &it.message).collect();
        let outside =
            "the chart in `chart` cannot be read: `chart/values.yaml`: it lies outside the project";
        assert_eq!(messages, [outside]);
    }
}

#[test]
fn a_chart_is_rendered_in_time_that_the_script_has_not() {
    let Some(helm) = helm() else { return };
    let charts: Vec<_> = (0..40)
        .map(|index| format!("helm_local_chart(\"web-{index}\", \"chart\")\n"))
        .collect();
    let sources = MemorySources::default()
        .with("chart/Chart.yaml", METADATA)
        .with("chart/templates/pod.yaml", "")
        .with("env.raftt", charts.concat())
        .with_helm(helm);
    let mut options = Options::default();
    options.script = Some("env.raftt".to_owned());
    let analysis = analyze(&sources, &options);
    let rules: Vec<_> = analysis.diagnostics.iter().map(|it| it.rule.name).collect();
    assert!(!rules.contains(&"limit-exceeded"), "{rules:?}");
}

fn images(sources: &dyn Sources) -> Vec<String> {
    let Analysis { plan, .. } = analyze(sources, &Options::default());
    plan.images.iter().map(|it| it.reference.clone()).collect()
}
